"""The people store compared with the log: each row, reason, author, PIN, password and erasure that an event can prove.

Rule: it is read, never changed. What is older than the digests is counted and cannot be proved; what an event does
prove, and the store has otherwise or lacks, is a fault with the position of that event.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from domain.ids import SYSTEM
from domain.log.errors import LogIsReadOnly
from domain.log.event_log import EventLog
from kiosk.people.file import SYSTEM_ACTOR, build_pseudonym, build_pseudonyms
from kiosk.people.people import People
from kiosk.people.proofs import (
    PROVABLE_ACTOR,
    KeyedHash,
    compute_note_digest,
    compute_password_digest,
    compute_pin_digest,
)
from kiosk.people_claims import Claim, ClaimKey, ClaimKind, PeopleClaims, load_ledger
from kiosk.words.reports import PeopleText


class PeopleFault(NamedTuple):
    """What the store has otherwise than the log says, and the position of the event that says so."""

    kind: ClaimKind
    position: int
    volunteer: UUID | None = None
    """Who is to be erased again."""


@dataclass(slots=True)
class PeopleVerdict:
    """What came of the comparison."""

    faults: list[PeopleFault] = field(default_factory=list[PeopleFault])
    """In the order of the log."""
    proved: int = 0
    """Rows, reasons, authors, PINs and passwords that are as they were written."""
    unproved: int = 0
    """Rows and authors that are older than the digests."""


def check_people(log: EventLog, people: People, keyed_hash: KeyedHash) -> PeopleVerdict:
    """Compare the whole store with the whole log, which others may write to. Raises: UserError, CannotRead, LogBusy.

    What is not as the log says may be changing: it is compared again while the log is held, as each change holds it.
    """
    claims = PeopleClaims(people)
    claims.read_on(log)
    answers = _Comparison(claims, people, keyed_hash).compare(list(claims.by_key))
    if doubtful := [key for key, fits in answers.items() if fits is False]:
        for key in doubtful:
            del answers[key]
        claims.read_on(log)  # so that nobody waits for what was written since
        with _hold_if_writable(log):
            claims.read_on(log)
            answers |= _Comparison(claims, people, keyed_hash).compare(doubtful)
    return _build_verdict(claims, answers)


@contextmanager
def _hold_if_writable(log: EventLog) -> Generator[None]:
    """Nobody changes the store inside; one in a backup or on read-only media nobody changes anyway. Raises: LogBusy."""
    with ExitStack() as held:
        with suppress(LogIsReadOnly):
            held.enter_context(log.writing())
        yield


def _build_verdict(claims: PeopleClaims, answers: Mapping[ClaimKey, bool | None]) -> PeopleVerdict:
    counts = Counter(answers.values())
    faults = [
        PeopleFault(kind, claims.by_key[kind, of].position, of if kind in ("erased", "erasure") else None)
        for (kind, of), fits in answers.items()
        if fits is False
    ]
    faults.sort(key=lambda fault: fault.position)
    return PeopleVerdict(faults, counts[True] + claims.proved_notes, counts[None])


class _Comparison:
    """The store at one time, beside what the log says of it."""

    def __init__(self, claims: PeopleClaims, people: People, keyed_hash: KeyedHash) -> None:
        self._claims, self._people, self._keyed_hash = claims, people, keyed_hash
        self._ledger = load_ledger(people.folder)
        self._compare: dict[ClaimKind, Callable[[UUID, Claim], bool | None]] = {
            "person": self._is_person_as_said,
            "reason": self._is_reason_as_said,
            "author": self._is_author_as_said,
            "pin": self._is_pin_as_said,
            "password": self._is_password_as_said,
            "erasure": lambda volunteer, _: volunteer in self._ledger,
            "erased": self._is_erased,
        }

    def compare(self, keys: Iterable[ClaimKey]) -> dict[ClaimKey, bool | None]:
        """Whether each is as the log says; None where nothing proves it. What the log claims no longer is left out."""
        claims = ((key, self._claims.by_key.get(key)) for key in keys)
        return {key: self._compare[key[0]](key[1], claim) for key, claim in claims if claim}

    def _is_person_as_said(self, volunteer: UUID, claim: Claim) -> bool | None:
        if claim.digest is None:
            return None if self._people.find_number(volunteer) is not None else False
        return claim.digest in (self._people.compute_digest(volunteer), self._people.compute_changed_digest(volunteer))

    def _is_reason_as_said(self, note: UUID, claim: Claim) -> bool:
        """Its text is the one that was given, or was erased with a person."""
        found = self._people.find_note(note)
        if found == ("", b""):
            return any(("erased", one) in self._claims.by_key for one in claim.about)
        return found is not None and compute_note_digest(found[1], found[0]) == claim.digest

    def _is_author_as_said(self, actor: UUID, _: Claim) -> bool | None:
        if actor == SYSTEM:
            return self._people.find_actor_name(actor) in (None, SYSTEM_ACTOR)
        is_provable = actor.version == PROVABLE_ACTOR or self._people.is_simulation
        return self._people.is_actor_proved(actor) if is_provable else None

    def _is_pin_as_said(self, actor: UUID, claim: Claim) -> bool:
        hashed = self._people.find_pin_hash(actor) or ""
        return compute_pin_digest(self._keyed_hash, actor, hashed) == claim.digest

    def _is_password_as_said(self, actor: UUID, claim: Claim) -> bool:
        hashed = self._people.find_password_hash(actor) or ""
        return compute_password_digest(self._keyed_hash, actor, hashed) == claim.digest

    def _is_erased(self, volunteer: UUID, claim: Claim) -> bool:
        """Of an erased volunteer the store has a pseudonym, and no reason from before: all else was removed."""
        if self._people.find_number(volunteer) not in build_pseudonyms(volunteer):
            return False
        # a reason that was given later stays: the record of the volunteer goes on
        before = (note for position, note in self._claims.notes_about.get(volunteer, ()) if position < claim.position)
        return str(volunteer) not in self._with_data and not any(map(self._people.find_note_text, before))

    @cached_property
    def _with_data(self) -> set[str]:
        return self._people.list_with_data()


MOST_POSITIONS = 5
"""Events that a sentence names."""
SENTENCES: dict[ClaimKind, PeopleText] = {
    "person": PeopleText.PERSON_ALTERED,
    "reason": PeopleText.REASON_ALTERED,
    "author": PeopleText.AUTHOR_ALTERED,
    "pin": PeopleText.PIN_ALTERED,
    "password": PeopleText.PASSWORD_ALTERED,
    "erasure": PeopleText.ERASURE_MISSING,
    "erased": PeopleText.ERASED_IS_BACK,
}


MENDED_BY_COMMANDS: frozenset[ClaimKind] = frozenset({"pin", "password", "erasure", "erased"})
"""What a command that its clause names puts right; for anything else it takes a backup."""


def explain_faults(verdict: PeopleVerdict) -> str:
    """What is not as the log says, with the events that say so, and what to do, in one line; empty where all is."""
    if not verdict.faults:
        return ""
    kinds = {fault.kind for fault in verdict.faults}
    faults = "; ".join(_explain_kind(kind, verdict.faults) for kind in SENTENCES if kind in kinds)
    text = PeopleText.STORE_DIFFERS if kinds <= MENDED_BY_COMMANDS else PeopleText.STORE_ALTERED
    return text.fill(faults=faults)


def _explain_kind(kind: ClaimKind, faults: list[PeopleFault]) -> str:
    found = [fault for fault in faults if fault.kind == kind]
    pseudonyms = [build_pseudonym(fault.volunteer) for fault in found if fault.volunteer]
    events = format_first([fault.position for fault in found])
    return SENTENCES[kind].fill(events=events, pseudonyms=format_first(pseudonyms))


def format_first(several: Sequence[object]) -> str:
    """The first of these, such as positions of events, in one line."""
    more = ", …" if len(several) > MOST_POSITIONS else ""
    return ", ".join(map(str, several[:MOST_POSITIONS])) + more
