"""Forms of the desk: read within limits, kept over a login, and carried out once."""

import pytest

from kiosk.desk.forms import MOST_FIELDS, Form, parse_fields
from kiosk.desk.home_access import HomeCommands
from kiosk.desk.login_pages import clean_path
from kiosk.home import Home
from tests.kiosk.desk.conftest import fill_home

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
