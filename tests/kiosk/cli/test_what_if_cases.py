"""`kiosk what-if` and the previews of corrections: the cases they say are those that the next night changes."""

import json
import shutil
from collections import Counter
from collections.abc import Container
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from kiosk.batch.run import run_batch
from kiosk.batch.source import RawLine
from kiosk.effects import Effect
from kiosk.home import Home
from kiosk.statements.statements import Statements
from kiosk.what_if import WouldBeRefused, foresee_commands, foresee_correction
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.settlements import Correction, Excusing, Voiding
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.people import local_second

Line = dict[str, Any]
WHO = "V001"
BY = {"by": "林組長", "reason": "x"}
FIRST = date(2026, 11, 2)


def live(home: Path, *lines: Line) -> None:
    """Some lines may be refused: a decision where no case waits."""
    with Home.open(home) as opened:
        list(run_batch(opened, [RawLine(1, msgspec.json.encode(said)) for said in lines], home))


def begin(home: Path, days: int) -> None:
    """A volunteer with a shift on each of so many days, S0 on the first."""
    Home.make(home, simulation=True).close()
    live(
        home,
        line("open_unit", "2026-01-02T08:00", name="清水戶政事務所", kind="public"),
        line("enrol_volunteer", "2026-01-02T08:01", volunteer=WHO, mode="rostered", agreement_from="2026-01-02"),
        line("complete_training", "2026-01-02T08:01", volunteer=WHO, kind="basic", on="2026-01-02"),
        line("issue_card", "2026-01-02T08:02", volunteer=WHO, card="04000000000001"),
        *(
            line("schedule_shift", "2026-10-01T08:00", shift=f"S{day}", start=f"{on}T09:00", end=f"{on}T12:00")
            | {"volunteers": [WHO]}
            for day in range(days)
            if (on := FIRST + timedelta(day))
        ),
    )


def serve(day: date) -> list[Line]:
    return [line("tap", f"{day}T{at}", card="04000000000001") for at in ("09:00", "12:00")]


def night(day: date) -> Line:
    return line("reconcile", f"{day + timedelta(1)}T05:00", date=day.isoformat())


def decide(day: date) -> Line:
    return line("decide_exit", f"{day + timedelta(1)}T09:00", volunteer=WHO, rule="R-050", decision="keep", **BY)


def count_cases(home: Path) -> Counter[str]:
    """The cases that are not withdrawn, by rule."""
    with Home.open(home) as opened:
        rows = Statements.now(opened).list_exits(EVERYTHING)
        return Counter(row["rule"] for row in rows if row["status"] != "withdrawn")


def count_cases_after(home: Path, *lines: Line, day: date) -> Counter[str]:
    """Once some lines were carried out on a copy, and the night was."""
    copy = home.with_name("copy")
    shutil.copytree(home, copy)
    live(copy, *lines, night(day))
    try:
        return count_cases(copy)
    finally:
        shutil.rmtree(copy)


# --- A decided case ---

