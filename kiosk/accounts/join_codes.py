"""The codes by which kiosks join: eight digits that a person types there, for a quarter of an hour, and once.

Rule: the desk, a command and the hub share them in a file of the home that only its owner can read, and that holds
keyed digests alone. Ten wrong ones void all that are open. The same log may show its code again: its answer may have
been lost on the way.
"""

import hmac
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec

from devices.faults import ShortText, TextForm
from domain.clock import MachineClock
from domain.ids import DESK, SYSTEM, compose
from domain.source_errors import KioskNameTaken
from domain.typed_decoding import convert, decode_json
from domain.use_cases.source_intake import SourceIntake
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import write_atomically
from kiosk.refusals import NamesVolunteer
from kiosk.words.errors import HomeText
from kiosk.words.hub import HubText
from kiosk.words.validation import format_field

JOIN_CODES_FILE = "join-codes.json"
DIGITS = 8
VALID_FOR = timedelta(minutes=15)
MOST_WRONG = 10
_CLOCK = MachineClock()


class WrongCode(Exception):
    """No kiosk joins with this code: it is wrong, used, or too old."""


class JoinCode(NamedTuple):
    """A code to be typed at a kiosk."""

    code: str
    """As it is read out, `1234 5678`."""
    until: datetime
    """UTC."""


class JoinPermit(NamedTuple):
    """What a code was issued for."""

    kiosk: str
    """The name to give."""
    by: UUID
    """The actor who issued it."""


class _Entry(msgspec.Struct):
    digest: str
    kiosk: str
    by: UUID
    until: datetime
    log_id: UUID | None = None
    """The log that joined with it."""


class _Codes(msgspec.Struct):
    entries: list[_Entry] = []
    wrong: int = 0
    """Wrong codes since the last one was issued."""


def demand_home_of_unit(home: Home) -> None:
    """Check that a home is not that of a kiosk which has joined a hub itself. Raises: UserError."""
    if home.sync_state is not None:
        raise UserError(HubText.IS_A_KIOSK.fill(path=home.path))


def issue_join_code(home: Home, kiosk: str, by: UUID = SYSTEM) -> JoinCode:
    """A code with which a kiosk joins under this name. Raises: KioskNameTaken, NamesVolunteer, LogError, UserError."""
    demand_home_of_unit(home)
    kiosk = compose(_demand_name(kiosk))
    if home.people.is_named_in(kiosk):
        raise NamesVolunteer(kiosk)
    with _changing(home) as codes:
        taken = SourceIntake(home.log, home.clock).load_register().list_kiosks((DESK, *home.settings.own_kiosks))
        if kiosk in map(compose, taken):
            raise KioskNameTaken(kiosk)
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        until = _CLOCK.now() + VALID_FOR
        others = [entry for entry in codes.entries if entry.kiosk != kiosk]
        codes.entries = [*others, _Entry(_compute_digest(home, digits), kiosk, by, until)]
        codes.wrong = 0
    return JoinCode(f"{digits[:4]} {digits[4:]}", until)


def redeem_join_code(home: Home, code: str, log_id: UUID) -> JoinPermit:
    """What a code was issued for; from now on it is that of this log. Raises: WrongCode, LogError, UserError."""
    digest = _compute_digest(home, "".join(code.split()))
    with _changing(home) as codes:
        found = next((one for one in codes.entries if hmac.compare_digest(one.digest, digest)), None)
        if found and found.log_id in (None, log_id):
            found.log_id = log_id
            return JoinPermit(found.kiosk, found.by)
        codes.wrong += 1
        if codes.wrong >= MOST_WRONG:
            codes.entries = []
    raise WrongCode


def _demand_name(kiosk: str) -> str:
    """A name as the settings of a kiosk have it. Raises: UserError."""
    try:
        return convert(kiosk, ShortText)
    except msgspec.ValidationError:
        raise UserError(HubText.BAD_KIOSK_NAME.fill(forms=format_field(TextForm.SHORT_TEXT))) from None


def _compute_digest(home: Home, digits: str) -> str:
    return home.compute_hmac(f"join-code/{digits}".encode()).hex()


@contextmanager
def _changing(home: Home) -> Generator[_Codes]:
    """The codes that are in force; what was changed is stored at the end. Other programs wait meanwhile."""
    path = home.path / JOIN_CODES_FILE
    with home.log.writing():
        codes, now = _load(path), _CLOCK.now()
        codes.entries = [entry for entry in codes.entries if entry.until > now]
        yield codes
        try:
            write_atomically(path, msgspec.json.encode(codes))
        except OSError as error:
            raise UserError(HomeText.CANNOT_WRITE.fill(path=path, strerror=error.strerror)) from None


def _load(path: Path) -> _Codes:
    """No codes where there is no file yet, or one that is none: a coordinator issues another."""
    try:
        return decode_json(path.read_bytes(), _Codes)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return _Codes()
