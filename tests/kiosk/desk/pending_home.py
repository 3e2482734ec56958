"""A home in which something of every kind needs a person, and a browser that settles it."""

import html
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from devices.protocols.decoder import CardNumber
from domain.act import Act
from domain.ids import SYSTEM, shift_stream
from domain.use_cases.source_intake import SourceIntake
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, Page, add_accounts
from tests.support.builders import ANN, BEN, CARDS, CAT, SETUP_LINES, coordinator_line, shift, tap
from tests.support.fake_machine import FakeMachine
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.office_kiosks import OfficeKiosk
from tests.support.people import local_time
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

LINES = (
    *SETUP_LINES,
    *(
        line("adopt_policy", "2026-11-10T08:00", effective_from=f"2026-11-{day}", correction_window_days=days)
        for day, days in ((16, 4), (17, 2))
    ),
    *(
        shift("M1", "11-16", ANN),
        shift("A1", "11-16", BEN),
        shift("P1", "11-17", CAT, hours="14:00-16:00", post="櫃台"),
    ),
    shift("L1", "11-19", BEN),
    line("record_assessment", "2026-11-10T09:00", volunteer=ANN, period_end="2026-06-30", score=55),
    tap(ANN, "11-16 09:00"),
    tap(ANN, "11-17 09:00"),
    *(tap(BEN, "11-17 14:00"), tap(BEN, "11-17 16:00")),
    coordinator_line("revoke_card", "11-17 17:00", card=CARDS[CAT]),
    coordinator_line(
        "close_visit", "11-18 08:00", volunteer=ANN, check_in="2026-11-17T09:00", check_out="2026-11-17T12:00"
    ),
    tap(ANN, "11-17 08:59:40", recorded_at="2026-11-18T08:30"),
    tap(CAT, "11-18 09:00"),
    line("tap", "2026-11-18T10:00", card="04FFFFFF000001"),
    tap(ANN, "11-18 12:00", direction="out"),
    line("request_leave", "2026-11-19T08:00", recorded_at="2026-11-19T09:30", volunteer=BEN, shift="L1"),
    line("enrol_insurance", "2026-11-19T10:00", volunteers=[ANN, CAT], **{"from": "2026-11-20"}),
    *(tap(BEN, "11-20 08:00"), tap(BEN, "11-20 08:05")),
)


def fill_pending_home(folder: Path) -> Path:
    """The home, with one account a role."""
    home_folder = folder / "home"
    Home.make(home_folder, simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "unit.jsonl", *LINES), "--home", home_folder)
    assert ended.err == ""
    assert run_kiosk("reconcile", "--home", home_folder).status == 0
    with Home.open(home_folder) as home:
        machine = FakeMachine("2026-11-20 08:10", timedelta(hours=6))
        home.use_clock(machine)
        machine.advance_to("2026-11-20 08:20")
        EntranceController(build_sources(home)).record_tap(CardNumber.parse(CARDS[ANN]), "door", machine.now())
    with Home.open(home_folder) as home:
        insert_undecodable(home.log, shift_stream("X"), UNKNOWN_TOPIC)
        send_taps_of_kiosk_that_was_away(home)
    tapped = run_kiosk("tap", CARDS[BEN], "--home", home_folder, "--at", "2026-11-20T08:30:00")
    assert tapped.err == ""
    add_accounts(home_folder)
    return home_folder


def send_taps_of_kiosk_that_was_away(home: Home) -> None:
    """It did not know that Ann had been given a card, and then not that Cat's had been revoked."""
    kiosk, intake = OfficeKiosk("後門", (home.settings.kiosk,), home.path.parent), SourceIntake(home.log, home.clock)
    kiosk.join(intake, Act(home.clock.now(), SYSTEM, home.clock.now()))
    issued, revoked = (home.log.read_topic_lenient(name)[0].position for name in ("card.issued", "card.revoked"))
    for upto, card, times in ((issued - 1, ANN, ["13:00"]), (revoked - 1, CAT, ["14:00", "15:00"])):
        kiosk.pull(home.log, upto)
        for at in times:
            kiosk.tap(home.derive_token(CardNumber.parse(CARDS[card])), local_time(f"2026-11-18 {at}"))
    kiosk.push(intake)
    kiosk.close()


def list_items(browser: Browser, kind: str) -> list[str]:
    """The addresses of the rows of a kind, or of all, the newest first."""
    page = browser.get(f"/pending?kind={kind}").text
    return [html.unescape(one) for one in re.findall(rf'href="(/pending/item\?kind={kind}[^"]*)"', page)]


def find_item(browser: Browser, kind: str, whose: str = "") -> str:
    """The address of the newest row of a kind, or of that of a volunteer and a day of November: `V001 16`."""
    number, _, day = whose.partition(" ")
    wanted = f"volunteer={quote(number)}&date=2026-11-{day}" if whose else ""
    return next(address for address in list_items(browser, kind) if wanted in address)


def list_kinds(browser: Browser) -> list[str]:
    """The kinds that are listed."""
    return sorted(set(re.findall(r"/pending/item\?kind=(\w+)", browser.get("/pending").text)))


def read_form(page: Page, offer: str) -> dict[str, str]:
    """The fields of the form of a settlement, as they are filled in."""
    (form,) = [one for one in re.findall(r"<form.*?</form>", page.text, re.DOTALL) if f'value="{offer}"' in one]
    inputs = re.findall(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in inputs}


def send(browser: Browser, page: Page, offer: str, **typed: str) -> Page:
    """Carry out a settlement for which nothing but a reason is to be typed."""
    return browser.post("/pending/settle", {**read_form(page, offer), "reason": "查過紙本", **typed})


def preview(browser: Browser, address: str, offer: str, **typed: str) -> Page:
    """The page that says what a settlement changes."""
    query = dict(parse_qsl(address.partition("?")[2], keep_blank_values=True))
    return browser.get(f"/pending/preview?{urlencode({**query, 'offer': offer, **typed})}")
