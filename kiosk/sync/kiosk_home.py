"""The home of a kiosk that has joined a hub: made in two steps, around the request to join.

Rule: key and log are on the disk before the hub is asked, and what it answered is on the disk before anything else is
made of it. So a join that was cut short is gone on with, and no kiosk joins twice with two logs.
"""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from kiosk.errors import EXIT_NO, SettingsError, UserError
from kiosk.home_files import (
    JOINED_FILE,
    KEY_FILE,
    LOG_FILE,
    PEOPLE_FILE,
    PRIVATE_FOLDER,
    SIGNING_KEY_FILE,
    demand_private,
    make_folder,
    write_atomically,
    write_private,
)
from kiosk.input_files import SETTINGS_FILE
from kiosk.joined_home.hub_settings import HubSettings, find_hub
from kiosk.joined_home.joined import Joined, find_joined
from kiosk.joined_home.unit_copy import COPY_FILE, UnitCopy
from kiosk.people.people import People
from kiosk.settings import TEMPLATE, load_settings
from kiosk.wire_protocol.messages import JoinAnswer
from kiosk.words.errors import HomeText
from kiosk.words.joined import JoinedText

CERTIFICATE_FILE = "hub.pem"
"""What the certificate of the hub is proved by."""


class PreparedHome(NamedTuple):
    """What a request to join names."""

    log_id: UUID
    key: SigningKey


def prepare_kiosk_home(path: Path) -> PreparedHome:
    """Make key and log of a new kiosk in a new or empty folder, or find those that an earlier attempt left there.

    Raises: UserError, also where a kiosk has joined there already; LogError.
    """
    key_file, log_file = path / SIGNING_KEY_FILE, path / LOG_FILE
    if find_joined(path):
        raise UserError(JoinedText.ALREADY_JOINED.fill(path=path), EXIT_NO)
    if not key_file.exists():
        make_folder(path)
        SigningKey.create(key_file)
    path.chmod(PRIVATE_FOLDER)
    make = open_sqlite_log if log_file.exists() else create_sqlite_log
    with closing(make(log_file, REGISTERED_NAMES)) as log:
        return PreparedHome(log.log_id, SigningKey.load(key_file))


def make_kiosk_home(path: Path, hub: HubSettings, answer: JoinAnswer) -> None:
    """Make the rest of the home, after the hub has answered. Done again with the same answer it changes nothing.

    A kiosk.toml that is there already is kept, and gets the block that names the hub. Raises: UserError.
    """
    settings = path / SETTINGS_FILE
    _demand_settings_agree(settings, answer)
    _write_once(path / KEY_FILE, answer.site_key)
    if not (path / PEOPLE_FILE).exists():
        _create_people_store(path / PEOPLE_FILE, simulation=answer.simulation)
    if not (path / COPY_FILE).exists():
        UnitCopy.create(path)
    if find_hub(path) is None:
        _write(settings, _build_settings(settings, hub, answer).encode())
    joined = Joined(answer.unit, answer.kiosk, answer.zone, answer.simulation)
    _write(path / JOINED_FILE, msgspec.json.encode(joined))


# --- Writing it ---


def _demand_settings_agree(file: Path, answer: JoinAnswer) -> None:
    if not file.exists():
        return
    settings = load_settings(file)
    if (settings.kiosk, settings.zone, settings.other_kiosks) != (answer.kiosk, answer.zone, ()):
        raise SettingsError(JoinedText.SETTINGS_DIFFER.fill(file=file, kiosk=answer.kiosk, zone=answer.zone))


def _build_settings(file: Path, hub: HubSettings, answer: JoinAnswer) -> str:
    hub = replace(hub, unit=answer.unit)
    block = JoinedText.HUB_BLOCK.fill(address=hub.address, unit=hub.unit)
    if file.exists():
        return file.read_text(encoding="utf-8").rstrip("\n") + "\n" + block
    lines = TEMPLATE.fill(zone=answer.zone).splitlines(keepends=True)
    first = next(index for index, line in enumerate(lines) if line.startswith("kiosk = "))
    lines[first] = f"kiosk = {msgspec.json.encode(answer.kiosk).decode()}\n"
    others = next(index for index, line in enumerate(lines) if line.startswith("other_kiosks"))
    del lines[others - 1 : others + 2]  # what it is, the line, and an empty one
    return "".join(lines) + block


def _create_people_store(file: Path, *, simulation: bool) -> None:
    """It gets its name when it is whole: a part of one would be taken for it when the join goes on."""
    draft = file.with_name(f".{file.name}")
    _remove_store(draft)
    People.create(draft, simulation=simulation).close()
    draft.replace(file)
    _remove_store(draft)


def _remove_store(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock", ".turn"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)


def _write_once(file: Path, content: bytes) -> None:
    if not file.exists():
        write_private(file, content)
    elif file.read_bytes() != content:
        raise UserError(HomeText.OTHER_SITE_KEY.fill(file=file))
    demand_private(file)


def _write(file: Path, content: bytes) -> None:
    try:
        write_atomically(file, content)
    except OSError as error:
        raise UserError(HomeText.CANNOT_WRITE.fill(path=file, strerror=error.strerror)) from None
