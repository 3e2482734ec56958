"""Ids derive from what they identify, so that no index can be stale and no two machines can disagree."""

import hashlib
import hmac
import unicodedata
from datetime import date
from functools import cache, lru_cache
from uuid import UUID, uuid4

ROOT = UUID("5b0f3c3e-6c1a-5f5e-9d1c-2f6d0f4b7a11")
"""The name space of all our streams. Chosen once at random; changing it orphans every log."""
_ROOT = ROOT.bytes


def compose(word: str) -> str:
    """An id, a number or a category in Unicode's normal form C, in which such words are compared."""
    return unicodedata.normalize("NFC", word)


def compose_category(category: str | None) -> str | None:
    """A category as it is compared: an older log may hold one that is read alike in another normal form (R-005)."""
    return compose(category) if category else None


def _derive(name: str) -> UUID:
    """`uuid5` of a name in `ROOT`, made in a third of the time: a tap derives three."""
    return UUID(int=int.from_bytes(hashlib.sha1(_ROOT + name.encode(), usedforsecurity=False).digest()[:16]), version=5)


DESK = "desk"
"""The kiosk of a visit that the desk added."""
SYSTEM = _derive("actor/system")
"""The actor of what the program does by itself: the making of a home, the nightly job."""

_keep_recent = lru_cache(maxsize=4_096)
"""For the streams that taps ask for again and again: those of a day of 2,000 people, and some more."""


@cache
def unit_stream() -> UUID:
    """The one unit of a home."""
    return _derive("unit")


def log_history_stream() -> UUID:
    """What became of the log of a home."""
    return _derive("log-history")


def evacuation_drills_stream(day: date) -> UUID:
    """The evacuation drills of one service day."""
    return _derive(f"evacuation-drills/{day.isoformat()}")


def calendar_feeds_stream() -> UUID:
    """The calendar feeds of a home."""
    return _derive("calendar-feeds")


def api_tokens_stream() -> UUID:
    """The tokens of other systems."""
    return _derive("api-tokens")


def month_statements_stream(month: str) -> UUID:
    """What was stated of one civil month, `2026-11`."""
    return _derive(f"month-statements/{month}")


def record_book_entries_stream(volunteer_id: UUID) -> UUID:
    """What was entered in one volunteer's record book."""
    return _derive(f"record-book-entries/{volunteer_id.hex}")


def service_plans_stream() -> UUID:
    """The service plans of the unit."""
    return _derive("service-plans")


def spot_checks_stream() -> UUID:
    """The spot checks of record books."""
    return _derive("spot-checks")


def leader_terms_stream() -> UUID:
    """Who was elected to lead the team."""
    return _derive("leader-terms")


def served_counts_stream(kind: str, name: str) -> UUID:
    """The people served in a day, a shift or an event."""
    return _derive(f"served-counts/{kind}/{name}")


def duty_description_stream(kind: str, name: str) -> UUID:
    """What is done in a shift or an event, as it was said later."""
    return _derive(f"duty-description/{kind}/{name}")


def post_description_stream(post: str) -> UUID:
    """What is usually done at a post, however its name was composed."""
    return _derive(f"post-description/{compose(post)}")


def desk_sessions_stream(post: str) -> UUID:
    """When a visiting desk is at a post, however its name was composed."""
    return _derive(f"desk-sessions/{compose(post)}")


def tour_booking_stream(booking: str) -> UUID:
    """A booked tour, by the id that the unit gave it."""
    return _derive(f"tour-booking/{booking}")


def new_volunteer_id() -> UUID:
    """A random id: it says nothing about the person."""
    return uuid4()


def simulated_volunteer_id(number: str) -> UUID:
    """In a simulation the id derives from the number, so that two runs of a batch agree."""
    return _derive(f"volunteer/{number}")


def new_actor_id() -> UUID:
    """A random id for an actor: no event holds the name."""
    return uuid4()


def simulated_actor_id(name: str) -> UUID:
    """In a simulation the id of an actor derives from the name."""
    return _derive(f"actor/{name}")


def new_note_id() -> UUID:
    """A random id for a free text in the people store."""
    return uuid4()


def simulated_note_id(position: int) -> UUID:
    """In a simulation a note is named for the event that names it, so that two runs of a batch write the same log."""
    return _derive(f"note-of-event/{position}")


TOKEN_BYTES = 16
"""Half of SHA-256: no collision to fear below 2^64 cards."""
TECHNOLOGY = {"A": "14443a", "E": "em4100"}
"""What a technology is called inside a token, where that is not its letter: the published vectors have it so."""


def compute_card_token(site_key: bytes, tech: str, raw: bytes) -> str:
    """The name of a card in the log, hex. Only the site key can make it from the number.

    A bare hash would not do: all four-byte numbers can be tried in an hour. The length stands before the bytes
    so that no two numbers share a message.
    """
    message = b"vms-card-v1\0" + TECHNOLOGY.get(tech, tech).encode() + b"\0" + bytes([len(raw)]) + raw
    return hmac.new(site_key, message, hashlib.sha256).digest()[:TOKEN_BYTES].hex()


