"""`kiosk what-if`: whose minutes, outcomes, cases and awards a policy or lines of a batch would change."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from domain.ids import unit_stream
from kiosk.home import Home
from kiosk.home_files import CATALOGUE_FILE
from kiosk.words.what_if import WhatIfText
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

Line = dict[str, Any]
BY = {"by": "林組長", "reason": "試算"}
NOW = "2026-11-20T11:00"
LINES = (
    line("enrol_volunteer", "2026-11-02T08:00", volunteer="V002", mode="event", agreement_from="2026-01-01"),
    line(
        "attest_family", "2026-11-02T08:01", family="王家", members=["V001", "V002"], document="戶口名簿", by="林組長"
    ),
    line("tap", "2026-11-19T08:58", card="04000000000001"),
    line("tap", "2026-11-20T09:00", card="04000000000001"),
)
AWARDS = "\n".join(
    f'[[award]]\nid = "own-{subject}"\nname = "{subject}"\nname_en = "{subject}"\norganiser = "本所"\n'
    f'source = "本所要點"\neffective_from = 2018\nsubject = "{subject}"\nmembers_min = 2\n'
    for subject in ("family", "team")
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann forgot to tap out on the 19th, and it is the 20th; there is an award for families and one for the team."""
    folder = tmp_path_factory.mktemp("what-if")
    assert run_kiosk("init", "--simulation", "--home", folder / "home").status == 0
    (folder / "home" / CATALOGUE_FILE).write_text(AWARDS, encoding="utf-8")
    applied = run_kiosk("apply", write_batch(folder / "b", *ANNS_UNIT_LINES, *LINES), "--home", folder / "home")
    assert (applied.status, applied.err) == (0, "")
    return folder / "home"


CREDITED = "missing_checkout_credit = 'shift_end'\nrequire_training = false\n"
"""She has no training on file either."""
NOTHING = f"{WhatIfText.NOTHING.value}\n"
VOIDED = line("void_visit", NOW, volunteer="V001", check_in="2026-11-19T08:58", **BY)


def ask(home: Path, file: Path, text: str, *options: str, since: str = "2026-11-01") -> tuple[int, str, str]:
    file.write_text(text, encoding="utf-8")
    done = run_kiosk("what-if", "--policy", file, "--from", since, "--home", home, *options)
    return done.status, done.out, done.err


def try_lines(home: Path, folder: Path, *lines: Line) -> dict[str, Any]:
    """What lines would change, as JSON."""
    batch = write_batch(folder / "tried.jsonl", *lines)
    done = run_kiosk("what-if", "--batch", batch, "--format", "json", "--home", home)
    assert (done.status, done.err) == (0, "")
    return json.loads(done.out)


