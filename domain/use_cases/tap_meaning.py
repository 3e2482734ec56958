"""What a tap means after those before it, from the log's streams.

Rule: a tap costs the same however often the volunteer has tapped on that day. The interpreter of the day is kept, also
of a day that was read ahead, and goes on as long as every stream that it was made from is as long as it was.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.ids import corrections_stream
from domain.log.event_log import EventLog
from domain.model.attendance import Attendance, ShownOutcome
from domain.model.corrections import Corrections
from domain.model.streams import StreamKey
from domain.model.visits import AcceptedMeaning, DayCorrections, Tap, TapInterpreter
from domain.policy import Policy
from domain.spans import Second, instant
from domain.use_cases.corrected_taps import CorrectedTaps
from domain.use_cases.stored_corrections import combine_corrections, find_stored_days
from domain.use_cases.unit_rules import CurrentRules

MOST_KEPT = 2_048
"""Volunteers whose day is kept: those whose cards are read ahead."""


class EarlierTap(NamedTuple):
    """The last accepted tap, because of which another so soon after it changes nothing."""

    outcome: AcceptedMeaning
    at: datetime
    counts_again_at: datetime
    """From when on another tap counts."""


class TapMeaning(NamedTuple):
    """What a tap means after those before it."""

    shown: ShownOutcome
    since: datetime | None = None
    """When the visit began to which it belongs."""
    earlier: EarlierTap | None = None


class _KnownDay(msgspec.Struct):
    """A volunteer's service day, as far as it is interpreted."""

    day: int
    upto: int
    rules: CurrentRules
    interpreter: TapInterpreter
    versions: dict[StreamKey, int]
    """Of every stream that it was made from."""
    kiosks: tuple[str, ...]
    """Those whose streams were asked for."""
    last: Tap | None
    """The tap that was interpreted last; None before the first."""
    is_whole: bool
    """No tap stands behind that one: the next one goes on from it."""


class TapMeanings:
    """Interprets the taps of a door, one at a time. One thread."""

    def __init__(self, log: EventLog, taps: CorrectedTaps) -> None:
        self._log = log
        self._taps = taps
        self._kept: dict[UUID, _KnownDay] = {}
        self._current: _KnownDay | None = None

    def read_ahead(self, volunteer_id: UUID, day: int, rules: CurrentRules) -> None:
        """Interpret what there is of a service day, so that its next tap reads nothing."""
        self._kept.pop(volunteer_id, None)
        self._keep(volunteer_id, self._read_day(volunteer_id, None, rules, (day, day)))

    def interpret(self, volunteer_id: UUID, tap: Tap, rules: CurrentRules, known: Second) -> TapMeaning:
        """What the tap means, by the corrections until `known`; `noted` where that is unclear."""
        day, upto = rules.days.ordinal(tap.at), rules.days.ordinal(known)
        found = self._kept.pop(volunteer_id, None)
        if found is None or not self._is_current(found, tap, rules, (day, upto)):
            found = self._read_day(volunteer_id, tap, rules, (day, upto))
        self._current = found
        if found is None:
            return TapMeaning("noted")
        meaning = found.interpreter.interpret(tap)
        since = None if meaning == "unmatched" else instant(found.interpreter.visits[-1].check_in)
        earlier = _build_earlier(found.interpreter, rules.policies.on(day)) if meaning == "repeated" else None
        return TapMeaning(meaning, since, earlier)

    def keep(self, volunteer_id: UUID, tap: Tap, attendance: Attendance) -> None:
        """The tap that was interpreted last stands in the log now, at the end of this stream."""
        if known := self._current:
            known.last = tap
            known.versions[StreamKey(attendance.id, attendance.writer)] = attendance.version
            self._keep(volunteer_id, known)

    def _keep(self, volunteer_id: UUID, known: _KnownDay | None) -> None:
        if known is None or not known.is_whole:
            return
        if len(self._kept) >= MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[volunteer_id] = known

    def _is_current(self, known: _KnownDay, tap: Tap, rules: CurrentRules, days: tuple[int, int]) -> bool:
        """Whether the tap follows those of a day that is kept, and nothing else was written about it since."""
        if (known.day, known.upto) != days or known.rules is not rules or known.kiosks != self._taps.list_kiosks():
            return False
        if known.last is None:
            if _may_repeat_day_before(known.day, tap, rules):
                return False
        elif tap <= known.last:
            return False
        return self._log.find_versions([*known.versions]) == [*known.versions.values()]

    def _read_day(
        self, volunteer_id: UUID, tap: Tap | None, rules: CurrentRules, days: tuple[int, int]
    ) -> _KnownDay | None:
        """The taps before this one, or all, interpreted; None where some of them cannot be read."""
        day, upto = first, _ = days
        corrections = _CorrectionsRead(self._log, volunteer_id)
        stored_days = find_stored_days(day, rules.days)
        beside = corrections.list_keys_around(day, rules)
        taps, whole, versions = self._taps.list_on(volunteer_id, day, rules, upto, beside)
        whole = corrections.read(stored_days) and whole
        while self._follows_day_before(first, min(taps[:1] + ([tap] if tap else []), default=None), rules, corrections):
            first -= 1
            before = self._taps.list_on(volunteer_id, first, rules, upto)
            taps, whole, versions = [*before.taps, *taps], whole and before.whole, [*versions, *before.versions]
            whole = corrections.read(find_stored_days(first, rules.days)) and whole
        if not whole:
            return None
        interpreter = TapInterpreter(rules.days, rules.policies, corrections.combine())
        earlier = [other for other in taps if tap is None or other < tap]
        for one in earlier:
            interpreter.interpret(one)
        read = dict([*versions, *corrections.versions])
        last, is_whole = earlier[-1] if earlier else None, len(earlier) == len(taps)
        return _KnownDay(day, upto, rules, interpreter, read, self._taps.list_kiosks(), last, is_whole)

    def _follows_day_before(
        self, day: int, first: Tap | None, rules: CurrentRules, corrections: "_CorrectionsRead"
    ) -> bool:
        """Whether what the first tap of a day means depends on the day before.

        It may repeat a tap of that day, or the desk closed a visit over the turn.
        """
        corrections.read(find_stored_days(day - 1, rules.days))  # what of them cannot be read closes nothing
        if first and _may_repeat_day_before(day, first, rules):
            return True
        return corrections.reach_over(rules.days.start(day))


