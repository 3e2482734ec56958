"""What the pages about people show, and what they ask of their source."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol, get_args

from domain.model.badge_status import BadgeStatus
from domain.model.book_status import BookStatus
from domain.model.name_access import Purpose
from kiosk.people.volunteers import Details

Command = Mapping[str, object]
"""The fields of a batch line."""
Lack = Literal["", "card", "training", "insurance", "book", "ending"]
"""What those who are listed lack: a card, a training, insurance, a record book, an agreement that goes on."""
Order = Literal["number", "name", "agreement_to"]
LACKS: Mapping[str, Lack] = {lack: lack for lack in get_args(Lack)}
ORDERS: Mapping[str, Order] = {order: order for order in get_args(Order)}
MOST_DAYS, USUAL_DAYS = 36_600, 30
"""Within which an agreement ends; a hundred years at most."""
MOST_PAGE = 1_000_000
PAGE = 100
"""Volunteers on a page of the list."""


class ListQuery(NamedTuple):
    """What is asked of the list."""

    text: str = ""
    """Of a number, of a name, or a card's number."""
    lack: Lack = ""
    days: int = 30
    """Within which the agreements end, where that is asked."""
    order: Order = "number"
    page: int = 1


def parse_query(asked: Mapping[str, str]) -> ListQuery:
    """What an address asks of the list; what makes no sense is as if it were not there."""
    lack, order = LACKS.get(asked.get("lack", ""), ""), ORDERS.get(asked.get("order", ""), "number")
    days = parse_whole(asked.get("days", ""), USUAL_DAYS, MOST_DAYS)
    return ListQuery(asked.get("text", "").strip(), lack, days, order, parse_whole(asked.get("page", ""), 1, MOST_PAGE))


def parse_whole(text: str, usual: int, most: int) -> int:
    """A whole number of an address; the usual one for anything else."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else usual


class ListedPerson(NamedTuple):
    """A row of the list."""

    number: str
    name: str
    """Masked; empty where none is kept."""
    group: str
    mode: str
    standing: str
    agreement_to: date | None
    missing: list[tuple[str, str | None]]
    """Trainings: kind and category."""
    cards: int


class Detailed(NamedTuple):
    """A row of the list with all data."""

    listed: ListedPerson
    agreement_from: date | None
    details: dict[str, str]
    """By the names of `Details`."""


class Share(NamedTuple):
    """How many active volunteers have something, today."""

    lack: Lack
    """The filter that lists those who have not."""
    covered: int
    counted: int
    target: float
    """0 to 1."""
    is_met: bool


class PeopleList(NamedTuple):
    """A page of the list."""

    rows: list[ListedPerson]
    total: int
    """On all pages."""
    pages: int
    shares: list[Share]
    """Of insurance and record books; none of what this unit has nothing of on file."""
    today: date


class HeldCard(NamedTuple):
    """A card that a volunteer holds."""

    position: int
    """Of the event that issued it."""
    issued_on: date
    tech: str


class DutyLine(NamedTuple):
    """A duty, an absence or a leave: its day is explained on a page of its own."""

    day: date
    start: datetime
    end: datetime
    shift: str
    outcome: str
    minutes: int


class HoursLine(NamedTuple):
    """Credited minutes of a month."""

    month: str
    category: str | None
    minutes: int
    duties: int


class TrainingLine(NamedTuple):
    """A training that was attended and is not complete."""

    kind: str
    category: str | None
    hours: str
    """Attended, as 1.5; empty where none are on record."""
    needed: str
    """What all sessions must add up to; empty where hours are not looked at."""
    modules: list[str]
    """The titles of those that are to be done."""


class CaseLine(NamedTuple):
    """An exit case."""

    rule: str
    raised_on: date
    status: str
    decision: str | None


class PaperEntry(NamedTuple):
    """An entry of the record book, the badge, the insurance or a training, which can be taken back."""

    position: int
    kind: str
    """`book_registered`, `badge_issued`, `cover_enrolled`, `training_basic` and the like."""
    day: date | None
    until: date | None = None
    text: str = ""
    """The category of a training, the month of an entry in the record book."""


class Papers(NamedTuple):
    """The record book, the badge and the insurance of a volunteer today."""

    book: BookStatus = "none"
    badge: BadgeStatus = "none"
    badge_expires: date | None = None
    covers: Sequence[tuple[date, date | None]] = ()
    """Today's and coming ones."""
    is_insured: bool = False
    entries: Sequence[PaperEntry] = ()
    """The newest first."""