NOW = "2026-11-07T09:00"
VOIDED = line("void_visit", NOW, volunteer=WHO, check_in="2026-11-05T09:00", **BY)
EXCUSED = line("excuse_absence", NOW, volunteer=WHO, shift="S0", **BY)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case about three absences was decided; on the fourth day the volunteer came."""
    home = tmp_path_factory.mktemp("decided") / "home"
    begin(home, 4)
    last = date(2026, 11, 5)
    live(home, *serve(last), night(last), decide(last), night(date(2026, 11, 6)))
    return home


def adopt(threshold: int) -> Line:
    return line("adopt_policy", NOW, effective_from="2026-01-01", absence_threshold=threshold)


@pytest.mark.parametrize(
    ("before", "tried", "raised"),
    [
        ((), VOIDED, ["R-050"]),
        ((), EXCUSED, []),
        ((), adopt(4), []),
        ((adopt(4),), adopt(3), []),
        ((VOIDED,), EXCUSED, []),
    ],
    ids=["a fourth absence", "one less", "a higher threshold", "a lower one again", "one less of four"],
)
def test_a_decided_case_stays_and_only_evidence_that_it_had_not_seen_raises_another(
    decided: Path, tmp_path: Path, before: tuple[Line, ...], tried: Line, raised: list[str]
) -> None:
    """R-050, decision 10: as batch, as policy, and really."""
    home = tmp_path / "home"
    shutil.copytree(decided, home)
    live(home, *before)
    asked = ["--batch", write_batch(tmp_path / "tried.jsonl", tried)]
    if tried["do"] == "adopt_policy":
        policy = tmp_path / "policy.toml"
        policy.write_text(f"absence_threshold = {tried['absence_threshold']}\n", encoding="utf-8")
        asked = ["--policy", policy, "--from", tried["effective_from"]]
    found = json.loads(run_kiosk("what-if", *asked, "--format", "json", "--home", home).out)
    assert [rule for row in found["rows"] for rule in row["cases_raised"]] == raised
    assert (found["sum"]["cases_raised"], found["sum"]["cases_withdrawn"]) == (len(raised), 0)
    day = date(2026, 11, 7)
    without, really = count_cases_after(home, day=day), count_cases_after(home, tried, day=day)
    assert really - without == Counter(raised)
    assert without - really == Counter()


@pytest.mark.parametrize(
    ("day", "correction", "raised"),
    [
        (date(2026, 11, 5), Voiding(local_second("2026-11-05 09:00")), [("R-050", 4)]),
        (FIRST, Excusing("S0"), []),
    ],
    ids=["a fourth absence", "one less"],
)
def test_the_preview_of_a_correction_says_the_same(
    decided: Path, day: date, correction: Correction, raised: list[tuple[str, int]]
) -> None:
    """R-050, decision 10: at the roster and on the page of what is pending."""
    with Home.open(decided) as opened:
        who = opened.people.find_id(WHO)
        assert who is not None
        service = foresee_correction(opened, who, day, correction).service
    assert (list(service.raised), service.withdrawn) == (raised, ())


# --- Whatever the days were ---

DAYS = 6
TODAY = FIRST + timedelta(DAYS + 1)
NOON = f"{TODAY}T13:00"


def live_at_random(home: Path, chance: Random) -> list[int]:
    """Two absences are too many; some nights are, and decide. Which days were served.

    The last instant is that of the changes: a stranger's card.
    """
    begin(home, DAYS)
    lines = [line("adopt_policy", "2026-10-01T09:00", effective_from="2026-01-01", absence_threshold=2)]
    served = [number for number in range(DAYS) if chance.random() < 0.5]
    for number in range(DAYS):
        day = FIRST + timedelta(number)
        lines += serve(day) if number in served else []
        lines += [night(day)] if chance.random() < 0.7 else []
        lines += [decide(day)] if chance.random() < 0.3 else []
    live(home, *lines, line("tap", NOON, card="04000000000099"))
    return served


def choose_change(chance: Random, served: Container[int]) -> tuple[Line, date, Correction | None]:
    """A change, the day that it is of, and the correction that is previewed of it; a decision may be refused."""
    number = chance.randrange(DAYS)
    day = FIRST + timedelta(number)
    about = {"volunteer": WHO, **BY}
    policy = {"absence_threshold": chance.randrange(1, 4), "absence_window": chance.choice(("agreement", "ever"))}
    changes: list[tuple[Line, Correction | None]] = [
        (line("adopt_policy", NOON, effective_from="2026-01-01", **policy), None),
        (line("decide_exit", NOON, rule="R-050", decision="keep", **about), None),
    ]
    if number in served:
        voided = line("void_visit", NOON, check_in=f"{day}T09:00", **about)
        changes += [(voided, Voiding(local_second(f"{day} 09:00")))] * 4
    else:
        changes += [(line("excuse_absence", NOON, shift=f"S{number}", **about), Excusing(f"S{number}"))] * 4
    change, correction = chance.choice(changes)
    return change, day, correction


def count_foreseen(effect: Effect) -> Counter[str]:
    """How many cases more, or fewer below nothing, there would be by rule."""
    more = Counter(case.rule for case in effect.service.raised)
    more.subtract(case.rule for case in effect.service.withdrawn)
    return more


def foresee_cases(home: Path, change: Line, day: date, correction: Correction | None) -> list[Counter[str]]:
    """As a line of a batch, and as a correction that is previewed; nothing where the line would be refused."""
    with Home.open(home) as opened:
        who = opened.people.find_id(WHO)
        assert who is not None
        try:
            effects = foresee_commands(opened, [change]).effects
        except WouldBeRefused:
            return []
        previewed = [foresee_correction(opened, who, day, correction)] if correction else []
    of_line = effects[0] if effects else Effect(who)
    return [count_foreseen(effect) for effect in (of_line, *previewed)]


def test_the_cases_that_are_said_are_those_that_the_next_night_leaves_more_or_fewer(tmp_path: Path) -> None:
    """Decision 10: whatever was decided before, and whichever nights were left out."""
    changed = Counter[int]()
    for seed in range(9, 12):
        chance, home = Random(seed), tmp_path / f"{seed}"  # noqa: S311 - the same stories every time
        served = live_at_random(home, chance)
        without = count_cases_after(home, day=TODAY)
        for change, *correction in (choose_change(chance, served) for _ in range(3)):
            foreseen = foresee_cases(home, change, *correction)
            really = count_cases_after(home, change, day=TODAY)
            really.subtract(without)
            assert foreseen == [really] * len(foreseen), (seed, change)
            changed.update(really.values())
    assert changed[1] > 0 < changed[-1]
