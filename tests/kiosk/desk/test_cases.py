"""Exit cases at the desk: seen with their evidence, talked about, decided with what follows, taken back."""

import json
import re
from collections.abc import Generator
from typing import Any
from urllib.parse import urlencode

import pytest

from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

TALK = "談過，<b>先調整</b>到彈性值勤"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann's assessment was too low, and she has a duty to come."""
    folder = tmp_path_factory.mktemp("cases")
    home = fill_home(folder)
    batch = write_batch(
        folder / "cases.jsonl",
        line("record_assessment", "2026-11-19T13:00", volunteer="V001", period_end="2026-11-19", score=50),
        line(
            "schedule_shift",
            "2026-11-19T13:05",
            shift="S9",
            start="2026-11-30T09:00",
            end="2026-11-30T12:00",
            volunteers=["V001"],
        ),
        line("reconcile", "2026-11-20T05:00", date="2026-11-19"),
    )
    assert run_kiosk("apply", batch, "--home", home).err == ""
    with serve(home) as served:
        yield served


def find_case(browser: Browser) -> str:
    """The address of the first case of the list."""
    found = re.search(r"/cases/\d+", browser.get("/cases").text)
    assert found
    return found[0]


def list_rows(site: DeskSite, command: str) -> list[dict[str, Any]]:
    return json.loads(run_kiosk(command, "--format", "json", "--home", site.home).out)


def send(browser: Browser, page: str, path: str, form: str, **fields: str) -> Page:
    return browser.post(path, {"token": browser.get(page).token, "form": form, **fields})


def test_a_case_is_talked_about_decided_and_what_follows_is_done(site: DeskSite) -> None:
    """R-052, R-055, R-056."""
    browser = site.share_browser("unit_head")
    case = find_case(browser)
    page = browser.get(case).text
    assert "考核不及格" in page
    assert ("/audit/day" in page, "/audit/day" in site.share_browser("coordinator").get(case).text) == (False, True)
    assert "空出之後的 1 班" in page
    assert send(browser, case, f"{case}/talk", "t", reason=TALK).status == 303
    assert "談過，&lt;b&gt;先調整&lt;/b&gt;到彈性值勤" in browser.get(case).text
    fields = {"decision": "terminate", "reason": "不再聯絡"}
    page = browser.get(case).text
    follow = [("follow", "duties"), ("follow", "cards"), ("follow", "agreement")]
    hidden = re.findall(r'type="hidden" name="(duty|card|day)" value="([^"]+)"', page)
    body = urlencode([("token", browser.get(case).token), ("form", "d"), *fields.items(), *follow, *hidden])
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for _ in range(2):  # the button was pressed twice
        assert browser.send("POST", f"{case}/decide", body, kind).status == 303
        assert "決定已經登錄。" in browser.get(case).text
    assert "已決定：解除服務" in browser.get(case).text
    state = list_rows(site, "volunteers")[0]
    assert (state["cards"], state["agreement_to"]) == (0, "2026-11-20")
    assert [row["shift"] for row in list_rows(site, "duties")] == ["S1"]
    refused = send(browser, case, f"{case}/decide", "again", **fields)
    assert (refused.status, "沒有待決定的" in refused.text) == (422, True), "another person decided meanwhile"


def test_a_decision_is_taken_back_and_the_case_waits_again(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    send(browser, "/cases", "/cases/report", "r", volunteer="V001", on="115/11/18", reason="x")
    case = find_case(browser)
    assert send(browser, case, f"{case}/decide", "k", decision="keep", reason="誤會").status == 303
    event = re.search(r'name="event" value="(\d+)"', browser.get(case).text)
    assert event
    assert send(browser, case, f"{case}/retract", "u", event=event[1], reason="再查").status == 303
    assert "等您決定" in browser.get(case).text


@pytest.mark.parametrize(
    "fields",
    [
        {"volunteer": "V404", "on": "2026-11-18", "reason": "x"},
        {"volunteer": "V001", "on": "2026-02-30", "reason": "x"},
        {"volunteer": "", "on": "", "reason": ""},
        {"volunteer": "V001", "on": "2026-11-18", "reason": "長" * 2001},
    ],
)
def test_a_report_that_cannot_be_made_is_shown_again_with_what_was_typed(
    site: DeskSite, fields: dict[str, str]
) -> None:
    page = send(site.share_browser("coordinator"), "/cases", "/cases/report", str(len(fields["reason"])), **fields)
    assert page.status == 422
    assert f'value="{fields["volunteer"]}"' in page.text


@pytest.mark.parametrize("address", ["/cases/1", "/cases/99999999999999999999", "/cases/x", "/cases/0"])
def test_there_is_no_other_case(site: DeskSite, address: str) -> None:
    assert site.share_browser("coordinator").get(address).status == 404


def test_the_reasons_are_in_the_people_store_and_not_in_the_log(site: DeskSite) -> None:
    with Home.open(site.home) as home:
        states = b"".join(row[-1] for row in home.log.read_rows(limit=10_000))
    assert TALK.encode() not in states
