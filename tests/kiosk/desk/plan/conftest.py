"""A desk with a plan: three volunteers, their duties, and how a coordinator changes them."""

import html
import re
from collections.abc import Generator
from urllib.parse import quote, urlencode

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.html_forms import read_forms
from tests.support.kiosk_program import line, run_kiosk, write_batch

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOON = "2026-11-01T12:00"
POST = "服務台"
VISITED = "新住民服務台"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Three volunteers and one who is suspended; Ann has S1 on 2026-11-19, and S0, which is over."""
    folder = tmp_path_factory.mktemp("plan")
    home = fill_home(folder)
    agreed = {"mode": "rostered", "agreement_from": "2024-01-02"}
    span = {"start": "2026-10-30T09:00", "end": "2026-10-30T12:00"}
    lines = [
        line("enrol_volunteer", NOON, volunteer="V002", name="陳大文", **agreed),
        line("enrol_volunteer", NOON, volunteer="V003", name="陳小華", **agreed),
        line("enrol_volunteer", NOON, volunteer="V004", name="林大同", **agreed),
        line("suspend", NOON, volunteer="V004", **{"from": "2026-11-01"}),
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
    page = browser.get(path)
    forms = [dict(one.fields) for one in read_forms(page.text)]
    opened = next((one for one in forms if one.get("do") == do), {})
    shown = {name: value for name, value in opened.items() if name.startswith("shown_")}
    named = {"token": page.token, "form": form or f"{do} {shift} {fields}", "do": do, **shown, **fields}
    answer = send(browser, path, *named.items())
    return browser.get(answer.headers["Location"]) if answer.status == 303 else answer


def new_duty(browser: Browser, day: str, *numbers: str, start: str = "09:00", end: str = "12:00") -> str:
    """The name of a new duty."""
    shift = f"{day}-{start}"
    quoted = ",".join(f'"{number}"' for number in numbers)
    saved = schedule(browser, f'["{shift}","{day}T{start}","{day}T{end}",null,[{quoted}]]', form=f"new {shift}")
    assert saved.status == 303
    return shift
