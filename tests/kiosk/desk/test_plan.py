"""The plan at the desk: a week, a month, one duty and what is done to it, new duties from a pattern."""

import html
import re
from collections.abc import Generator
from urllib.parse import quote, urlencode

import pytest

from kiosk.words.desk.plan_en import PLAN as ENGLISH
from kiosk.words.desk.plan_zh_tw import PLAN
from tests.kiosk.desk.conftest import MARKUP, Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOON = "2026-11-01T12:00"
POST = "服務台"
VISITED = "新住民服務台"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Three volunteers; Ann has S1 on 2026-11-19, and S0, which is over."""
    folder = tmp_path_factory.mktemp("plan")
    home = fill_home(folder)
    agreed = {"mode": "rostered", "agreement_from": "2024-01-02"}
    span = {"start": "2026-10-30T09:00", "end": "2026-10-30T12:00"}
    lines = [
        line("enrol_volunteer", NOON, volunteer="V002", name="陳大文", **agreed),
        line("enrol_volunteer", NOON, volunteer="V003", name="陳小華", **agreed),
        *(line("complete_training", NOON, volunteer=f"V00{n}", kind="basic", on="2024-03-01") for n in "123"),
        line("schedule_shift", NOON, shift="S0", volunteers=["V001"], post="引導", **span),
        line("schedule_desk_session", NOON, post=VISITED, start="2026-11-18T13:00", end="2026-11-18T16:00"),
        line("schedule_shift", NOON, shift="a/b 名%", start="2026-11-20T09:00", end="2026-11-20T12:00", volunteers=[]),
    ]
    assert run_kiosk("apply", write_batch(folder / "more.jsonl", *lines), "--home", home).err == ""
    with serve(home) as served:
        yield served


@pytest.fixture(scope="module")
def coordinator(site: DeskSite) -> Browser:
    return site.share_browser("coordinator")


def send(browser: Browser, path: str, *fields: tuple[str, str]) -> Page:
    return browser.send("POST", path, urlencode(fields), FORM)


def read_text(page: Page) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def schedule(browser: Browser, *lines: str, form: str) -> Page:
    """Save duties of a preview."""
    token = browser.get("/plan/new").token
    return send(browser, "/plan/save", ("token", token), ("form", form), *(("line", one) for one in lines))


def act(browser: Browser, shift: str, do: str, form: str = "", **fields: str) -> Page:
    """Send a form of the page of a duty, and open the page that it leads to."""
    path = f"/plan/duty/{quote(shift, safe='')}"
    token = browser.get(path).token
    named = {"token": token, "form": form or f"{do} {shift} {fields}", "do": do, **fields}
    answer = send(browser, path, *named.items())
    return browser.get(answer.headers["Location"]) if answer.status == 303 else answer


def new_duty(browser: Browser, day: str, *numbers: str, start: str = "09:00", end: str = "12:00") -> str:
    """The name of a new duty."""
    shift = f"{day}-{start}"
    quoted = ",".join(f'"{number}"' for number in numbers)
    saved = schedule(browser, f'["{shift}","{day}T{start}","{day}T{end}",null,[{quoted}]]', form=f"new {shift}")
    assert saved.status == 303
    return shift


# --- What is planned ---


def test_a_week_shows_who_serves_masked_and_where_nobody_does(coordinator: Browser) -> None:
    text = read_text(coordinator.get("/plan?day=2026-11-19"))
    assert re.search("V001 <〇+明", text)
    assert PLAN.vacant in text
    assert MARKUP not in html.unescape(text)


def test_a_week_says_when_a_visiting_desk_is_there(coordinator: Browser) -> None:
    """R-027"""
    assert f"{PLAN.desk_sessions} 11/18（三） 13:00–16:00 {VISITED}" in read_text(
        coordinator.get("/plan?day=2026-11-19")
    )
    assert VISITED not in read_text(coordinator.get("/plan?day=2026-11-12"))


def test_a_duty_for_which_the_desk_is_not_there_is_not_saved(coordinator: Browser) -> None:
    """R-027"""
    early = f'["DESK","2026-11-18T12:59","2026-11-18T16:00","{VISITED}",[]]'
    text = read_text(schedule(coordinator, early, form="desk"))
    assert PLAN.not_saved_title in text
    assert f"不在 {VISITED} 的駐點時段內" in text


@pytest.mark.parametrize("path", ["/plan?day=2026-11-19", "/plan/month?day=2026-11-30", "/plan/duty/S1"])
def test_who_may_only_look_sees_no_form_of_a_change(site: DeskSite, path: str) -> None:
    leader, coordinator = site.share_browser("leader").get(path).text, site.share_browser("coordinator").get(path).text
    changes = r'href="/plan/(?:new|copy|add)|action="/plan'
    assert (re.findall(changes, leader), bool(re.findall(changes, coordinator))) == ([], True)


def test_a_month_shows_each_of_its_days_and_duties(coordinator: Browser) -> None:
    page = coordinator.get("/plan/month?day=2026-11-05")
    assert ("/plan/duty/S1" in page.text, "/plan/duty/S0" in page.text) == (True, False)
    assert re.findall(r'class="head" href="/plan\?day=([0-9-]+)"', page.text)[0] == "2026-11-02"


def test_the_pages_speak_english_too(coordinator: Browser) -> None:
    page = coordinator.get("/plan?day=2026-11-19", **{"Accept-Language": "en"})
    assert ENGLISH.week in page.text
    assert PLAN.week not in page.text


@pytest.mark.parametrize(
    "path",
    [
        *("/plan?day=2026-02-30", "/plan?day=x", "/plan/month?day=0001-01-01", "/plan?day=9999-12-31"),
        *("/plan/duty/none", "/plan/duty/", "/plan/duty/%F0%9F%90%B1", "/plan/duty/" + "x" * 5_000),
    ],
)
def test_what_does_not_exist_is_not_found(coordinator: Browser, path: str) -> None:
    assert coordinator.get(path).status == 404


def test_a_duty_of_any_name_has_its_page(coordinator: Browser) -> None:
    (path,) = set(re.findall(r"/plan/duty/a[^\"]+", coordinator.get("/plan?day=2026-11-20").text))
    assert "a/b 名%" in read_text(coordinator.get(path))
    assert PLAN.done["assign"] in read_text(act(coordinator, "a/b 名%", "assign", volunteer="V002"))


# --- One duty ---


def test_a_volunteer_is_found_by_number_or_by_a_part_of_the_name(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-11-23")
    assert PLAN.done["assign"] in read_text(act(coordinator, shift, "assign", volunteer="V003"))
    assert PLAN.done["assign"] in read_text(act(coordinator, shift, "assign", volunteer="大文"))
    unclear = act(coordinator, shift, "assign", volunteer="陳")
    assert unclear.status == 422
    assert "V002 陳〇文、V003 陳〇華" in read_text(unclear)
    assert 'value="陳"' in unclear.text
    assert PLAN.done["unassign"] in read_text(act(coordinator, shift, "unassign", volunteer="V003"))


@pytest.mark.parametrize("text", ["nobody", "<script>", "\u202eevil", "\x1b[31m", "𠮷", "名" * 5_000, " "])
def test_a_text_that_means_nobody_is_said_beside_its_field(coordinator: Browser, text: str) -> None:
    page = act(coordinator, "S1", "assign", volunteer=text)
    assert page.status == 422
    assert 'aria-invalid="true"' in page.text
    assert "<script>" not in page.text


def test_leave_before_the_start_is_leave(coordinator: Browser) -> None:
    """R-044"""
    shift = new_duty(coordinator, "2026-11-24", "V002")
    told = read_text(act(coordinator, shift, "leave", volunteer="V002", reason="返鄉"))
    assert PLAN.done["leave"] in told
    assert PLAN.nobody in told
    assert PLAN.done["withdraw"] in read_text(act(coordinator, shift, "withdraw", volunteer="V002"))


def test_leave_after_the_start_is_an_excuse_and_needs_a_reason(coordinator: Browser) -> None:
    """R-044"""
    assert PLAN.excuse_hint in read_text(coordinator.get("/plan/duty/S0"))
    missing = act(coordinator, "S0", "leave", volunteer="V001")
    assert missing.status == 422
    assert PLAN.started_meanwhile in read_text(missing)
    assert PLAN.done["excuse"] in read_text(act(coordinator, "S0", "leave", volunteer="V001", reason="住院"))


def test_a_swap_is_recorded_without_approval_and_gives_a_duty_back(coordinator: Browser) -> None:
    """R-042, R-043"""
    given, back = new_duty(coordinator, "2026-11-25", "V002"), new_duty(coordinator, "2026-11-26", "V003")
    swap = {"volunteer": "V002", "to": "小華", "return_day": "2026-11-26", "return_half": ""}
    for _ in range(2):
        text = read_text(act(coordinator, given, "swap", "one swap", **swap))
        assert PLAN.done["swap"] in text
    assert f"V002 陳〇文 {PLAN.states['handed_over']}" in text
    assert f"V002 陳〇文 {PLAN.states['responsible']}" in read_text(coordinator.get(f"/plan/duty/{back}"))


def test_which_duty_is_given_in_return_is_asked_where_it_is_not_clear(coordinator: Browser) -> None:
    """R-042"""
    given, day = new_duty(coordinator, "2026-12-21", "V002"), "2026-12-22"
    morning, _ = new_duty(coordinator, day, "V003"), new_duty(coordinator, day, "V003", start="14:00", end="17:00")
    swap = {"volunteer": "V002", "to": "V003", "return_day": day}
    unclear = act(coordinator, given, "swap", **swap, return_half="")
    assert "09:00–12:00、14:00–17:00" in read_text(unclear)
    none = act(coordinator, given, "swap", **swap | {"return_day": "2026-12-23"}, return_half="morning")
    assert (unclear.status, none.status) == (422, 422)
    assert PLAN.done["swap"] in read_text(act(coordinator, given, "swap", **swap, return_half="morning"))
    assert f"V002 陳〇文 {PLAN.states['responsible']}" in read_text(coordinator.get(f"/plan/duty/{morning}"))


def test_times_are_changed_and_a_duty_is_cancelled_with_a_reason(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-11-27", "V002")
    times = {"date": "115-11-28", "start": "10:00", "end": "9:00"}
    assert "11/28（六） 10:00–09:00" in read_text(act(coordinator, shift, "change", **times))
    wrong = act(coordinator, shift, "change", date="2026-02-30", start="25:00", end="12:00")
    assert PLAN.faults["not_a_date"] in read_text(wrong)
    assert PLAN.faults["not_a_time"] in read_text(wrong)
    assert 'value="2026-02-30"' in wrong.text
    assert act(coordinator, shift, "cancel").status == 422
    assert PLAN.cancelled in read_text(act(coordinator, shift, "cancel", reason="颱風"))


def test_the_second_of_two_coordinators_is_told(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-11-30", "V002")
    act(coordinator, shift, "cancel", reason="颱風")
    late = act(coordinator, shift, "assign", volunteer="V003")
    assert late.status == 422
    assert PLAN.refused.partition("{")[0] in read_text(late)


def test_two_browsers_hear_a_refusal_in_their_own_languages(site: DeskSite, coordinator: Browser) -> None:
    english = site.share_browser("coordinator")
    english.get("/language/en")
    shift = new_duty(coordinator, "2026-12-01", "V002")
    act(coordinator, shift, "cancel", reason="颱風")
    late = [read_text(act(browser, shift, "assign", volunteer="V003")) for browser in (coordinator, english)]
    assert f"班次 {shift} 已經取消：請另外排班" in late[0]
    assert f"shift {shift} is cancelled: schedule another" in late[1]


def test_a_form_sent_twice_is_carried_out_once(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-12-18", "V002")
    answers = [act(coordinator, shift, "leave", "one form", volunteer="V002") for _ in range(2)]
    assert [PLAN.done["leave"] in read_text(answer) for answer in answers] == [True, True]


@pytest.mark.parametrize("do", ["", "explode", "schedule_shift"])
def test_an_act_that_there_is_not_is_refused(coordinator: Browser, do: str) -> None:
    assert act(coordinator, "S1", do, form="x").status == 400


def test_what_speaks_against_a_duty_is_on_its_page(coordinator: Browser) -> None:
    day = "2026-12-05"
    shift = new_duty(coordinator, day, "V003")
    new_duty(coordinator, day, "V003", start="11:00", end="13:00")
    text = read_text(coordinator.get(f"/plan/duty/{shift}"))
    assert PLAN.conflicts["weekend"] in text
    assert "V003 陳〇華 同一時間另有班：12/05（六） 11:00–13:00" in text


# --- New duties ---

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
