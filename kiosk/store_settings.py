"""`[store]` in kiosk.toml: the database in which the log of a home stands, where it is not the file beside.

Rule: no password stands there. The client of PostgreSQL finds one in its password file, service file or environment.
"""

from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import msgspec
from msgspec import Meta

from kiosk.errors import SettingsError, UserError
from kiosk.home_files import LOG_FILE, write_atomically, write_private
from kiosk.input_files import SETTINGS_FILE
from kiosk.toml_files import TomlFile
from kiosk.words.errors import HomeText, SettingsText

SCHEMES = ("postgresql", "postgres")
PASSWORDS = frozenset({"password", "sslpassword"})
"""Parameters of an address that would keep a secret in it."""
_HEADER = "[store]"


class Store(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of a database."""

    address: Annotated[str, Meta(min_length=1, max_length=1_000)]
    """A connection string of libpq: postgresql://ROLE@HOST/DATABASE."""
    unit: UUID
    """The name with which its log was born there."""


class _StoreAlone(msgspec.Struct, frozen=True):
    store: Store | None = None


def find_store(home: Path) -> Store | None:
    """The database of a home; None where its log is a file. Other faults of the settings are left to who needs them.

    Raises: SettingsError; UserError where the home has both.
    """
    has_file, settings = (home / LOG_FILE).exists(), home / SETTINGS_FILE
    if not settings.exists():
        return None
    try:
        file = TomlFile.read(settings)
        store = file.convert(_StoreAlone).store
    except SettingsError:
        if has_file:
            return None
        raise
    if store and (complaint := find_wrong_address(store.address)):
        raise file.build_error(("store", "address"), complaint)
    if store and has_file:
        raise UserError(HomeText.TWO_LOGS.fill(path=home, log_file=LOG_FILE, address=store.address))
    return store


def find_wrong_address(address: str) -> str | None:
    """Why an address cannot be used, as a sentence without it; None where it can."""
    try:
        parts = urlsplit(address)
        words = {name for name, _ in parse_qsl(parts.query)}
        password = parts.password
    except ValueError:
        return SettingsText.NOT_A_DATABASE.fill()
    if parts.scheme not in SCHEMES or not address.isprintable():
        return SettingsText.NOT_A_DATABASE.fill()
    return SettingsText.PASSWORD_IN_ADDRESS.fill() if password is not None or PASSWORDS & words else None


def add_store(settings: Path, store: Store) -> None:
    """Put the block that names a database at the end of kiosk.toml. Raises: UserError, also where one stands there."""
    file = TomlFile.read(settings)
    if file.convert(_StoreAlone).store:
        raise UserError(SettingsText.HAS_A_STORE.fill(path=settings))
    try:
        write_atomically(settings, (file.text + _format_block(store)).encode())
    except OSError as error:
        raise UserError(HomeText.CANNOT_WRITE.fill(path=settings, strerror=error.strerror)) from None


def build_settings(settings: Path, store: Store | None) -> str:
    """The text of kiosk.toml for a home with its log in a database, or with None in a file. Raises: UserError."""
    return _drop_store(TomlFile.read(settings).text).rstrip("\n") + "\n" + (_format_block(store) if store else "")


def _format_block(store: Store) -> str:
    return SettingsText.STORE_BLOCK.fill(address=store.address, unit=store.unit)


def copy_settings(source: Path, into: Path) -> None:
    """Copy kiosk.toml for a copy of a home in which the log is a file: without the block. Raises: UserError."""
    write_private(into, _drop_store(TomlFile.read(source).text).encode())


def _drop_store(text: str) -> str:
    kept: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("["):
            inside = line.partition("#")[0].strip() == _HEADER
            if inside and kept and kept[-1].startswith("#"):
                kept.pop()  # what the block is
        if not inside:
            kept.append(line)
    return "".join(kept)
