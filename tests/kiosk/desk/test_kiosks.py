"""The page of the kiosks at the desk: what is known of each, what an alarm asks for, and the code for another one."""

import re
from collections.abc import Generator
from typing import get_args

import pytest

from domain.act import Act
from domain.ids import SYSTEM
from domain.model.kiosk_register import Alarm, AlarmKind, KioskRegister
from domain.use_cases.source_intake import SourceIntake
from kiosk.home import Home
from kiosk.words.desk.kiosks import KIOSKS
from projections.read_models.month_statements import list_month_statements
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.source_doors import SourceDoor

PATH = "/unit/kiosks"
NASTY = "<b>後門</b>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Kiosks that joined: one for each kind of alarm, one that sends, one with a name that is markup."""
    home = fill_home(tmp_path_factory.mktemp("kiosks"))
    with Home.open(home) as opened:
        now = opened.clock.now()
        intake, act = SourceIntake(opened.log, opened.clock), Act(now, SYSTEM, now)
        doors = {name: SourceDoor(name) for name in (*get_args(AlarmKind), "good", NASTY)}
        for door in doors.values():
            intake.join(door.kiosk, door.log_id, door.key.public, (), act)
        doors["good"].tap(2)
        intake.take(doors["good"].build_batch())
        intake.take(doors["good"].build_beat())
        register = opened.log.catch_up(KioskRegister.of_home())
        for kind in get_args(AlarmKind):
            register.raise_alarm(doors[kind].log_id, Alarm(kind, 3, 1), act)
        opened.log.append(register)
    with serve(home) as served:
        yield served


def send(browser: Browser, what: str, **fields: str) -> Page:
    return browser.post(f"{PATH}/{what}", {"token": browser.get(PATH).token, "form": repr(fields), **fields})


def list_sources(site: DeskSite) -> KioskRegister:
    with Home.open(site.home) as home:
        return SourceIntake(home.log, home.clock).load_register()


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_each_alarm_says_what_it_means_and_what_to_do(site: DeskSite, language: str) -> None:
    text = site.share_browser("coordinator").get(PATH, **{"Accept-Language": language}).text
    words = KIOSKS["en" if language == "en" else "zh-TW"]
    for kind in get_args(AlarmKind):
        assert words.alarms[kind] in text
        assert words.remedies[kind] in text
    assert NASTY not in text
    assert "&lt;b&gt;" in text


def test_what_waits_for_a_person_stands_first(site: DeskSite) -> None:
    headings = re.findall(r"<article>\s*<h2>(\w+)", site.share_browser("coordinator").get(PATH).text)
    assert headings == [*get_args(AlarmKind), "good"]


def test_an_alarm_is_settled_and_a_kiosk_revoked_with_a_reason(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    unsaid = send(browser, "settle", kiosk="forked", reason=" ")
    assert (unsaid.status, "message alarm" in unsaid.text) == (422, True)
    assert send(browser, "settle", kiosk="forked", reason="<b>cured</b>").status == 303
    assert send(browser, "settle", kiosk="forked", reason="again").status == 422
    assert send(browser, "revoke", kiosk="clone", reason="stolen").status == 303
    sources = list_sources(site)
    assert sources.find_by_name("forked").alarm is None
    assert sources.find_by_name("clone").is_revoked
    assert "已停用" in browser.get(PATH).text


@pytest.mark.parametrize("what", ["settle", "revoke"])
def test_a_kiosk_that_there_is_not_is_not_found(site: DeskSite, what: str) -> None:
    assert send(site.share_browser("coordinator"), what, kiosk="\u202eno", reason="x").status == 404


def test_a_code_for_another_kiosk_is_shown_once(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    shown = send(browser, "add", name="二樓")
    assert shown.status == 200
    (code,) = re.findall(r'<p class="join-code">(\d{4} \d{4})</p>', shown.text)
    assert code not in browser.get(PATH).text


@pytest.mark.parametrize("name", ["", "   ", "長" * 61, "good", "x" * 5_000])
def test_a_name_that_cannot_be_given_is_said_beside_its_field(site: DeskSite, name: str) -> None:
    refused = send(site.share_browser("coordinator"), "add", name=name)
    assert refused.status == 422
    assert 'aria-invalid="true"' in refused.text


# --- A day and a month for which records are still to come -----------------------------------


def test_today_and_the_month_say_what_is_provisional_and_closing_asks(site: DeskSite) -> None:
    """The kiosks joined yesterday, and none has said since that it sent everything."""
    batch = write_batch(site.home.parent / "later.jsonl", line("reconcile", "2026-12-02T04:30", date="2026-12-01"))
    assert run_kiosk("apply", batch, "--home", site.home).err == ""
    browser = site.share_browser("coordinator")
    assert "昨天的紀錄是暫定的" in browser.get("/").text
    assert "這個月是暫定的" in browser.get("/month?month=2026-11").text
    token = browser.get("/month?month=2026-11").token
    fields = {"token": token, "form": "close", "month": "2026-11"}
    asked = browser.post("/month/close", fields)
    assert (asked.status, "還有簽到機沒有傳完" in asked.text) == (422, True)
    assert browser.post("/month/close", {**fields, "form": "close it", "despite": "yes"}).status == 303
    with Home.open(site.home) as home:
        home.views.catch_up()
        (statement,) = list_month_statements(home.views)
    assert statement.pending["missing_kiosk"] >= 2
