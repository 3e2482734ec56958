"""The home as the pages use it: they read its read models, one thread at a time, and carry out the commands of a batch.

Rule: a page reads what stood in the log when it was asked for; damaged read models are rebuilt. A form does nothing
that a line of a batch cannot do, so that every rule stands in one place; sent twice, it is carried out once.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from threading import RLock
from typing import TypeVar
from uuid import UUID

from msgspec import inspect

from domain.clock import Clock
from domain.log.lenient import UndecodableEvent
from domain.spans import Second
from kiosk.act_builder import ActBuilder
from kiosk.batch.command import NamedFiles
from kiosk.batch.commands import COMMANDS, CommandParser
from kiosk.batch.fields import BirthDate, Card, Day, Instant, Month, NationalId
from kiosk.batch.run import LineResult, open_dry_run, run_line
from kiosk.batch.source import RawLine
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.people.volunteers import VolunteerFile
from kiosk.refusals import UnknownNumberLike
from kiosk.roster.view_model import Person, RosterSource, RosterView
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from kiosk.text.typed import narrow
from kiosk.views_repair import run_repaired
from projections.engine.as_of import views_as_of, views_over
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.projectors.unit_rules import read_unit

R = TypeVar("R")
Command = Mapping[str, object]
"""The fields of a line, as the contract has them: `do`, and what it takes; None is null.

Without `at` it happens now.
"""
MOST_FORMS = 1_000
"""Forms remembered, of a simulation."""


# --- Whose turn it is ---


class HomeIsClosed(Exception):
    """The desk has ended: a thread that it left behind asks for the home."""


class HomeLock:
    """Held by the thread that asks the read models of a home, and held by it again; by none once it is closed.

    SQLite ends the program where a thread asks a connection that another one closes.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._is_closed = False

    def __enter__(self) -> None:
        self._lock.acquire()
        if self._is_closed:
            self._lock.release()
            raise HomeIsClosed

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def close(self) -> None:
        """Wait for the thread that holds it, and let none in from then on: the home can be closed."""
        with self._lock:
            self._is_closed = True


# --- Reading ---


class HomeReader:
    """The read models of one home. Threads may share it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.lock = HomeLock()
        """Held while the read models are asked."""
        self.quarantine: Sequence[UndecodableEvent] = ()
        """The events that the read models did without when they were read last."""

    def read(self, work: Callable[[Views], R]) -> R:
        """What `work` finds in the read models as of now. Raises: LogError, UserError."""
        with self.lock:
            self.home.views.catch_up(None if self.home.simulation else self.home.now_second())
            return run_repaired(self.home, lambda: self._read(work))

    def _read(self, work: Callable[[Views], R]) -> R:
        views = self.home.views
        self.quarantine = views.quarantine
        return work(views)

    @contextmanager
    def hold_past(self, instant: Second, upto: int | None = None) -> Generator[Views]:
        """Read models as of a recorded instant, up to a position. The live ones are needed for a moment, at the start.

        Where all must be built from the log, nobody waits for it but who asked. Raises: LogError, UserError.
        """
        log, held = self.home.log, ExitStack()
        with held:
            views = self.read(lambda live: held.enter_context(views_over(log, live, instant, upto=upto)))
            yield views or held.enter_context(views_as_of(log, instant, upto=upto))

    def find_person(self, volunteer_id: UUID) -> Person:
        """A volunteer's number and masked name."""
        people, style = self.home.people, self.home.settings.masking
        name, number = people.find_name(volunteer_id), people.find_number(volunteer_id)
        return Person(sanitise(number or ""), sanitise(mask(name, style)) if name else "")

    def read_unit(self) -> UnitInForce:
        """The unit with its policies and its calendar. Raises: LogError."""
        return read_unit(self.home.log, None)


class SharedRoster:
    """A source of the roster that takes its turn at the read models."""

    def __init__(self, reader: HomeReader, source: RosterSource) -> None:
        self._reader, self._source = reader, source

    def poll(self) -> RosterView | None:
        """The view of now; None while nothing has changed. Raises: LogError, UserError."""
        with self._reader.lock:
            return self._source.poll()


# --- Changing ---


