"""The ministry's file at the desk: what lacks, each with its sentence, and the file in 15 or 17 columns (R-030)."""

import io
from collections.abc import Generator
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kiosk.home import Home
from projections.read_models.name_accesses import list_name_accesses
from tests.kiosk.desk.conftest import PASSWORD, Browser, DeskSite, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

PATH = "/month/ministry"


def enrol(number: str, **said: str) -> list[dict[str, Any]]:
    at = "2026-11-01T08:00"
    trained = ({"kind": "basic"}, {"kind": "special", "category": "戶政"})
    return [
        line("enrol_volunteer", at, volunteer=number, name=f"{number} 王", mode="rostered", agreement_from="2026-01-01")
        | said,
        *(line("complete_training", at, volunteer=number, on="2026-01-10", **one) for one in trained),
    ]


def serve_shift(number: str, shift: str, **work: str) -> list[dict[str, Any]]:
    span = {"start": "2026-11-10T09:00", "end": "2026-11-10T12:00"}
    visit = {"check_in": span["start"], "check_out": span["end"], "reason": "on paper", "by": "registrar"}
    return [
        line("schedule_shift", "2026-11-01T08:30", shift=shift, volunteers=[number], **span, **work),
        line("add_visit", "2026-11-11T09:00", volunteer=number, **visit),
    ]


CODED = {"item": "0130", "content": "0028"}
LINES = (
    *enrol("V101", national_id="A123456789"),
    *enrol("V102"),
    *serve_shift("V101", "S101", **CODED),
    *serve_shift("V102", "S102", **CODED),
    *enrol("V103", national_id="B234567894"),
    *serve_shift("V103", "S103", item="<b>茶</b>", content="0028"),
    line("schedule_event", "2026-12-01T08:00", event="E9", start="2027-01-01T09:00", end="2027-01-01T10:00"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Three served on the 10th: one can be written, one has no national ID, of one the item is in no table."""
    folder = tmp_path_factory.mktemp("ministry")
    home = fill_home(folder)
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", home).err == ""
    with serve(home) as served:
        yield served


def read(browser: Browser, month: str = "2026-11") -> str:
    page = browser.get(f"{PATH}?month={month}", **{"Accept-Language": "en"})
    assert page.status == 200
    return page.text


def make(browser: Browser, **fields: str) -> tuple[int, bytes]:
    token = browser.get(f"{PATH}?month=2026-11").token
    form = {"token": token, "form": "f", "month": "2026-11", "columns": "15", "password_own": PASSWORD, **fields}
    return browser.post_bytes(PATH, form)


@pytest.fixture(scope="module")
def closed(site: DeskSite) -> Browser:
    """The browser of the registrar, who has closed November."""
    browser = site.share_browser("registrar")
    assert "not closed yet" in read(browser)
    page = browser.get("/month?month=2026-11")
    assert browser.post("/month/close", {"token": page.token, "form": "close", "month": "2026-11"}).status == 303
    return browser


def test_each_thing_that_lacks_has_its_sentence(site: DeskSite, closed: Browser) -> None:
    """R-030, R-014; names are masked, and no national ID is shown."""
    text = read(closed)
    assert "The code table has no item “&lt;b&gt;茶&lt;/b&gt;”" in text
    assert "There is no national ID: add it." in text
    assert "Rows of the file (1)" in text
    assert "3 h 0 min" in "".join(text.split("\n"))
    assert "A123456789" not in text
    assert "/people/person" not in text  # a registrar may not open it
    of_coordinator = read(site.share_browser("coordinator"))
    assert "/people/person?volunteer=V102" in of_coordinator
    assert ("/plan/duty-work?month=2026-11" in of_coordinator, "/plan/duty-work" in text) == (True, False)
    assert "沒有身分證字號" in closed.get(f"{PATH}?month=2026-11").text


def test_the_file_has_15_or_17_columns_once_what_lacks_is_left_out(site: DeskSite, closed: Browser) -> None:
    """R-030; who made it and whose data are in it is recorded (R-120)."""
    status, content = make(closed)
    assert (status, "勾選" in content.decode()) == (422, True)
    status, content = make(closed, leave_out="yes", password_own="wrong")
    assert (status, 'name="leave_out" value="yes" checked' in content.decode()) == (422, True)
    assert make(closed, leave_out="yes", columns="16")[0] == 422
    for columns in (15, 17):
        status, content = make(closed, leave_out="yes", columns=str(columns))
        assert status == 200
        head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert len(head) == columns
        assert [row[1:8] for row in rows] == [["A123456789", "1151101", "1151130", "0130", "0028", 3, 0]]
    with Home.open(site.home) as home:
        home.views.catch_up()
        assert len(list_name_accesses(home.views)) == 2


def test_a_code_table_that_is_not_understood_is_named(site: DeskSite, closed: Browser) -> None:
    table = site.home / "codes.toml"
    table.write_text("[items\n", encoding="utf-8")
    try:
        text = read(closed)
        assert make(closed)[0] == 422
    finally:
        table.unlink()
    assert "codes.toml" in text
    assert 'name="columns"' not in text


def test_a_month_that_is_none_or_not_over_has_no_file(closed: Browser) -> None:
    assert closed.get(f"{PATH}?month=2026-13").status == 404
    text = read(closed, "2027-01")
    assert ("not over" in text, 'name="columns"' in text) == (True, False)
    page = closed.get(f"{PATH}?month=2026-11")
    late = {"token": page.token, "form": "l", "month": "2027-01", "columns": "15", "password_own": PASSWORD}
    assert closed.post(PATH, late).status == 422