@pytest.mark.parametrize("command", [("what-if", "--batch"), ("apply", "--check")], ids=lambda given: given[0])
def test_what_a_tried_line_says_is_no_answer_and_says_that_it_was_only_tried(
    home: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    batch = write_batch(tmp_path / "tried.jsonl", line("tap", NOW, card="04000000000099"))
    options = ("--format", "json") if command[0] == "what-if" else ()
    done = run_kiosk(*command, batch, "--home", home, *options)
    assert done.err == (
        f"{batch}:1: only tried, nothing is recorded; carried out it would say: "
        "refused, and recorded: the card is not issued to anybody\n"
    )
    assert (done.status, len(done.out.splitlines())) == (0, 1)


# --- A policy ---


def test_the_rows_and_their_sum(home: Path, tmp_path: Path) -> None:
    status, out, _ = ask(home, tmp_path / "p.toml", CREDITED, "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["policy"] == {"missing_checkout_credit": "shift_end", "require_training": False}
    (row,) = found["rows"]
    assert (row["volunteer"], row["minutes_before"], row["minutes_after"]) == ("V001", 0, found["sum"]["change"])
    assert row["change"] > 0
    assert found["sum"]["volunteers"] == 1


def test_in_a_table_the_sum_stands_below(home: Path, tmp_path: Path) -> None:
    status, out, _ = ask(home, tmp_path / "p.toml", CREDITED)
    assert status == 0
    assert "V001" in out
    assert out.splitlines()[-1].startswith("volunteers: 1; minutes: 0, would be ")


def test_a_shorter_grace_makes_a_volunteer_late_and_the_sum_and_the_rows_say_so(home: Path, tmp_path: Path) -> None:
    """R-020: the outcome stays, and so do the minutes; what is foreseen is what `duties` says once it is adopted."""
    lived = copytree(home, tmp_path / "home")
    lines = [
        line("schedule_shift", NOW, shift="S2", start="2026-11-20T13:00", end="2026-11-20T16:00", volunteers=["V001"]),
        *(line("tap", f"2026-11-20T{at}", card="04000000000001") for at in ("11:30", "13:08", "15:55")),
    ]
    assert run_kiosk("apply", write_batch(tmp_path / "b.jsonl", *lines), "--home", lived).err == ""
    grace = "grace_minutes_in = 5\ngrace_minutes_out = 5\n"
    found = json.loads(ask(lived, tmp_path / "p.toml", grace, "--format", "json")[1])
    (row,) = found["rows"]
    (duty,) = row["duties"]
    minutes = {"late_minutes_before": 0, "late_minutes_after": 8, "early_minutes_before": 5, "early_minutes_after": 0}
    assert duty == {"shift": "S2", "date": "2026-11-20", "before": "attended", "after": "attended", **minutes}
    counts = {"outcomes": 0, "late_or_early": 1, "change": 0}
    assert {name: row[name] for name in counts} == {name: found["sum"][name] for name in counts} == counts
    adopted = line("adopt_policy", "2026-11-20T16:30", effective_from="2026-11-01", grace_minutes_in=5)
    assert run_kiosk("apply", write_batch(tmp_path / "p.jsonl", adopted), "--home", lived).err == ""
    duties = json.loads(run_kiosk("duties", "--format", "json", "--home", lived).out)
    assert next(one["late_minutes"] for one in duties if one["shift"] == "S2") == 8


@pytest.mark.parametrize("text", ["weekly_target_minutes = 1", "allowance_min_minutes = 1"])
def test_what_is_not_compared_is_not_said_to_stay_as_it_is(home: Path, tmp_path: Path, text: str) -> None:
    """A parameter of reports and allowances: the sentence names all that was compared, and that nothing else was."""
    said = ask(home, tmp_path / "p.toml", text)[1]
    words = ("minutes", "outcomes", "late or early", "cases", "awards", "other figures are not compared")
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("text", ["grace_minutes_in = 15", "missing_checkout_credit = 'none'"])
def test_nothing_would_change(home: Path, tmp_path: Path, text: str) -> None:
    assert ask(home, tmp_path / "p.toml", text)[:2] == (0, NOTHING)


def test_a_policy_of_later_changes_nothing_of_today(home: Path, tmp_path: Path) -> None:
    asked = ask(home, tmp_path / "p.toml", CREDITED, since="2026-11-20")
    assert asked[:2] == (0, NOTHING)


def test_a_policy_from_before_the_first_event_is_one_for_all_days(home: Path, tmp_path: Path) -> None:
    first, before = (ask(home, tmp_path / "p", CREDITED, since=since)[1] for since in ("2026-11-01", "1999-01-01"))
    assert before == first


def test_a_policy_laid_over_the_live_days_comes_to_what_its_line_comes_to(home: Path, tmp_path: Path) -> None:
    laid_over = json.loads(ask(home, tmp_path / "p.toml", CREDITED, "--format", "json")[1])
    policy = {"effective_from": "2026-11-01", "missing_checkout_credit": "shift_end", "require_training": False}
    carried_out = try_lines(home, tmp_path, line("adopt_policy", NOW, **policy))
    assert (carried_out["rows"], carried_out["sum"]) == (laid_over["rows"], laid_over["sum"])


def test_a_policy_that_also_moves_the_end_of_the_day_is_foreseen_on_a_copy(home: Path, tmp_path: Path) -> None:
    """Every tap is filed anew by it; no tap of hers lies between the two ends."""
    first, moved = (
        json.loads(ask(home, tmp_path / "p.toml", text, "--format", "json")[1])
        for text in (CREDITED, f"{CREDITED}day_ends_at = '05:00'\n")
    )
    assert moved["rows"] == first["rows"] != []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# grace\ngrace_minutes_im = 15", "p.toml:2: no policy parameter is called grace_minutes_im"),
        ("cap_to_shift = true\ngrace_minutes_in = 'x'", "p.toml:2: "),
        ("grace_minutes_in = ", "p.toml"),
        ("# nothing", "names no parameter"),
    ],
    ids=["a typo", "a text for a number", "no TOML", "nothing"],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(
    home: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    status, out, err = ask(home, tmp_path / "p.toml", text)
    assert (status, out) == (2, "")
    assert sentence in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("grace_minutes_in = '15'", "必須是整數，不是文字"),
        ("grace_minutes_in = -1", "必須大於或等於 0"),
        ("day_ends_at = '25:00'", "必須是時間，例如 08:00"),
        ("day_ends_at = '04:00:00+08:00'", "必須是時間，例如 08:00"),
        ("missing_checkout_credit = 'all'", "不能是 'all'：可以是 none、shift_end"),
        ("reward_standard = {duties = -1}", "必須大於或等於 0"),
        ("report_windows = ['7-1/7-10']", '必須是報表的送件期間，例如 "01-01/01-10"、"annual:01-01/01-31" 或 "/02-28"'),
    ],
)
def test_why_a_value_cannot_be_used_is_said_in_chinese_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert ask(home, tmp_path / "p.toml", text)[2].endswith(f"不能用這個值：`{text.split(maxsplit=1)[0]}` {said}\n")


