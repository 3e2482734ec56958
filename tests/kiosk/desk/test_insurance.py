"""Insurance for many at the desk: chosen, looked at, saved for all of them or for none (R-071, R-072)."""

import re
from collections.abc import Generator
from datetime import date

import pytest

from kiosk.home import Home
from projections.read_models.insurance import load_covers
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

YEAR = {"from": "115/1/1", "to": "2026-12-31", "policy": "<b>甲保險</b> 123"}
PATH = "/people/insurance"


def enrol(number: str, **said: str) -> dict[str, object]:
    at = "2026-01-02T08:00"
    fields = {"volunteer": number, "name": f"王{number}", "mode": "rostered", "agreement_from": "2026-01-01", **said}
    return line("enrol_volunteer", at, **fields)


LINES = (
    enrol("V201", birth_date="1950-01-01"),
    enrol("V202", birth_date="1940-01-01"),
    enrol("V203"),
    *(
        line("register_record_book", "2026-01-03T08:00", volunteer=one, number=f"110-{one}")
        for one in ("V201", "V202", "V203")
    ),
    enrol("V204", birth_date="1950-01-01"),
    line("enrol_insurance", "2026-01-04T08:00", volunteers=["V204"], to="2026-12-31", **{"from": "2026-01-01"}),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Four of the year, one of them insured; one is 86, of one the date of birth is not known; Ann has no book."""
    folder = tmp_path_factory.mktemp("insurance")
    home = fill_home(folder)
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", home, "--keep-going").err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, path: str, **fields: str) -> Page:
    token = browser.get(PATH).token
    return browser.post(f"{PATH}/{path}", {"token": token, "form": "f", "whom": "uninsured", **YEAR, **fields})


def list_chosen(page: Page) -> list[str]:
    return re.findall(r'name="volunteer" value="(\w+)" checked', page.text)


def count_covered(site: DeskSite, until: date | None = date(2026, 12, 31)) -> int:
    with Home.open(site.home) as home:
        home.views.catch_up()
        last = until and until.toordinal()
        return sum(any(cover.until == last for cover in covers) for covers in load_covers(home.views).values())


@pytest.mark.parametrize(
    ("whom", "numbers"), [("uninsured", "V001 V201 V202 V203"), ("shared", "V201"), ("all", "V001 V201 V202 V203")]
)
def test_the_list_shows_whom_it_is_about(site: DeskSite, whom: str, numbers: str) -> None:
    """R-072: holders of a book up to 80; for one with exactly this cover nothing is to be done."""
    page = send(site.share_browser("coordinator"), "preview", whom=whom)
    assert (page.status, list_chosen(page)) == (200, numbers.split())
    assert "還沒領紀錄冊" in page.text or whom == "shared"
    assert "超過 80 歲" in page.text or whom == "shared"
    assert ("另有 1 位已經登記過同一段期間" in page.text) == (whom == "all")
    assert count_covered(site) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from": ""}, "這一欄要填"),
        ({"from": "115/2/30"}, "看不懂這個日期"),
        ({"whom": "nobody"}, "請從清單中選一個"),
        ({"policy": "x" * 5_000}, "最多 128 個字"),
        ({"from": "2026-06-01", "to": "2026-05-31"}, "message alarm"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(site: DeskSite, fields: dict[str, str], said: str) -> None:
    page = send(site.share_browser("coordinator"), "preview", **fields)
    assert (page.status, said in page.text, list_chosen(page)) == (422, True, [])
    assert "&lt;b&gt;甲保險&lt;/b&gt; 123" in page.text or "policy" in fields


def test_all_are_saved_or_none_and_once_more_changes_nothing(site: DeskSite) -> None:
    """R-071."""
    browser = site.share_browser("coordinator")
    token = browser.get(PATH).token

    def save(form: str, *numbers: str) -> Page:
        fields = [("token", token), ("form", form), ("whom", "uninsured"), *YEAR.items()]
        return browser.post_pairs(f"{PATH}/save", [*fields, *(("volunteer", one) for one in numbers)])

    assert (save("one", "V201", "V999").status, count_covered(site)) == (422, 1)
    assert (save("two").status, count_covered(site)) == (422, 1)
    assert (save("three", "V201", "V202").status, count_covered(site)) == (303, 3)
    assert "已登記 2 位志工的保險" in browser.get("/people").text
    for again in ("three", "four"):
        assert (save(again, "V201", "V202").status, count_covered(site)) == (303, 3)
        assert "沒有更動" in browser.get("/people").text
    assert list_chosen(send(browser, "preview")) == ["V001", "V203"]
