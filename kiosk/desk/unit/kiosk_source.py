"""What the page of the kiosks asks of the home, and what it has done."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.errors import DomainError
from domain.model.kiosk_register import AlarmKind
from domain.use_cases.joined_kiosks import KioskState, list_missing_kiosks, load_kiosk_states
from kiosk.accounts.join_codes import issue_join_code
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.errors import UserError
from kiosk.text.sanitise import sanitise
from projections.engine.views import Views


class KioskLine(NamedTuple):
    """A kiosk that joined. Instants are local."""

    kiosk: str
    joined_at: datetime
    heard_at: datetime | None
    complete_at: datetime | None
    unsent: int
    alarm: AlarmKind | None
    is_revoked: bool


class ShownCode(NamedTuple):
    """A code to type at a kiosk."""

    kiosk: str
    code: str
    until: datetime
    """Local."""


class KioskSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load(self) -> Sequence[KioskLine]:
        """The kiosks: those that wait for a person, the others in use, those revoked; in each as they joined.

        Raises: LogError.
        """
        with self._reader.lock:
            lines = [self._build_line(state) for state in load_kiosk_states(self._reader.home.log)]
        return sorted(lines, key=lambda line: 2 if line.is_revoked else 0 if line.alarm else 1)

    def _build_line(self, state: KioskState) -> KioskLine:
        source, heard = state.source, state.heard
        return KioskLine(
            source.kiosk,
            source.joined_at.astimezone(self._reader.home.zone),
            self._localise(heard.at if heard else None),
            self._localise(heard.complete_at if heard else None),
            state.unsent,
            source.alarm.kind if source.alarm else None,
            source.is_revoked,
        )

    def _localise(self, at: datetime | None) -> datetime | None:
        return at and at.astimezone(self._reader.home.zone)

    def list_missing(self) -> Sequence[str]:
        """The kiosks because of which the last service day that is over is provisional. Raises: LogError, UserError."""
        return self._reader.read(self._list_missing)

    def _list_missing(self, views: Views) -> list[str]:
        states, days = load_kiosk_states(self._reader.home.log), self._reader.read_unit().days
        ends = days.start(days.ordinal(views.evaluated_at))
        return [sanitise(kiosk) for kiosk in list_missing_kiosks(states, ends)]

    def issue_code(self, kiosk: str, by: str) -> ShownCode | str:
        """A code for a new kiosk; or why there is none. Raises: LogError."""
        home = self._reader.home
        with self._reader.lock:
            try:
                issued = issue_join_code(home, kiosk, home.people.ensure_actor(by))
            except DomainError as refusal:
                return home.format_refusal(refusal)
            except UserError as refusal:
                return str(refusal)
        return ShownCode(sanitise(kiosk), issued.code, issued.until.astimezone(home.zone))

    def run(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out a command. Raises: UserError."""
        (result,) = self._commands.run([command], by, form_id)
        return result