# --- Lines of a batch ---


@pytest.mark.parametrize(
    ("tried", "before", "after"),
    [
        (VOIDED, "no_check_out", "absent"),
        (
            line("change_shift", NOW, shift="S1", start="2026-11-19T14:00", end="2026-11-19T17:00"),
            "no_check_out",
            "absent",
        ),
        (line("cancel_shift", NOW, shift="S1", **BY), "no_check_out", "cancelled"),
        (
            line("change_shift", NOW, shift="S1", start="2026-11-25T09:00", end="2026-11-25T12:00"),
            "no_check_out",
            "upcoming",
        ),
    ],
    ids=["a visit voided", "a shift moved within its day", "a shift cancelled", "a shift moved to another day"],
)
def test_a_duty_would_have_another_outcome(home: Path, tmp_path: Path, tried: Line, before: str, after: str) -> None:
    found = try_lines(home, tmp_path, tried)
    (row,) = found["rows"]
    (duty,) = row["duties"]
    assert (row["volunteer"], duty["shift"], duty["before"], duty["after"]) == ("V001", "S1", before, after)
    assert (row["outcomes"], found["sum"]["outcomes"]) == (1, 1)


def test_what_is_foreseen_of_lines_is_what_they_bring(home: Path, tmp_path: Path) -> None:
    """Minutes: a visit that is closed, under a policy that asks for no training."""
    closed = line("close_visit", NOW, volunteer="V001", check_in="2026-11-19T08:58", check_out="2026-11-19T11:30", **BY)
    free = line("adopt_policy", NOW, effective_from="2026-01-01", require_training=False)
    (row,) = try_lines(home, tmp_path, free, closed)["rows"]
    assert (row["minutes_before"], row["minutes_after"], row["change"]) == (0, 150, 150)


