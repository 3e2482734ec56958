"""New duties at the desk: from a pattern, one alone, and a week that is copied."""

import html
import re

import pytest

from kiosk.words.desk.plan_zh_tw import PLAN
from tests.kiosk.desk.conftest import Browser, DeskSite, Page
from tests.kiosk.desk.plan.conftest import POST, act, read_text, schedule, send
from tests.support.kiosk_program import line, run_kiosk, write_batch

PATTERN = {
    "first": "2027-01-01",
    "last": "2027-01-31",
    "start_morning": "09:00",
    "end_morning": "12:00",
    "start_afternoon": "14:00",
    "end_afternoon": "17:00",
    "posts": f"{POST}\n引導",
    "turns": "V002 陳〇文\nV003",
    "a_duty": "1",
    "every_weeks": "1",
}


def preview(browser: Browser, *boxes: tuple[str, str], **changes: str) -> Page:
    fields = {"token": browser.get("/plan/new").token, **PATTERN, **changes}
    return send(browser, "/plan/preview", *fields.items(), *boxes)


def find_lines(page: Page, *, only_ticked: bool = False) -> list[str]:
    lines = re.findall(r'name="line" value="([^"]*)"( checked)?', page.text)
    return [html.unescape(value) for value, ticked in lines if ticked or not only_ticked]


WEDNESDAY, MORNING, AFTERNOON = ("weekday", "3"), ("half_day", "morning"), ("half_day", "afternoon")


def test_a_form_suggests_the_next_month_the_usual_posts_and_whose_turn_it_is(coordinator: Browser) -> None:
    text = html.unescape(coordinator.get("/plan/new").text)
    assert 'name="first" type="date" value="2026-12-01"' in text
    assert 'name="last" type="date" value="2026-12-31"' in text
    assert "引導</textarea>" in text
    assert {"V001", "V002", "V003"} <= set(re.findall("V00[0-9]", text))


def test_a_pattern_is_shown_before_it_is_saved_and_saved_once(coordinator: Browser) -> None:
    shown = preview(coordinator, WEDNESDAY, MORNING, AFTERNOON)
    lines = find_lines(shown, only_ticked=True)
    assert len(lines) == 4 * 2 * 2
    assert lines[0] == f'["270106-AM-{POST}","2027-01-06T09:00","2027-01-06T12:00","{POST}",["V002"]]'
    form = "a month"
    part = schedule(coordinator, *lines[:5], form=form)
    whole = [schedule(coordinator, *lines, form=form) for _ in range(2)]
    assert [page.status for page in (part, *whole)] == [303, 303, 303]
    page = coordinator.get(whole[0].headers["Location"])
    assert PLAN.saved.format(count=16) in read_text(page)
    month = coordinator.get("/plan/month?day=2027-01-01").text
    assert len(set(re.findall(r"/plan/duty/2701[^\"]+", month))) == 16
    assert find_lines(preview(coordinator, WEDNESDAY, MORNING), only_ticked=True) == []


def test_a_preview_says_of_which_years_there_is_no_office_calendar(coordinator: Browser, site: DeskSite) -> None:
    """R-048: of such a year no holiday is known."""

    def find_said() -> str:
        shown = read_text(preview(coordinator, WEDNESDAY, MORNING, first="2026-12-21", last="2027-01-10"))
        found = re.search(re.escape(PLAN.no_calendar).replace(r"\{years\}", r"(\S+?)"), shown)
        return found[1] if found else ""

    assert find_said() == PLAN.separator.join(["2026", "2027"])
    batch = write_batch(site.home.parent / "calendar.jsonl", line("import_calendar", "2026-11-01T12:30", year=2026))
    assert run_kiosk("apply", batch, "--home", site.home).err == ""
    assert find_said() == "2027"


def test_every_other_week_and_several_volunteers_a_duty(coordinator: Browser) -> None:
    shown = preview(
        coordinator, WEDNESDAY, MORNING, every_weeks="2", a_duty="2", posts="", first="2027-02-01", last="2027-02-28"
    )
    assert [line[2:8] for line in find_lines(shown)] == ["270203", "270217"]
    assert find_lines(shown)[0].endswith('null,["V002","V003"]]')