@lru_cache(maxsize=4_096)
def card_stream(token: str) -> UUID:
    """The history of one card, found from its token alone."""
    return _derive(f"card/{token}")


def shift_stream(name: str) -> UUID:
    """A shift, by the id that the unit gave it."""
    return _derive(f"shift/{name}")


def event_stream(name: str) -> UUID:
    """A service event, by the id that the unit gave it."""
    return _derive(f"event/{name}")


def session_stream(name: str) -> UUID:
    """A meeting or a training session, by the id that the unit gave it."""
    return _derive(f"unit-session/{name}")


@_keep_recent
def attendance_stream(volunteer_id: UUID, day: date, kiosk: str) -> UUID:
    """The taps of one volunteer on one service day at one kiosk, and at no other: one writer."""
    return _derive(f"attendance/{volunteer_id.hex}/{day.isoformat()}/{kiosk}")


@_keep_recent
def refused_taps_stream(kiosk: str, day: date) -> UUID:
    """The taps that a kiosk refused on a service day."""
    return _derive(f"refused-taps/{kiosk}/{day.isoformat()}")


@_keep_recent
def kiosk_clock_stream(kiosk: str, boot: str) -> UUID:
    """What a kiosk noticed about its clock in one boot session."""
    return _derive(f"kiosk-clock/{kiosk}/{boot}")


@_keep_recent
def stated_clock_stream(kiosk: str, boot: str) -> UUID:
    """What the desk states about a kiosk's clock in one boot session."""
    return _derive(f"stated-clock/{kiosk}/{boot}")


@_keep_recent
def boots_put_right_stream(writer: str, kiosk: str, day: date) -> UUID:
    """The boot sessions of a kiosk that a writer, the kiosk itself or the desk, corrected on a service day."""
    return _derive(f"boots-put-right/{writer}/{kiosk}/{day.isoformat()}")


def refused_commands_stream(day: date) -> UUID:
    """The commands that the desk was refused on a service day."""
    return _derive(f"refused-commands/{day.isoformat()}")


def name_access_stream(day: date) -> UUID:
    """Who was shown which names and data of volunteers on a service day."""
    return _derive(f"name-access/{day.isoformat()}")


def batch_line_stream(key_hash: str) -> UUID:
    """A line of a batch that was given a key, by the keyed hash of that."""
    return _derive(f"batch-line/{key_hash}")


@_keep_recent
def corrections_stream(volunteer_id: UUID, day: date) -> UUID:
    """What the desk corrected in one volunteer's service day."""
    return _derive(f"corrections/{volunteer_id.hex}/{day.isoformat()}")


def acknowledgements_stream(volunteer_id: UUID | None, day: date | None) -> UUID:
    """What was acknowledged of one volunteer's service day; without a volunteer or a day, of all that have none."""
    return _derive(f"acknowledgements/{volunteer_id and volunteer_id.hex}/{day and day.isoformat()}")


def exit_case_stream(volunteer_id: UUID, rule: str, ordinal: int) -> UUID:
    """The n-th case that a rule raised about a volunteer; ordinals count from 1."""
    return _derive(f"exit-case/{volunteer_id.hex}/{rule}/{ordinal}")


def coordinator_stream(actor_id: UUID) -> UUID:
    """The PIN of a coordinator, and every attempt of it."""
    return _derive(f"coordinator/{actor_id.hex}")


def account_stream(actor_id: UUID) -> UUID:
    """The account of an actor for the desk, and every attempt to log in."""
    return _derive(f"account/{actor_id.hex}")


def reconciliation_stream(day: date) -> UUID:
    """The reconciliation of one service day."""
    return _derive(f"reconciliation/{day.isoformat()}")


def record_book_stream(volunteer_id: UUID) -> UUID:
    """The record book of a volunteer."""
    return _derive(f"record-book/{volunteer_id.hex}")


def book_number_stream(digest: str) -> UUID:
    """The number of a record book, found from its keyed digest alone."""
    return _derive(f"book-number/{digest}")


def service_certificate_stream(volunteer_id: UUID) -> UUID:
    """The badges of a volunteer."""
    return _derive(f"service-certificate/{volunteer_id.hex}")


def insurance_stream(volunteer_id: UUID) -> UUID:
    """The accident insurance of a volunteer at this unit."""
    return _derive(f"insurance/{volunteer_id.hex}")


def assessments_stream(volunteer_id: UUID) -> UUID:
    """The assessments of a volunteer."""
    return _derive(f"assessments/{volunteer_id.hex}")


def award_ledger_stream(volunteer_id: UUID) -> UUID:
    """What a volunteer received, and what documents attest of the service."""
    return _derive(f"award-ledger/{volunteer_id.hex}")


def award_groups_stream() -> UUID:
    """The families among the volunteers, and the team of the unit."""
    return _derive("award-groups")


def issued_document_stream(code: str) -> UUID:
    """A document that was handed out, by the code that stands on it."""
    return _derive(f"issued-document/{code}")


def kiosk_register_stream() -> UUID:
    """The kiosks whose logs are taken into this one."""
    return _derive("kiosk-register")
