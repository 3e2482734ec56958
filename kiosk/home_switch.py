"""The switch of a home to its log in another place, and the lock that keeps all other programs out meanwhile.

Rule: once the plan of a switch is written, it is carried out: what a killed program left of it is done by the next one
that opens the home. So a home has one log at every instant, the old one before the plan, the new one after it.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from domain.typed_decoding import decode_json
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import KEY_FILE, flush_folder, write_atomically
from kiosk.input_files import SETTINGS_FILE
from kiosk.words.moves import MoveText

PLAN = "switch.json"
"""The plan, in the home; it is there only while a switch is carried out, or was cut short."""


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left to do. Done twice, it is done once."""

    renames: tuple[tuple[str, str], ...]
    """Files of the home: the name, and the new one."""
    settings: str
    """The new text of kiosk.toml."""


def carry_out(home: Path, switch: Switch) -> None:
    """Switch; the caller holds the home alone. Raises: OSError."""
    write_atomically(home / PLAN, msgspec.json.encode(switch))
    _complete(home, switch)


def complete_switch(home: Path) -> None:
    """Do what is left of a switch that was cut short. Raises: UserError, also while it is carried out."""
    with hold_alone(home):
        try:
            _complete(home, decode_json((home / PLAN).read_bytes(), Switch))
        except FileNotFoundError:
            return  # another program has just done it
        except (OSError, msgspec.DecodeError) as error:
            raise UserError(MoveText.CANNOT_COMPLETE.fill(path=home, plan=PLAN, error=error)) from None


def _complete(home: Path, switch: Switch) -> None:
    for name, new_name in switch.renames:
        with suppress(FileNotFoundError):  # it was done before the program was killed
            (home / name).rename(home / new_name)
    write_atomically(home / SETTINGS_FILE, switch.settings.encode())
    (home / PLAN).unlink()
    flush_folder(home)


# --- Who has the home open ---


def hold_open(home: Path) -> ExitStack:
    """Have a home open until this is closed, as other programs may: its log is not moved. Raises: UserError."""
    with ExitStack() as held:
        held.enter_context(_hold(home, fcntl.LOCK_SH, MoveText.IS_BEING_MOVED))
        return held.pop_all()


@contextmanager
def hold_alone(home: Path) -> Generator[None]:
    """Keep all other programs out of a home. Raises: UserError where one has it open."""
    with _hold(home, fcntl.LOCK_EX, MoveText.IS_OPEN):
        yield


@contextmanager
def _hold(home: Path, how: int, refusal: MoveText) -> Generator[None]:
    """Lock the site key, which every home has and which never changes; a missing one is reported by who reads it."""
    try:
        file = os.open(home / KEY_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        _lock(file, how, refusal.fill(path=home))
        yield
    finally:
        os.close(file)


def _lock(file: int, how: int, refusal: str) -> None:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(refusal, EXIT_NO) from None
    except OSError:
        return  # on NFS, where a file that is only read is not locked