@pytest.mark.parametrize(
    ("boxes", "changes", "fault"),
    [
        ((WEDNESDAY,), {}, "required"),
        ((MORNING,), {}, "required"),
        ((WEDNESDAY, MORNING), {"last": "2026-12-31"}, "backward"),
        ((WEDNESDAY, MORNING), {"first": "2027-01-32"}, "not_a_date"),
        ((WEDNESDAY, MORNING), {"start_morning": "9 o'clock"}, "not_a_time"),
        ((WEDNESDAY, MORNING), {"turns": "V002\nV404"}, "no_volunteer"),
        ((WEDNESDAY, MORNING), {"a_duty": "0"}, "required"),
        ((WEDNESDAY, MORNING), {"a_duty": "²"}, "required"),
        ((WEDNESDAY, MORNING), {"last": "2029-01-01"}, "too_many"),
        ((WEDNESDAY, MORNING), {"posts": "\n".join(map(str, range(200)))}, "too_many"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said_and_what_was_typed_is_kept(
    coordinator: Browser, boxes: tuple[tuple[str, str], ...], changes: dict[str, str], fault: str
) -> None:
    page = preview(coordinator, *boxes, **changes)
    assert page.status == 422
    assert PLAN.faults[fault].partition("{")[0] in read_text(page)  # pyright: ignore[reportArgumentType]
    assert all(value.split("\n")[0] in html.unescape(page.text) for value in changes.values())


def test_a_line_that_is_refused_keeps_no_other_back(coordinator: Browser) -> None:
    good = '["270301-AM","2027-03-01T09:00","2027-03-01T12:00",null,[]]'
    page = schedule(coordinator, '["S1","2027-03-01T09:00","2027-03-01T12:00",null,[]]', good, form="mixed")
    assert page.status == 422
    assert PLAN.not_saved.format(saved=1, count=1) in read_text(page)
    assert coordinator.get("/plan/duty/270301-AM").status == 200


def test_nothing_ticked_is_said(coordinator: Browser) -> None:
    assert PLAN.faults["nothing_chosen"] in read_text(schedule(coordinator, form="nothing"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '["a","b","c","d",["e"],"f"]', "[" * 5_000, '["a",1,"c",null,[]]'])
def test_a_line_that_no_preview_wrote_is_refused(coordinator: Browser, text: str) -> None:
    assert schedule(coordinator, text, form=f"bad {text[:9]}").status == 400


@pytest.mark.parametrize("post", ["<b>x</b>", "\u202eevil", "\x1b[31m", "𠮷" * 300, "陳大文的崗位"])
def test_a_post_that_cannot_be_kept_is_refused_with_a_sentence(coordinator: Browser, post: str) -> None:
    fields = {"date": "2027-04-01", "half_day": "own", "start": "09:00", "end": "12:00", "post": post, "volunteers": ""}
    shown = send(coordinator, "/plan/add", ("token", coordinator.get("/plan/add").token), *fields.items())
    assert shown.status == 200
    (saved,) = find_lines(shown)
    assert "<b>" not in shown.text
    assert schedule(coordinator, saved, form=f"post {post[:3]}").status == (303 if post.startswith("<b>") else 422)


def test_one_duty_is_added_by_half_day_with_volunteers_by_name(coordinator: Browser) -> None:
    fields = {"date": "2027-04-02", "half_day": "morning", "post": POST, "volunteers": "V002\n小華"}
    shown = send(coordinator, "/plan/add", ("token", coordinator.get("/plan/add").token), *fields.items())
    assert find_lines(shown) == [f'["270402-AM-{POST}","2027-04-02T09:00","2027-04-02T12:00","{POST}",["V002","V003"]]']


def test_a_week_is_copied_without_what_was_cancelled(coordinator: Browser) -> None:
    kept = '["260601-AM","2027-05-05T09:00","2027-05-05T12:00",null,["V002"]]'
    gone = '["260601-PM","2027-05-05T14:00","2027-05-05T17:00",null,[]]'
    schedule(coordinator, kept, gone, form="to copy")
    act(coordinator, "260601-PM", "cancel", reason="停電")
    token = coordinator.get("/plan/copy").token
    weeks = {"token": token, "source": "2027-05-03", "target": "2027-05-16"}
    shown = send(coordinator, "/plan/preview-copy", *weeks.items())
    assert find_lines(shown) == ['["270512-AM","2027-05-12T09:00","2027-05-12T12:00",null,["V002"]]']
    wrong = send(coordinator, "/plan/preview-copy", ("token", token), ("source", "x"), ("target", ""))
    assert (wrong.status, PLAN.faults["not_a_date"] in wrong.text, 'value="x"' in wrong.text) == (422, True, True)


def test_an_unfinished_form_of_a_long_ago_page_is_no_program_failure(site: DeskSite) -> None:
    """Fields that are missing are said, and fail nothing."""
    browser = site.share_browser("coordinator")
    token = browser.get("/plan/new").token
    paths = ("/plan/preview", "/plan/preview-copy", "/plan/add", "/plan/save", "/plan/duty/S1")
    answers = [send(browser, path, ("token", token)).status for path in paths]
    assert answers == [422, 422, 422, 422, 400]
