"""Forms of the desk: read within limits, kept over a login, and carried out once."""

from collections.abc import Callable

import pytest

from kiosk.desk.forms import MOST_FIELDS, Form, parse_fields
from kiosk.desk.home_access import HomeCommands, narrow_command
from kiosk.desk.login_pages import clean_path
from kiosk.desk.meetings.fields import read_new_session
from kiosk.desk.people.fields import Field, Kind, read_entry
from kiosk.home import Home
from tests.kiosk.desk.conftest import fill_home


def widen(text: str) -> str:
    """As an input method for Chinese types it in full-width mode."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


TRAINING = {"do": "complete_training", "volunteer": "V001", "kind": "basic", "on": "2024-03-01"}


def test_what_was_typed_survives_a_login_and_a_password_does_not() -> None:
    form = Form((("name", "王小明 & <b>"), ("days", "1"), ("days", "2"), ("token", "t"), ("password", "p")))
    kept = parse_fields(form.encode())
    assert kept.fields == (("name", "王小明 & <b>"), ("days", "1"), ("days", "2"))


def test_a_form_has_so_many_fields_and_no_more() -> None:
    assert len(parse_fields("&".join(["a=1"] * MOST_FIELDS)).fields) == MOST_FIELDS
    with pytest.raises(ValueError, match="exceeded"):
        parse_fields("&".join(["a=1"] * (MOST_FIELDS + 1)))


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        ("/people", "/people"),
        ("/people?q=1", "/people?q=1"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_a_path_that_a_browser_sent_leads_nowhere_else(path: str, clean: str) -> None:
    assert clean_path(path) == clean


def test_a_form_that_is_sent_twice_is_carried_out_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Home.open(fill_home(tmp_path_factory.mktemp("twice"))) as home:
        commands = HomeCommands(home)
        first, second = (commands.run([TRAINING], "coordinator", "form 1") for _ in range(2))
        assert [result.status for result in first + second] == [0, 0]
        assert (first[0].is_repeated, second[0].is_repeated) == (False, True)


def test_a_check_changes_nothing_and_says_why_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Home.open(fill_home(tmp_path_factory.mktemp("check"))) as home:
        before = home.log.head()
        (wrong,) = HomeCommands(home).check([{**TRAINING, "volunteer": "V404"}], "coordinator")
        assert (wrong.status, wrong.sentence) == (
            1,
            "there is no volunteer V404: check the number, or use enrol_volunteer first",
        )
        assert home.log.head() == before


# --- What an input method for Chinese types ---

WIDE = {"do": "complete_training", "volunteer": "Ｖ００１", "kind": "basic", "on": "２０２４－０３－０１"}


def test_fields_of_a_fixed_form_may_be_typed_in_wide_letters(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Home.open(fill_home(tmp_path_factory.mktemp("wide"))) as home:
        assert [result.status for result in HomeCommands(home).run([WIDE], "coordinator", "form 1")] == [0]


def test_a_free_text_stays_as_it_was_typed(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Home.open(fill_home(tmp_path_factory.mktemp("free"))) as home:
        typed = {"do": "close_month", "month": "２０２４－０３", "reason": "Ｃ１２ 停電"}
        assert narrow_command(typed, home.people) == {**typed, "month": "2024-03"}


def test_a_command_that_comes_as_json_is_exact(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Home.open(fill_home(tmp_path_factory.mktemp("exact"))) as home:
        commands = HomeCommands(home)
        for field in ("volunteer", "on"):
            (result,) = commands.run_exact([{**TRAINING, field: WIDE[field]}], "hr-system", field)
            assert result.status


@pytest.mark.parametrize("width", [str, widen])
def test_a_form_reads_days_times_and_hours_of_any_width(width: Callable[[str], str]) -> None:
    typed = {"day": "2026-11-29", "start": "9:30", "end": "12:00", "hours": "2.5", "training": "basic"}
    fields = {name: width(text) if name != "training" else text for name, text in typed.items()}
    read = read_new_session(Form((*fields.items(), ("session_kind", "training"), ("session_title", "Ａ１ 課"))))
    assert (dict(read.faults), read.day) == ({}, "2026-11-29")
    wanted = {"start": "2026-11-29T09:30", "end": "2026-11-29T12:00", "hours": 2.5, "title": "Ａ１ 課"}
    assert {name: read.command[name] for name in wanted} == wanted


def test_a_form_about_people_keeps_names_and_narrows_numbers() -> None:
    typed = {
        "number": "Ａ００１",
        "name": "Ａｎｎ",
        "hours": "１．５",
        "count": "１２",
        "national_id": "Ａ１２３４５６７８９",
    }
    kinds: tuple[Kind, ...] = ("number", "name", "hours", "count", "national_id")
    entry = read_entry(Form(tuple(typed.items())), [Field(kind, kind) for kind in kinds])
    wanted = {"number": "A001", "name": "Ａｎｎ", "hours": 1.5, "count": 12, "national_id": "A123456789"}
    assert entry.values == wanted


def test_a_raised_digit_is_no_digit() -> None:
    assert read_entry(Form((("count", "1²"),)), [Field("count", "count")]).faults == {"count": "count"}
