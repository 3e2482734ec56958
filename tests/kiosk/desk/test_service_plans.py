"""Service plans and leaders at the desk: filed, changed and ended, elected and withdrawn (R-001, R-111, R-046)."""

import re
from collections.abc import Generator
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.model.leader_terms import LeaderTerms
from domain.model.service_plans import ServicePlans
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

PLANS, LEADERS = "/unit/plans", "/unit/leaders"
PLAN = {
    "act": "file",
    "plan": "中市民<b>115</b>",
    "shown": "",
    "authority": "臺中市政府民政局",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
}
REPORT = {"since": "2025-01-01", "until": "2025-12-31", "on": "2026-02-10", "reported_to": "臺中市政府民政局"}
ELECTION = {"role": "leader", "volunteer": "V001", "since": "2026-03-01"}
UNSERVED = "x" * 5_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """It is the 19th of November 2026; Ann was the deputy for two terms, from 2022 on."""
    folder = tmp_path_factory.mktemp("plans")
    home = fill_home(folder)
    lines = [
        line("elect_leader", f"{year}-11-01T09:00", volunteer="V001", role="deputy", from_=f"{year}-11-01", by="lin")
        for year in (2022, 2024)
    ]
    drill = line("record_drill", "2026-11-19T12:00", accounted=["V001"], by="lin")
    ben = line("enrol_volunteer", "2026-11-19T08:30", volunteer="V002", mode="rostered", agreement_from="2026-01-01")
    assert run_kiosk("apply", write_batch(folder / "x.jsonl", *lines, ben, drill), "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, path: str, form: str, fields: dict[str, str]) -> Page:
    page = PLANS if path.startswith(PLANS) else LEADERS
    return browser.post(path, {"token": browser.get(page).token, "form": form, **fields})


def build_id(path: str, fields: dict[str, str]) -> str:
    return str(uuid5(NAMESPACE_URL, f"{path} {fields}"))


def count_events(
    site: DeskSite,
    kind: type[ServicePlans.Filed | ServicePlans.Terminated | LeaderTerms.Withdrawn | LeaderTerms.TermEnded],
) -> int:
    with Home.open_to_read(site.home) as home:
        return sum(isinstance(entry.event, kind) for entry in home.log.read_entries())


def read_alert(page: Page) -> str:
    return "".join(re.findall(r'role="alert">([^<]*)', page.text))


def test_a_plan_is_filed_once_changed_and_ended(site: DeskSite) -> None:
    """R-001, R-111: what was filed under an id before stays in the log."""
    browser = site.share_browser("coordinator")
    assert "還沒有登錄計畫" in browser.get(PLANS).text
    for _ in range(2):  # the button was pressed twice
        assert send(browser, f"{PLANS}/file", "once", PLAN).status == 303
    assert count_events(site, ServicePlans.Filed) == 1
    page = browser.get(PLANS).text
    assert "計畫 中市民&lt;b&gt;115&lt;/b&gt; 目前有效。" in page
    assert "<b>115" not in page
    change = browser.get("/unit/plans?plan=%E4%B8%AD%E5%B8%82%E6%B0%91%3Cb%3E115%3C%2Fb%3E").text
    shown = re.search(r'name="shown" value="([^"]*)"', change)
    assert shown
    changed = PLAN | {"shown": shown[1], "valid_to": "2027-12-31"}
    assert send(browser, f"{PLANS}/file", "change", changed).status == 303
    told = send(browser, f"{PLANS}/file", "late", PLAN | {"shown": shown[1], "valid_to": "2028-12-31"})
    assert (told.status, "2026-01-01 至 2027-12-31" in told.text) == (422, True)
    end = {"act": "end", "ended": PLAN["plan"], "ended_on": "2026-11-01", "reason": "府民字第 1 號"}
    assert send(browser, f"{PLANS}/end", "end", end).status == 303
    assert "已終止，請另外備案" in browser.get(PLANS).text
    again = send(browser, f"{PLANS}/end", "again", end)
    assert (again.status, "2026-11-01 終止" in read_alert(again)) == (422, True)
    assert count_events(site, ServicePlans.Terminated) == 1


def test_results_that_were_handed_in_are_listed(site: DeskSite) -> None:
    """R-111."""
    browser = site.share_browser("coordinator")
    assert send(browser, f"{PLANS}/report", "r", REPORT).status == 303
    assert "2025-01-01 至 2025-12-31</td>" in browser.get(PLANS).text
    early = send(browser, f"{PLANS}/report", "early", REPORT | {"act": "report", "on": "2025-12-31"})
    assert (early.status, "2025-12-31" in read_alert(early)) == (422, True)


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/file", PLAN | {"plan": "P2", "valid_from": "2026-02-30"}, "沒有這一天"),
        ("/file", PLAN | {"plan": "P2", "valid_to": "2025-12-31"}, "結束日不能早於開始日"),
        ("/file", PLAN | {"plan": "  "}, "請填這一欄"),
        ("/file", PLAN | {"plan": UNSERVED}, 'role="alert"'),
        ("/file", PLAN | {"plan": "a\u202eb"}, 'role="alert"'),
        ("/file", PLAN | {"plan": "P2", "authority": "\x1b[2J"}, 'role="alert"'),
        ("/file", {}, "請填這一欄"),
        ("/report", REPORT | {"until": "明年"}, "沒有這一天"),
        ("/report", {}, "請填這一欄"),
        ("/end", {"ended": "P9", "ended_on": "2026-11-01", "reason": "x"}, "沒有計畫 P9"),
        ("/end", {"act": "end"}, "請填這一欄"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_filed(
    site: DeskSite, path: str, fields: dict[str, str], said: str
) -> None:
    before = count_events(site, ServicePlans.Filed)
    refused = send(site.share_browser("coordinator"), PLANS + path, build_id(path, fields), fields)
    assert (refused.status, said in refused.text) == (422, True)
    assert count_events(site, ServicePlans.Filed) == before


def test_a_plan_that_is_not_there_is_not_found(site: DeskSite) -> None:
    assert site.share_browser("coordinator").get("/unit/plans?plan=%00").status == 404


# --- Leaders ---


def test_a_term_too_many_is_marked_and_a_wrong_election_taken_back(site: DeskSite) -> None:
    """R-046: a third term in a row is a warning, and no refusal."""
    browser = site.share_browser("coordinator")
    assert "副隊長的任期已於 2026-10-31 結束" in browser.get(LEADERS).text
    third = {"role": "deputy", "volunteer": "V001", "since": "2026-11-01"}
    for _ in range(2):
        assert send(browser, f"{LEADERS}/elect", "third", third).status == 303
    page = browser.get(LEADERS).text
    assert "是連續第 3 任，超過規定的 2 任" in page
    assert "2024-11-01 至 2026-10-31" in page
    back = {"act": "withdraw", "term": "deputy 2026-11-01", "reason": "登錄錯誤"}
    assert send(browser, f"{LEADERS}/withdraw", "back", back).status == 303
    again = send(browser, f"{LEADERS}/withdraw", "back again", back)
    assert (again.status, "2026-11-01" in read_alert(again)) == (422, True)
    assert "是連續第 3 任" not in browser.get(LEADERS).text
    assert count_events(site, LeaderTerms.Withdrawn) == 1


def test_of_two_who_enter_an_election_the_second_is_told(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    assert send(browser, f"{LEADERS}/elect", "e1", ELECTION).status == 303
    second = send(browser, f"{LEADERS}/elect", "e2", ELECTION | {"volunteer": "V002"})
    assert (second.status, "這一天起的任期已經登錄為 V001" in second.text) == (422, True)


def test_a_leader_steps_down_before_anybody_is_elected(site: DeskSite) -> None:
    """R-046: the office is vacant from then on; the day can be mended."""
    browser = site.share_browser("coordinator")
    election = ELECTION | {"since": "2026-10-01"}
    assert send(browser, f"{LEADERS}/elect", "before", election).status == 303
    end = {"act": "end", "ended": "leader 2026-10-01", "on": "2026-10-31", "reason": "搬家"}
    for _ in range(2):
        assert send(browser, f"{LEADERS}/end", "step down", end).status == 303
    assert send(browser, f"{LEADERS}/end", "mend", end | {"on": "2026-11-15"}).status == 303
    assert count_events(site, LeaderTerms.TermEnded) == 2
    page = browser.get(LEADERS).text
    assert "2026-10-01 至 2026-11-15</td>" in page
    assert "已卸任 <small>提前卸任</small>" in page
    assert "隊長的任期已於 2026-11-15 結束，請登錄改選的結果" in page
    for on, status in (("2026-09-30", 422), ("2028-10-01", 422), ("2028-09-30", 303)):
        answer = send(browser, f"{LEADERS}/end", f"bound {on}", end | {"on": on})
        assert (answer.status, "2026-10-01 至 2028-09-30。" in answer.text) == (status, status == 422)


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/end", {"act": "end", "ended": "leader soon", "on": "2026-10-31", "reason": "x"}, 'role="alert"'),
        ("/end", {"act": "end", "ended": "leader 2019-01-01", "on": "2026-10-31", "reason": "x"}, 'role="alert"'),
        ("/end", {"act": "end", "ended": "leader 2026-10-01", "on": "2026-02-30", "reason": "x"}, "沒有這一天"),
        ("/end", {"act": "end"}, "請填這一欄"),
        ("/elect", ELECTION | {"volunteer": "V999"}, "找不到「V999」"),
        ("/elect", ELECTION | {"volunteer": "V00"}, "不只一位"),
        ("/elect", ELECTION | {"since": "2026-02-30"}, "沒有這一天"),
        ("/elect", ELECTION | {"role": "king", "since": "2026-04-01"}, 'role="alert"'),
        ("/elect", {}, "請填這一欄"),
        ("/withdraw", {"term": "leader soon", "reason": "x"}, 'role="alert"'),
        ("/withdraw", {"term": "leader 2020-01-01", "reason": ""}, "請填這一欄"),
    ],
)
def test_what_is_wrong_with_an_election_is_said(site: DeskSite, path: str, fields: dict[str, str], said: str) -> None:
    browser = site.share_browser("coordinator")
    assert send(browser, f"{LEADERS}/elect", "e1", ELECTION).status == 303  # there is a term that can be ended
    refused = send(browser, LEADERS + path, build_id(path, fields), fields)
    assert (refused.status, said in refused.text) == (422, True)
