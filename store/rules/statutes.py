"""What people call the laws that a mail may point to, whether or not the desk knows their rules."""

from __future__ import annotations

_NAMES = {
    "eu-gdpr": "the GDPR", "uk-gdpr": "the UK GDPR", "us-ca": "California’s CCPA", "us-co": "Colorado’s CPA",
    "us-ct": "Connecticut’s CTDPA", "us-de": "Delaware’s DPDPA", "us-fl": "Florida’s FDBR", "us-ia": "Iowa’s ICDPA",
    "us-in": "Indiana’s INCDPA", "us-ky": "Kentucky’s KCDPA", "us-md": "Maryland’s MODPA", "us-mn": "Minnesota’s MCDPA",
    "us-mt": "Montana’s MTCDPA", "us-ne": "Nebraska’s NDPA", "us-nh": "New Hampshire’s NHPA",
    "us-nj": "New Jersey’s NJDPA", "us-or": "Oregon’s OCPA", "us-ri": "Rhode Island’s RIDTPPA",
    "us-tn": "Tennessee’s TIPA", "us-tx": "Texas’s TDPSA", "us-ut": "Utah’s UCPA", "us-va": "Virginia’s VCDPA",
}  # fmt: skip


def named(law: str) -> str:
    """A law in the words of a sentence, such as "the GDPR"; its short name where we know no other.

    Args:
        law: its short name, such as "eu-gdpr".
    """
    return _NAMES.get(law, law)
