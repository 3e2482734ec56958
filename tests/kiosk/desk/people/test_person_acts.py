"""What can be done for a volunteer: trainings, cards, pauses and ends of service."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.people.source import HomePeople
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite, Page
from tests.kiosk.desk.people.conftest import act, enrol, list_volunteers, post, show
from tests.kiosk.readers.test_issue_while_open import OpenEntrance, present
from tests.support.html_forms import find_values
from tests.support.kiosk_program import add_reader


def test_trainings_are_recorded(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V050")
    done = act(
        browser, "V050", "training", training_kind="basic", training_on="115/3/5", training_certificate="字第 5 號"
    )
    assert done.status == 303
    assert "訓練已登錄" in show(browser, "V050")
    assert act(browser, "V050", "training", training_kind="special", training_on="115/3/5").status == 422
    assert list_volunteers(site, "V050")["trainings"] == ["basic"]


def test_a_part_of_a_training_is_shown_with_what_is_missing(site: DeskSite, browser: Browser) -> None:
    """R-004: 3.5 of 4 hours are not complete, 4 are."""
    enrol(browser, "V059")
    of_special = {"training_kind": "special", "training_category": "戶政"}
    assert act(browser, "V059", "training", **of_special, training_on="115/3/5", training_hours="x").status == 422
    assert act(browser, "V059", "training", **of_special, training_on="115/3/5", training_hours="3.5").status == 303
    assert "已上 3.5 小時，共需 4 小時" in show(browser, "V059")
    assert act(browser, "V059", "training", **of_special, training_on="115/3/9", training_hours="0.5").status == 303
    assert "已上" not in show(browser, "V059")
    assert list_volunteers(site, "V059")["trainings"] == ["special 戶政"]


def test_a_lost_card_is_revoked_as_the_new_one_is_issued(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V051", card="04A1B2C3D4E551")
    which = show(browser, "V051").split('<option value="')[1:]
    position = next(one.partition('"')[0] for one in which if "2026-11" in one)
    held = act(browser, "V051", "replace", replace_which=position, replace_card="04000000000001")
    assert (held.status, "V001" in held.text.partition('role="alert"')[2][:200]) == (422, True)
    assert list_volunteers(site, "V051")["cards"] == 1, "the old card is not revoked where there is no new one"
    assert act(browser, "V051", "replace", replace_which=position, replace_card="04A1B2C3D4E552").status == 303
    assert list_volunteers(site, "V051")["cards"] == 1
    assert enrol(browser, "V052", card="04A1B2C3D4E551").status == 303, "the old one can be given to another"
    again = act(browser, "V051", "revoke", revoke_which=position, revoke_reason="twice")
    assert again.status == 422, "that card is not held by V051 any more"


def test_service_pauses_goes_on_is_renewed_and_ends(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V053")
    assert act(browser, "V053", "resume", resume_on="115/10/1").headers["Location"].endswith("V053"), "nothing pauses"
    assert act(browser, "V053", "suspend", suspend_from="115/10/1").status == 303
    assert list_volunteers(site, "V053")["standing"] == "suspended"
    assert act(browser, "V053", "resume", resume_on="115/10/9").status == 303
    assert act(browser, "V053", "renew", renew_from="115/3/1").status == 422, "no later than the one in force"
    assert act(browser, "V053", "renew", renew_from="115/10/15").status == 303
    assert act(browser, "V053", "end", end_on="115/10/20").status == 422, "without a reason"
    assert act(browser, "V053", "end", end_on="115/10/20", end_reason="搬家").status == 303
    row = list_volunteers(site, "V053")
    assert (row["standing"], row["agreement_from"], row["agreement_to"]) == (
        "agreement_ended",
        "2026-10-15",
        "2026-10-20",
    )


def test_a_reader_that_does_not_answer_is_said(browser: Browser) -> None:
    enrol(browser, "V054")
    assert "刷兩次" in browser.get("/people/reader?volunteer=V054").text
    page = post(browser, "/people/reader", volunteer="V054", reader="door")
    assert (page.status, "沒有發卡：" in page.text) == (422, True)


@pytest.mark.parametrize("typed", ["v054", "Ｖ０５４", " V054 "])
def test_the_number_of_who_gets_the_card_is_known_however_it_is_typed(browser: Browser, typed: str) -> None:
    """The form of an unknown card leads to the reader."""
    enrol(browser, "V054")
    page = browser.get(f"/people/reader?{urlencode({'volunteer': typed})}")
    assert (page.status, 'name="volunteer" value="V054"' in page.text) == (200, True)


def test_a_slip_in_that_number_is_said_beside_the_field_and_kept(browser: Browser) -> None:
    page = browser.get("/people/reader?volunteer=V05A")
    assert (page.status, "沒有這個編號的志工，請檢查編號。" in page.text) == (422, True)
    assert find_values(page.text, "/people/reader") == {"volunteer": "V05A"}


def test_a_card_is_issued_at_the_reader_of_an_open_entrance(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V055")
    with OpenEntrance(site.home, [present("E:01026F6C3A")] * 2).run():
        assert post(browser, "/people/reader", volunteer="V055", reader="door").status == 303
    assert "E:…C3A" in show(browser, "V055")
    assert list_volunteers(site, "V055")["cards"] == 1


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("04000000000001", "A:04000000000001"),
        ("04:a1 b2-c3.d4e5f6", "A:04A1B2C3D4E5F6"),
        ("26DEFAE7", "A:26DEFAE7"),
        ("A:12345678", "A:12345678"),
        ("E:01026F6C3A", "E:01026F6C3A"),
        ("01026F6C3A", "E:01026F6C3A"),
        ("00437,00623", None),
        ("12345678", None),
        ("王小明", None),
        ("0040856634", None),
        ("E:0102", None),
        ("00026F6C3A", "E:00026F6C3A"),
        ("1" * 5_000, None),
    ],
)
def test_a_card_is_taken_where_the_text_says_which_it_is(site: DeskSite, text: str, card: str | None) -> None:
    with Home.open(site.home) as home:
        assert HomePeople(HomeReader(home), HomeCommands(home)).parse_card(text) == card


def test_digits_of_a_fob_are_the_number_that_the_reader_reads(simulation: Path) -> None:
    with Home.open(add_reader(simulation, "/dev/ttyUSB78", "em-8h10d")) as home:
        people = HomePeople(HomeReader(home), HomeCommands(home))
        assert [people.parse_card(text) for text in ("0040856634", "0040856634 623,27706")] == ["E4:026F6C3A"] * 2


def test_a_training_that_was_mistyped_is_taken_back_and_basic_training_names_its_modules(browser: Browser) -> None:
    """R-003, R-121: two of three modules are not complete; without one of them one is left."""
    enrol(browser, "V087")

    def train(on: str, *modules: str) -> Page:
        boxes = {f"training_{module}": "yes" for module in modules}
        return act(browser, "V087", "training", training_kind="basic", training_on=on, **boxes)

    assert train("2026-09-01", "ethics", "regulations").status == 303
    assert "志願服務經驗分享" in show(browser, "V087").split('class="acts"')[0]
    assert train("2026-09-05", "experience").status == 303
    page = show(browser, "V087")
    assert "基礎訓練 2026-09-05" in page
    entry = page.split("基礎訓練：2026-09-05")[0].rpartition('value="')[2].partition('"')[0]
    assert act(browser, "V087", "paper", paper_entry=entry, paper_reason="打錯人").status == 303
    page = show(browser, "V087").split('class="acts"')[0]
    assert ("基礎訓練 2026-09-05" in page, "志願服務經驗分享" in page) == (False, True)
    special = act(
        browser, "V087", "training", training_kind="special", training_category="戶政", training_on="2026-09-05"
    )
    assert special.status == 303
    assert "特殊訓練 戶政：2026-09-05" in show(browser, "V087")


def test_modules_of_another_training_are_refused_with_a_sentence(browser: Browser) -> None:
    """R-003."""
    enrol(browser, "V088")
    page = act(browser, "V088", "training", training_kind="growth", training_on="2026-09-05", training_ethics="yes")
    assert (page.status, "message alarm" in page.text) == (422, True)
    assert 'name="training_ethics" value="yes" checked' in page.text
