"""Certificates for servers of tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

A_DAY = timedelta(days=1)


class MadeCertificate(NamedTuple):
    """A certificate with its key, in files and for signing others."""

    file: Path
    key_file: Path
    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


def make_certificate(
    folder: Path,
    host: str = "localhost",
    *,
    by: MadeCertificate | None = None,
    begins: timedelta = -A_DAY,
    ends: timedelta = A_DAY,
) -> MadeCertificate:
    """A certificate for a host, signed by itself or by another; `begins` and `ends` are counted from now."""
    key, now = generate_private_key(SECP256R1()), datetime.now(UTC)  # noqa: TID251 - TLS asks the machine too
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .sign(by.key if by else key, SHA256())
    )
    file, key_file = (folder / f"{certificate.serial_number}.{ending}" for ending in ("pem", "key"))
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return MadeCertificate(file, key_file, certificate, key)
