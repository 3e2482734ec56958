"""The certificate of a hub that an office makes itself: the kiosks are given it, and believe no other.

Rule: nobody signs for it but itself. What a kiosk knows is this one certificate, so no authority can put another in its
place. It is good for ten years, because a new one has to be carried to each kiosk; a key that became known is replaced
at once, by a new certificate and a visit to each.
"""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.home_files import HUB_FILES, write_private

CERTIFICATE_FILE, CERTIFICATE_KEY = HUB_FILES
"""In the home of a hub."""
VALID_DAYS = 3_650
WARNED_DAYS = 60
"""Before its end: enough to carry a new one to each kiosk."""
_CLOCKS_APART = timedelta(days=1)
"""How far the clock of a kiosk may be behind when the certificate is made."""
_LONGEST_NAME = 64


class HubCertificate(NamedTuple):
    """What is to be said of a certificate."""

    hosts: tuple[str, ...]
    """The names and addresses for which it is."""
    until: datetime
    """UTC."""
    fingerprint: str
    """SHA-256, as browsers and openssl write it."""

    def is_near_end(self, now: datetime) -> bool:
        """Whether it has run out, or is about to."""
        return now > self.until - timedelta(days=WARNED_DAYS)


def make_certificate(folder: Path, hosts: Sequence[str], now: datetime) -> HubCertificate:
    """A new certificate with its key, in new files that only their owner can read. Raises: UserError."""
    key = ec.generate_private_key(ec.SECP256R1())  # browsers take no Ed25519
    certificate = _build(hosts, key, now).sign(key, SHA256())
    write_private(folder / CERTIFICATE_KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_private(folder / CERTIFICATE_FILE, certificate.public_bytes(Encoding.PEM))
    return _describe(certificate)


def read_certificate(file: Path) -> HubCertificate:
    """The first certificate in a file. Raises: OSError, ValueError."""
    return _describe(x509.load_pem_x509_certificate(file.read_bytes()))


def _build(hosts: Sequence[str], key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.CertificateBuilder:
    """As OpenSSL wants it where it is strict."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:_LONGEST_NAME])])
    public = key.public_key()
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    extensions = (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_allow_signing(), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectAlternativeName([*map(_build_name, hosts)]), False),
        (identifier, False),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), False),
    )
    builder = x509.CertificateBuilder(name, name, public, x509.random_serial_number())
    builder = builder.not_valid_before(now - _CLOCKS_APART).not_valid_after(now + timedelta(days=VALID_DAYS))
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, critical=is_critical)
    return builder


def _allow_signing() -> x509.KeyUsage:
    others = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign")
    return x509.KeyUsage(
        digital_signature=True, crl_sign=False, encipher_only=False, decipher_only=False, **dict.fromkeys(others, False)
    )


def _build_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _describe(certificate: x509.Certificate) -> HubCertificate:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        names = ()
    hosts = tuple(str(name.value) for name in names if isinstance(name, x509.DNSName | x509.IPAddress))
    return HubCertificate(hosts, certificate.not_valid_after_utc, certificate.fingerprint(SHA256()).hex(":").upper())
