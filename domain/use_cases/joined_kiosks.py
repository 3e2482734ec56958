"""The kiosks whose logs are taken into a log: which there are, and which of them may still send what is missing.

Rule: nothing here needs a key. A home of one kiosk asks it at each tap, and loads no cryptography for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.ids import kiosk_register_stream
from domain.spans import Second, instant

if TYPE_CHECKING:
    from domain.log.event_log import EventLog
    from domain.log.source_heard import SourceHeard
    from domain.log.standing_log import LogToRead
    from domain.model.kiosk_register import Source


class JoinedKiosks:
    """The names of the kiosks that joined a log, as it has them now; those whose key was revoked too."""

    def __init__(self, log: "EventLog", others: Iterable[str] = ()) -> None:
        """`others` are named by the settings besides."""
        from domain.model.kiosk_register import KioskRegister  # noqa: PLC0415 - most homes that are read have none

        self._log = log
        self._others = tuple(others)
        self._register = KioskRegister.of_home()

    def __iter__(self) -> Iterator[str]:
        self._log.catch_up_lenient(self._register)
        return iter(self._register.list_kiosks(self._others))


class KioskState(NamedTuple):
    """A kiosk that joined, and what is known of it."""

    source: "Source"
    heard: "SourceHeard | None"
    """None where it was never heard."""
    held: int
    """Events of it that are held."""

    @property
    def unsent(self) -> int:
        """Events that it has shown and that are not held yet."""
        return max(0, self.heard.head.position - self.held) if self.heard else 0

    def is_missing(self, ends: Second) -> bool:
        """Whether it may still send what was recorded before an instant: it has not shown since that all is held."""
        if self.source.is_revoked or self.source.joined_at >= instant(ends):
            return False
        return self.heard is None or self.heard.complete_at is None or self.heard.complete_at < instant(ends)


def has_register(log: "LogToRead") -> bool:
    """Whether any kiosk ever joined a log. Raises: CannotRead."""
    return bool(log.read_stream_rows(kiosk_register_stream()))


def load_kiosk_states(log: "EventLog") -> Sequence[KioskState]:
    """Every kiosk that joined, in the order in which they did. Raises: CannotRead."""
    if not has_register(log):
        return ()
    from domain.model.kiosk_register import KioskRegister  # noqa: PLC0415 - same

    register = KioskRegister.of_home()
    log.catch_up_lenient(register)
    if not register.sources:
        return ()
    heard = {one.source: one for one in log.sources.list_heard()}
    return [
        KioskState(source, heard.get(log_id), log.sources.find_head(log_id).position)
        for log_id, source in register.sources.items()
    ]


def find_missing_kiosks(log: "EventLog", day: date) -> list[str]:
    """The kiosks because of which a service day is provisional. Raises: LogError."""
    states = load_kiosk_states(log)
    if not states:
        return []
    from domain.use_cases.unit_rules import UnitRules  # noqa: PLC0415 - same

    return list_missing_kiosks(states, UnitRules(log).load().days.end(day.toordinal()))


def list_missing_kiosks(states: Iterable[KioskState], ends: Second) -> list[str]:
    """The kiosks because of which a day that ended then is provisional."""
    return [state.source.kiosk for state in states if state.is_missing(ends)]
