"""What the pages of pending work show, and what they ask their source for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from domain.spans import Second
from kiosk.effects import Effect
from kiosk.roster.view_model import Person
from projections.read_models.pending_work import PendingKind
from projections.read_models.settlements import Correction

OfferName = Literal[
    "close_at_end",
    "close",
    "void",
    "misuse",
    "excuse",
    "add_visit",
    "add_arrival",
    "schedule",
    "assign",
    "retract",
    "withdraw_leave",
    "correct_clock",
    "clock_right",
    "acknowledge",
]
"""A settlement that a person can choose."""
Command = Mapping[str, object]
"""The fields of a line of a batch."""
SettledAs = Literal[
    "closed", "added", "arrived", "voided", "misuse", "excused", "assigned", "acknowledged", "leave_withdrawn", "clock"
]
"""What a person did, as the log holds it."""


class ItemKey(NamedTuple):
    """What a row of the pending work is known by: it stays the same until other events stand behind the row."""

    kind: str
    volunteer: str
    """The number; empty where there is none."""
    day: str
    events: str
    """Positions in the log, with commas."""

    @property
    def query(self) -> dict[str, str]:
        """As an address has it."""
        return {"kind": self.kind, "volunteer": self.volunteer, "date": self.day, "events": self.events}

    @property
    def positions(self) -> list[int]:
        """The events; empty where the text names none."""
        parts = self.events.split(",")
        return [int(one) for one in parts] if all(one.isascii() and one.isdecimal() for one in parts) else []


class PendingItem(NamedTuple):
    """A row, with the name beside it. Times are local."""

    kind: PendingKind
    key: ItemKey
    person: Person | None
    volunteer: UUID | None
    day: date | None
    since: datetime | None
    kiosk: str
    taps: int
    reason: str
    rule: str
    minutes: int = 0
    """Credited for its visit, where it is opened and is one without check-out."""


class Board(NamedTuple):
    """What needs a person, as far as a page shows it."""

    items: Sequence[PendingItem]
    """The newest first."""
    counts: Mapping[PendingKind, int]
    found: int
    """How many there are, of the kind that is asked for."""


# --- Settling ---


class OfferField(NamedTuple):
    """What has to be typed or chosen. A time is typed as a time of the day, or with its date."""

    name: str
    kind: Literal["time", "choice", "volunteer"]
    value: str = ""
    is_required: bool = True
    choices: Sequence[str] = ()


class Settlement(NamedTuple):
    """What would be done: the line of a batch, and where minutes follow from it, what it is among the facts."""

    command: Command
    correction: Correction | None = None
    volunteer: UUID | None = None
    at: Second = 0
    """An instant of the service day that it is about."""


Values = Mapping[str, Second | str | None]
"""What was entered in the fields of an offer: instants, codes, numbers of volunteers."""


class Offer(NamedTuple):
    """A settlement that fits."""

    name: OfferName
    build: Callable[[Values], Settlement]
    fields: Sequence[OfferField] = ()
    facts: Mapping[str, str] = {}
    """What its title names."""
    choice: str = ""
    """Which of several with one name."""
    takes_reason: bool = True

    @property
    def id(self) -> str:
        """As forms name it."""
        return f"{self.name} {self.choice}".strip()


class Matter(NamedTuple):
    """A row with all that fits it."""

    item: PendingItem
    offers: Sequence[Offer]
    effects: Mapping[str, Effect | None]
    """Of the offers for which nothing is to be typed, by their ids."""
    is_late: bool = False
    """Whether only a coordinator corrects it still (R-035)."""


class Done(NamedTuple):
    """What a person did lately. Times are local."""

    position: int
    what: SettledAs
    at: datetime
    by: str
    """The account, or the name of a coordinator."""
    person: Person | None
    day: date | None
    reason: str
    can_undo: bool


class SettleOutcome(NamedTuple):
    """What came of a settlement."""

    refusal: str = ""
    done: int | None = None
    """The position of the event that was recorded; None where none can be taken back."""


class Entry(NamedTuple):
    """The fields of an offer as they were filled in."""

    typed: Mapping[str, str]
    values: Values
    faults: Mapping[str, str]
    """What is wrong with each: `required`, `time`, `needs_date`, `choice`, `volunteer`."""


class PendingWork(Protocol):
    """The source of the pages. Threads may share it. All raise LogError, UserError."""

    def load_board(self, kind: str, skip: int, most: int) -> Board:
        """Some rows, of all kinds where `kind` is none of them."""
        ...

    def load_matter(self, key: ItemKey) -> Matter | None:
        """One row with its settlements; None where nothing like it needs a person."""
        ...

    def read_entry(self, matter: Matter, offer: Offer, form: Callable[[str], str]) -> Entry:
        """What was entered for an offer."""
        ...

    def preview(self, settlement: Settlement) -> Effect | None:
        """What would change; None where no minute follows from it alone."""
        ...

    def settle(
        self, key: ItemKey, offer_id: str, settlement: Settlement, reason: str, by: str, form_id: str
    ) -> SettleOutcome | None:
        """Carry a settlement out; None where the row needs nobody any more."""
        ...

    def find_settled(self, key: ItemKey) -> Done | None:
        """The last act of a person that may have settled a row."""
        ...

    def find_done(self, position: int) -> Done | None:
        """What a person did, by its event."""
        ...

    def list_done(self) -> Sequence[Done]:
        """What was done in the last days, the latest first."""
        ...

    def undo(self, position: int, reason: str, by: str, form_id: str) -> str:
        """Take it back; the sentence of a rule that refuses."""
        ...