class HomeCommands(ActBuilder):
    """The commands of one home. Threads may share it."""

    def __init__(
        self, home: Home, clock: Clock | None = None, lock: AbstractContextManager[object] | None = None
    ) -> None:
        """`clock` runs even in a simulation; `lock` is held while a command may ask the read models."""
        super().__init__(home, clock)
        self._lock = lock or RLock()
        self._parser = CommandParser(home.zone)
        self._sent_at: OrderedDict[str, str] = OrderedDict()
        """The times of a simulation at which forms were sent first: sent again, they say the same."""

    def run(self, commands: Sequence[Command], by: str, form_id: str, files: NamedFiles = Path()) -> list[LineResult]:
        """One result a command, up to the first that is refused. Raises: UserError where the home cannot be written.

        `files`: where those are that a command names.
        """
        with self._lock:
            return list(self._run(self._home, commands, by, form_id, files))

    def run_exact(self, commands: Sequence[Command], by: str, key: str) -> list[LineResult]:
        """As `run`, of commands that no person typed into a form: each field is what it says."""
        with self._lock:
            return list(self._run(self._home, commands, by, key, is_typed=False))

    def check(self, commands: Sequence[Command], by: str, form_id: str | None = None) -> list[LineResult]:
        """What `run` would come to, on a copy of the home: takes as long as copying the log. Raises: UserError."""
        with self._lock, ExitStack() as held:
            return list(self._run(held.enter_context(open_dry_run(self._home)), commands, by, form_id))

    def _run(
        self,
        home: Home,
        commands: Sequence[Command],
        by: str,
        form_id: str | None,
        files: NamedFiles = Path(),
        *,
        is_typed: bool = True,
    ) -> Iterator[LineResult]:
        for number, command in zip(count(1), commands):
            key = {"key": f"{form_id} {number}"} if form_id else {}
            times = {name: at for name, at in self._find_times(form_id).items() if command.get(name) is None}
            fields = {**command, **times, **key, "by": by}
            try:
                text = json.dumps(narrow_command(fields, home.people) if is_typed else fields)
            except UnknownNumberLike as refusal:
                yield LineResult(number, EXIT_NO, home.format_refusal(refusal))
                return
            result = run_line(home, self._parser, RawLine(number, text.encode()), files)
            if result.fatal:
                raise UserError(result.sentence or "")
            yield result
            if result.status:
                return

    def _find_times(self, form_id: str | None) -> Command:
        """The instant that a command has to bring along in a simulation."""
        if not self._home.simulation:
            return {}
        now = self.now().astimezone(self._home.zone).isoformat(timespec="seconds")
        if form_id:
            now = self._sent_at.setdefault(form_id, now)
        if len(self._sent_at) > MOST_FORMS:
            self._sent_at.popitem(last=False)
        return {"at": now, "recorded_at": now}


# --- What was typed into a form ---

FIXED_FORMS = (Instant, Day, Month, BirthDate, Card, NationalId)
VOLUNTEERS = frozenset({"volunteer", "volunteers", "guide", "members", "accounted", "missing"})
"""Fields that hold numbers of volunteers."""


def narrow_command(fields: dict[str, object], people: VolunteerFile) -> dict[str, object]:
    """The command, narrow where the batch declares a fixed form or a volunteer; every other text as it was typed.

    Raises: UnknownNumberLike where a number may be one of several.
    """
    fixed = _list_fixed_fields(str(fields.get("do")))
    return {name: _narrow_field(name, value, fixed, people) for name, value in fields.items()}


def _narrow_field(name: str, value: object, fixed: frozenset[str], people: VolunteerFile) -> object:
    if isinstance(value, list):
        return [_narrow_field(name, one, fixed, people) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(value, str):
        return value
    if name in VOLUNTEERS:
        return people.resolve_typed_number(value)
    return narrow(value) if name in fixed else value


@cache
def _list_fixed_fields(do: str) -> frozenset[str]:
    """The fields of a command that have a fixed form."""
    kind = COMMANDS.get(do)
    found = inspect.type_info(kind) if kind else None
    fields = found.fields if isinstance(found, inspect.StructType) else ()
    return frozenset(field.encode_name for field in fields if _has_fixed_form(field.type))


def _has_fixed_form(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.UnionType):
        return any(map(_has_fixed_form, kind.types))
    return isinstance(kind, inspect.CustomType) and kind.cls in FIXED_FORMS
