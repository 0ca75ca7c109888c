"""LMTP (RFC 2033): SMTP's sister for the last step, from the business's own mail server to us."""

from __future__ import annotations

from collections.abc import Sequence

from aiosmtpd.smtp import syntax

from intake.connection import Connection


class LmtpConnection(Connection):
    """LMTP: another greeting, and after the mail one answer for each recipient that was taken (RFC 2033, 4.2).

    aiosmtpd's own LMTP changes the greeting only, and leaves a peer that sent to two recipients waiting for ever.
    """

    protocol = "LMTP"

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """The greeting."""
        await super().smtp_EHLO(arg)

    async def smtp_EHLO(self, _arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """No LMTP command (RFC 2033, 4.1)."""
        await self.push("500 5.5.1 This is LMTP: greet with LHLO")

    smtp_HELO = smtp_EHLO  # noqa: N815 - aiosmtpd's name

    def replies(self, status: bytes, recipients: Sequence[str]) -> list[bytes]:
        """What the peer is told about a mail: the same for each recipient, since it is kept once."""
        return [status] * len(recipients)
