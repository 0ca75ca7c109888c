from __future__ import annotations

import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from intake.mime import sealed
from intake.reading import read
from intake.screen import Disposition, Reason
from tests.builders import MORNING

ASKED = b"Content-Type: text/plain\r\n\r\nPlease delete my data.\r\n"
HEAD = b"From: Rosa <rosa@quill.example>\nSubject: hello\nMIME-Version: 1.0\n"
ARMOURED = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA7uSPZ\n=abcd\n-----END PGP MESSAGE-----\n"
CLEARED = (
    b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nPlease delete my data.\n- -- \nRosa\n"
    b"-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n-----END PGP SIGNATURE-----\n"
)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rosa Quill")])
    draft = x509.CertificateBuilder(name, name, key.public_key(), 1, MORNING, MORNING.replace(year=2036))
    return draft.sign(key, hashes.SHA256())


def smime(kind: bytes, content: bytes) -> bytes:
    return (
        HEAD + b"Content-Type: application/pkcs7-mime; smime-type=" + kind + b"; name=smime.p7m\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(content)
    )


def test_a_mail_signed_as_one_block_is_opened_and_read(key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    signer = pkcs7.PKCS7SignatureBuilder().set_data(ASKED).add_signer(certificate, key, hashes.SHA256())
    block = signer.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])

    found = read(smime(b"signed-data", block))

    assert (found.text, found.disposition) == ("Please delete my data.\n", "request")
    assert found.mail.attachments == ()


def test_a_block_that_was_written_in_pieces_without_lengths_is_opened_too() -> None:
    endless, end = b"\x80", b"\0\0"
    pieces = b"\x24" + endless + b"\x04\x03abc" + b"\x04\x02de" + end
    data = b"\x06\x09" + bytes.fromhex("2a864886f70d010701") + b"\xa0" + endless + pieces + end
    signed = b"\x02\x01\x01" + b"\x31\x00" + b"\x30" + endless + data + end
    oid = b"\x06\x09" + bytes.fromhex("2a864886f70d010702")

    assert sealed.signed_content(b"\x30\x80" + oid + b"\xa0\x80\x30\x80" + signed) == b"abcde"


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"\x30\x89" + b"\xff" * 9, b"\x06\x09" * 50, b"hello"])
def test_what_is_no_signed_block_holds_nothing(data: bytes) -> None:
    assert sealed.signed_content(data) == b""


def test_a_mail_encrypted_by_smime_is_kept_and_called_encrypted(certificate: x509.Certificate) -> None:
    envelope = pkcs7.PKCS7EnvelopeBuilder().set_data(ASKED).add_recipient(certificate)
    block = envelope.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])

    for kind in (b"enveloped-data", b"unknown"):
        found = read(smime(kind, block))

        assert (found.disposition, found.screening.reason) == ("other", Reason.ENCRYPTED)
        assert [each.name for each in found.mail.attachments] == ["smime.p7m"]


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"\n" + ARMOURED,
        HEAD + b"Content-Type: multipart/encrypted; protocol=application/pgp-encrypted; boundary=b\n\n--b\n"
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n"
        + ARMOURED
        + b"--b--\n",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\n"
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n"
        b"Content-Type: application/octet-stream; name=encrypted.asc\n\n" + ARMOURED + b"--b--\n",
    ],
    ids=["in the text", "as parts", "as parts that a server took apart"],
)
def test_a_mail_encrypted_by_pgp_is_called_encrypted(raw: bytes) -> None:
    found = read(raw)

    assert (found.screening.disposition, found.screening.reason) == (Disposition.OTHER, Reason.ENCRYPTED)


def test_words_beside_an_encrypted_block_are_read() -> None:
    found = read(HEAD + b"\nPlease delete my data.\n\n" + ARMOURED)

    assert found.disposition == "request"


def test_the_armour_of_a_signed_text_is_dropped() -> None:
    found = read(HEAD + b"\nHello,\n" + CLEARED + b"goodbye\n")

    assert found.text == "Hello,\nPlease delete my data.\n-- \nRosa\ngoodbye\n"


@pytest.mark.parametrize("cut", range(0, len(CLEARED), 7))
def test_a_signed_text_that_was_cut_short_loses_none_of_its_words(cut: int) -> None:
    text = CLEARED[:cut].decode()

    kept = sealed.without_armour(text)

    assert [word in kept for word in ("delete", "data")] == [word in text for word in ("delete", "data")]


def test_a_signed_mail_in_two_parts_is_read_by_its_text() -> None:
    found = read(
        HEAD + b"Content-Type: multipart/signed; protocol=application/pgp-signature; boundary=b\n\n--b\n"
        b"Content-Type: text/plain\n\nPlease delete my data.\n--b\n"
        b"Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n--b--\n"
    )

    assert (found.text, found.disposition) == ("Please delete my data.", "request")