def test_families_and_the_team_may_lose_an_award(home: Path, tmp_path: Path) -> None:
    ended = line("end_agreement", NOW, volunteer="V002", on="2026-11-19", reason_code="moved", **BY)
    found = try_lines(home, tmp_path, ended)
    lost = [(row["volunteer"], row["family"], row["awards_lost"]) for row in found["rows"] if row["awards_lost"]]
    assert lost == [(None, "王家", ["own-family"]), (None, None, ["own-team"])]
    assert found["sum"]["awards_lost"] == 2
    out = run_kiosk("what-if", "--batch", tmp_path / "tried.jsonl", "--home", home).out
    assert "the team" in out
    assert "family 王家" in out


@pytest.mark.parametrize(
    ("tried", "status", "sentence"),
    [
        (({**VOIDED, "volunteer": "V009"},), 1, "tried:1: there is no volunteer V009"),
        (({**VOIDED, "check_in": "2026-11-19T07:00"},), 1, "tried:1: "),
        ((VOIDED, {**VOIDED, "do": "void_vist"}), 2, "tried:2: there is no command 'void_vist'"),
        ((), 2, "tried: the file is empty"),
    ],
    ids=["nobody", "no such visit", "a typo", "no line"],
)
def test_lines_that_would_be_refused_come_to_nothing(
    home: Path, tmp_path: Path, tried: tuple[Line, ...], status: int, sentence: str
) -> None:
    done = run_kiosk("what-if", "--batch", write_batch(tmp_path / "tried", *tried), "--home", home)
    assert done.status == status
    assert sentence in done.err
    assert NOTHING not in done.out


@pytest.mark.parametrize("options", [(), ("--from", "2026-11-01"), ("--batch", "b", "--from", "2026-11-01")])
def test_one_of_two_is_asked_for(home: Path, options: tuple[str, ...]) -> None:
    done = run_kiosk("what-if", *options, "--home", home)
    assert (done.status, done.out) == (2, "")
    assert "--policy FILE" in done.err


def test_csv_has_the_rows_alone(home: Path, tmp_path: Path) -> None:
    batch = write_batch(tmp_path / "tried", VOIDED)
    head, *rows = run_kiosk("what-if", "--batch", batch, "--format", "csv", "--home", home).out.splitlines()
    assert head.startswith("volunteer,family,minutes_before,minutes_after,change,outcomes,")
    assert [row.partition(",")[0] for row in rows] == ["V001"]


def test_nothing_is_written(home: Path, tmp_path: Path) -> None:
    before = run_kiosk("verify", "--format", "json", "--home", home).out
    files = sorted(path.name for path in home.iterdir())
    ask(home, tmp_path / "p.toml", CREDITED)
    try_lines(home, tmp_path, VOIDED)
    assert run_kiosk("verify", "--format", "json", "--home", home).out == before
    assert sorted(path.name for path in home.iterdir()) == files


def test_a_policy_that_could_not_be_adopted_is_refused_as_its_line_is(home: Path, tmp_path: Path) -> None:
    """The desk adopts nothing over an event of the unit that it cannot read."""
    unreadable = tmp_path / "home"
    copytree(home, unreadable)
    with Home.open(unreadable) as opened:
        position = insert_undecodable(opened.log, unit_stream(), UNKNOWN_TOPIC)
    by_policy = ask(unreadable, tmp_path / "p.toml", "require_training = false\n")
    line_of_it = line("adopt_policy", NOW, effective_from="2026-11-01", require_training=False)
    batch = write_batch(tmp_path / "tried.jsonl", line_of_it)
    by_line = run_kiosk("what-if", "--batch", batch, "--home", unreadable)
    assert (by_policy[0], by_line.status) == (2, 2)
    sentence = f"no event is called '{UNKNOWN_TOPIC}' at position {position}"
    assert [sentence in error for error in (by_policy[2], by_line.err)] == [True, True]
    assert (by_policy[1], by_line.out) == ("", "")