class _CorrectionsRead:
    """The corrections of a volunteer on some days."""

    def __init__(self, log: EventLog, volunteer_id: UUID) -> None:
        self._log = log
        self._volunteer_id = volunteer_id
        self._keys: dict[int, StreamKey] = {}
        """By the day under which the log holds them."""
        self._is_whole: dict[int, bool] = {}
        """Of the days that were read, whether they could be."""
        self._made: dict[int, Corrections] = {}
        """Of the days that have any."""
        self.versions: list[tuple[StreamKey, int]] = []
        """How long each stream was that was read."""

    def list_keys(self, stored_days: Collection[int]) -> list[StreamKey]:
        """The streams of some days."""
        for day in stored_days:
            if day not in self._keys:
                self._keys[day] = StreamKey(corrections_stream(self._volunteer_id, date.fromordinal(day)))
        return [self._keys[day] for day in stored_days]

    def list_keys_around(self, day: int, rules: CurrentRules) -> list[StreamKey]:
        """Those of a service day, and of the day before it."""
        stored_days = find_stored_days(day, rules.days)
        return self.list_keys([stored_days[0] - 1, *stored_days])

    def read(self, stored_days: Collection[int]) -> bool:
        """Read what is not read yet; whether all could be read."""
        is_whole = True
        for day, key in zip(stored_days, self.list_keys(stored_days), strict=True):
            if day not in self._is_whole:
                self._is_whole[day] = self._read_day(day, key)
            is_whole = self._is_whole[day] and is_whole
        return is_whole

    def _read_day(self, day: int, key: StreamKey) -> bool:
        (version,) = self._log.find_versions([key])
        self.versions.append((key, version))
        if not version:
            return True
        made = self._made[day] = Corrections.at_version_zero(key.id)
        return not self._log.catch_up_lenient(made)

    def combine(self) -> DayCorrections:
        """What they add up to."""
        return combine_corrections(self._log, [made for _, made in sorted(self._made.items())])

    def reach_over(self, turn: Second) -> bool:
        """Whether the desk closed a visit from before an instant until then or later."""
        if not self._made:
            return False
        return any(closing.check_in < turn <= closing.check_out for closing in self.combine().closings.values())


def _may_repeat_day_before(day: int, tap: Tap, rules: CurrentRules) -> bool:
    """Whether a tap came so soon after the turn of its day that it may change nothing."""
    return tap.at - rules.days.start(day) < rules.policies.longest_debounce


def _build_earlier(interpreter: TapInterpreter, policy: Policy) -> EarlierTap | None:
    if not (accepted := interpreter.accepted):
        return None
    return EarlierTap(accepted.meaning, instant(accepted.at), instant(accepted.at + policy.debounce_seconds))