NO_PAPERS = Papers()


@dataclass(frozen=True, slots=True)
class Person:
    """One volunteer, masked."""

    number: str
    name: str
    group: str
    mode: str
    standing: str
    agreement_from: date | None
    agreement_to: date | None
    is_erased: bool
    category: str | None
    """Of the unit: special training is for it."""
    missing: list[tuple[str, str | None]]
    trainings: list[tuple[str, str | None, date]] = field(default_factory=list[tuple[str, str | None, date]])
    begun: list[TrainingLine] = field(default_factory=list[TrainingLine])
    """Trainings that are not complete yet."""
    turns: list[tuple[str, date]] = field(default_factory=list[tuple[str, date]])
    """`agreement`, `ended`, `suspended`, `resumed`, and from which day on; the newest first."""
    cards: list[HeldCard] = field(default_factory=list[HeldCard])
    hours: list[HoursLine] = field(default_factory=list[HoursLine])
    duties: list[DutyLine] = field(default_factory=list[DutyLine])
    """The newest first, coming ones included."""
    duties_omitted: int = 0
    cases: list[CaseLine] = field(default_factory=list[CaseLine])
    today: date = date.min
    papers: Papers = NO_PAPERS

    @property
    def is_suspended(self) -> bool:
        """Whether service pauses, or will: the last such turn was a suspension."""
        pauses = [kind for kind, _ in self.turns if kind in ("suspended", "resumed")]
        return pauses[:1] == ["suspended"]


class UnitView(NamedTuple):
    """What the form to enrol needs to know of the unit."""

    name: str
    category: str | None
    today: date
    """The service day."""


class Outcome(NamedTuple):
    """What came of commands."""

    sentence: str = ""
    """Why one was refused; empty where all were carried out."""
    refused: int = -1
    """Which, from 0."""
    is_repeated: bool = False
    """They were carried out before, when the form was sent first."""


def find_date(day: int | None) -> date | None:
    """A service day as a date."""
    return None if day is None else date.fromordinal(day)


def list_texts(details: Details) -> dict[str, str]:
    """What is kept, as a form shows it; empty where there is nothing."""
    return {name: "" if value is None else str(value).replace("\r\n", "\n") for name, value in asdict(details).items()}


class PeopleSource(Protocol):
    """The volunteers of a home. Threads may share it. Everything raises LogError and UserError."""

    def list_people(self, query: ListQuery) -> PeopleList:
        """A page of the list."""
        ...

    def load_person(self, number: str) -> Person | None:
        """One volunteer; None where nobody has the number."""
        ...

    def show_details(self, number: str, purpose: Purpose, text: str | None, by: str) -> Details | None:
        """All that is kept of a person, once it is recorded who asks for it and why; None where there is nobody."""
        ...

    def list_details(self, query: ListQuery, purpose: Purpose, text: str | None, by: str) -> list[Detailed]:
        """Everybody on the list, of whatever page, once it is recorded who asks for it and why."""
        ...

    def change_person(
        self, number: str, changed: Mapping[str, str], shown: Mapping[str, str], by: str, form_id: str
    ) -> Outcome | Sequence[str]:
        """Change details, by the names of `Details`, with a `reason`.

        `shown` is what the form showed: what is returned are the names of those that another person changed meanwhile.
        """
        ...

    def run(self, commands: Sequence[Command], by: str, form_id: str) -> Outcome:
        """Carry out all commands, or, where one of several would be refused, none."""
        ...

    def list_numbers(self) -> list[str]:
        """All numbers that are taken."""
        ...

    def read_unit(self) -> UnitView:
        """The unit as of now."""
        ...

    def list_readers(self) -> list[str]:
        """The names of the readers at which a card can be held."""
        ...

    def parse_card(self, text: str) -> str | None:
        """A number that was typed as a batch line has it; None where it does not say which card is meant."""
        ...

    def issue_at_reader(self, number: str, reader: str, by: str) -> str:
        """Wait for the card at a reader and issue it; its last digits. Raises: UserError with the reason."""
        ...
