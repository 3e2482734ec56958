"""`kiosk erase`: a person is forgotten everywhere in the home, and the hours stay."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from domain.act import Act
from domain.ids import SYSTEM, new_volunteer_id
from kiosk.batch.run import open_dry_run
from kiosk.erasure.erasure import PendingErasure
from kiosk.erasure.ledger import Erasure, append_to_ledger, read_ledger
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.volunteers import Details
from tests.kiosk.conftest import Apply, list_topics, read_head
from tests.kiosk.erasure.conftest import (
    ANN,
    ENDED,
    ERASED_AT,
    GOES_ON_AS,
    NUMBER,
    OF_ANN,
    OF_ANOTHER,
    OF_THE_PERSON,
    THE_NEXT_DAY,
    build_line_of_ann,
    erase,
    list_texts_found,
    run_read_commands,
    sentence,
)
from tests.support.kiosk_program import (
    ENROL_ANN,
    line,
    run_kiosk,
)
from tests.support.terminal import Terminal

# --- What goes, and what stays ---


def test_no_byte_of_the_person_is_left_in_the_home(home: Path) -> None:
    run_read_commands(home)
    assert list_texts_found(home, *OF_THE_PERSON) == list(OF_THE_PERSON)
    assert erase(home).status == 0
    run_read_commands(home)
    assert list_texts_found(home, *OF_THE_PERSON) == []


def test_no_byte_is_left_while_another_program_has_the_home_open(home: Path) -> None:
    with Home.open(home) as entrance:
        assert entrance.people.find_name(ANN) == "王小明"
        assert erase(home).status == 0
        assert list_texts_found(home, *OF_THE_PERSON) == []
        assert entrance.people.find_name(ANN) is None


def test_a_dry_run_that_begins_amid_an_erasure_has_it_in_log_and_people_store(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The erasure was checked, and is carried out when the dry run has copied the one and not yet the other."""
    with Home.open(home) as erasing, Home.open(home) as tried:
        pending, copy_log, refused = PendingErasure(erasing, NUMBER, "request"), tried.log.copy_to, list[str]()

        def copy_and_erase(path: Path) -> None:
            copy_log(path)
            if not refused:
                with pytest.raises(UserError, match="then run this again") as copy_in_use:
                    pending.carry_out("lin")
                refused.append(str(copy_in_use.value))

        monkeypatch.setattr(tried.log, "copy_to", copy_and_erase)
        with open_dry_run(tried) as copy:
            assert copy.people.find_number(ANN) == GOES_ON_AS
            assert copy.log.head() == tried.log.head()


def test_other_volunteers_stay(home: Path) -> None:
    erase(home)
    assert list_texts_found(home, *OF_ANOTHER) == list(OF_ANOTHER)


def test_the_hours_stay_under_a_pseudonym(home: Path) -> None:
    before = run_read_commands(home)
    ended = erase(home)
    assert (ended.status, ended.out) == (0, f"volunteer {NUMBER} is erased; the record goes on as {GOES_ON_AS}\n")
    assert run_read_commands(home) == json.loads(json.dumps(before).replace(NUMBER, GOES_ON_AS))
    assert before[2][0]["minutes"] == 180
    assert "180" in run_kiosk("hours", "--volunteer", GOES_ON_AS, "--home", home).out


def test_the_reasons_of_the_day_are_gone_from_its_explanation(home: Path) -> None:
    assert "neighbour" in run_kiosk("explain", NUMBER, "2026-11-19", "--home", home).out
    erase(home)
    told = run_kiosk("explain", GOES_ON_AS, "2026-11-19", "--home", home)
    assert (told.status, "180 minutes credited" in told.out, "neighbour" in told.out) == (0, True, False)


def test_the_log_has_one_event_more_and_is_whole(home: Path) -> None:
    before = list_topics(home)
    erase(home)
    assert list_topics(home) == [*before, "volunteer.person-erased"]
    assert run_kiosk("verify", "--home", home).status == 0
    assert run_kiosk("replay", "--home", home).status == 0


def test_the_ledger_holds_no_name_and_no_number(home: Path) -> None:
    erase(home)
    assert (home / "erasures.jsonl").stat().st_mode & 0o777 == 0o600
    with Home.open(home) as opened:
        line_of_ann = Erasure(ANN, ERASED_AT, "request").add_seal(opened.compute_hmac)
    assert read_ledger(home) == {ANN: line_of_ann}


def test_their_card_is_refused_as_before(home: Path, apply: Apply) -> None:
    def tapped() -> str:
        return run_kiosk("tap", "04000000000001", "--at", "2026-12-02T10:00", "--home", home).out

    before = tapped()
    erase(home)
    assert "agreement has ended" in before
    assert tapped() == before.replace(NUMBER, GOES_ON_AS)


def test_a_later_note_does_not_replace_an_erased_one(home: Path, apply: Apply) -> None:
    """In a simulation a note is named for its event: that of an erased note must not come by another one."""
    erase(home)
    apply(home, line("revoke_card", "2026-12-03T09:00", card="04000000000001", reason="taken back"))
    with Home.open(home) as opened:
        assert opened.people.keep_note("something else", opened.log.head().position + 1).id != ANN
        assert "taken back" not in run_kiosk("explain", GOES_ON_AS, "2026-11-19", "--home", home).out


def test_the_number_may_be_given_to_another_volunteer(home: Path, apply: Apply) -> None:
    erase(home)
    ended = apply(home, {**ENROL_ANN, **OF_ANN, "at": "2026-12-03T09:00", "agreement_from": "2026-12-03"})
    assert (ended.status, ended.err) == (0, "")
    with Home.open(home) as opened:
        assert opened.people.find_id(NUMBER) not in (None, ANN)
        assert opened.people.find_id(GOES_ON_AS) == ANN


def test_no_copy_is_left_where_the_pages_of_a_large_store_were_split(real_home: Path) -> None:
    """`secure_delete` alone leaves some: rows that were moved when they or their neighbours grew."""
    chance, seen = Random(1), list[int]()  # noqa: S311 - the same disorder in every run
    gone, kept = range(0, 400, 3), range(1, 400, 3)
    with Home.open(real_home) as home:
        ids = {n: new_volunteer_id() for n in range(400)}
        for n in chance.sample(range(400), 400):
            seen.append(n)
            for m in (n, chance.choice(seen)):
                home.people.register(f"N-{m:05}", ids[m], Details(f"name-{m:05}-" * chance.randint(1, 40)))
        for n in gone:
            home.people.forget(ids[n], [])
        home.people.wipe()
        assert list_texts_found(real_home, *(f"{kind}-{n:05}" for n in gone for kind in ("N", "name"))) == []
        everybody = [f"{kind}-{n:05}" for n in kept for kind in ("N", "name")]
        assert list_texts_found(real_home, *everybody) == everybody


# --- Who is refused ---


def test_a_volunteer_who_serves_is_not_erased(serving: Path) -> None:
    before = read_head(serving)
    ended = erase(serving)
    assert (ended.status, "is in force on 2026-11-30" in sentence(ended)) == (1, True)
    assert (read_head(serving), read_ledger(serving), list_texts_found(serving, NUMBER)) == (before, {}, [NUMBER])


def test_the_last_day_of_an_agreement_is_a_day_of_service(serving: Path, apply: Apply) -> None:
    apply(serving, ENDED)
    assert erase(serving).status == 1
    apply(serving, THE_NEXT_DAY)
    assert erase(serving).status == 0


def test_a_volunteer_whose_agreement_begins_later_is_not_erased(home: Path, apply: Apply) -> None:
    apply(home, build_line_of_ann("renew_agreement", "2026-12-02T09:30", agreement_from="2027-01-01"))
    assert (erase(home).status, read_ledger(home)) == (1, {})


def test_an_unknown_number_and_an_erased_volunteer_are_refused_differently(home: Path) -> None:
    assert sentence(erase(home, "V404")).startswith("there is no volunteer V404")
    erase(home)
    again, unknown = erase(home, GOES_ON_AS), erase(home)
    assert (again.status, sentence(again).startswith(f"volunteer {GOES_ON_AS} is erased already")) == (1, True)
    assert (unknown.status, sentence(unknown)) == (
        1,
        f"there is no volunteer {NUMBER}: check the number; only if the erasure of a person with exactly this number "
        "was interrupted is it complete now, and the record goes on under a pseudonym",
    )


def test_a_mistyped_number_of_a_volunteer_does_not_sound_like_an_erasure(home: Path) -> None:
    """Though another person was erased here."""
    erase(home)
    mistyped = run_kiosk("erase", "volunteer-32", "--basis", "request", "--yes", "--home", home)
    assert (mistyped.status, "complete" in mistyped.err) == (1, False)


@pytest.mark.parametrize("failing", ["kiosk.erasure.erasure._sweep_copies", "kiosk.people.file.PeopleFile.wipe"])
def test_that_a_person_is_erased_is_said_also_where_traces_cannot_be_wiped_yet(
    home: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """On a full disk, or while another program has a copy. The second run, which wipes, knows the number no longer."""
    calls = list[object]()

    def fail_the_second_time(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise UserError("make room, and run it again")

    with monkeypatch.context() as patched:
        patched.setattr(failing, fail_the_second_time)
        first = erase(home)
    assert (first.status, sentence(first)) == (2, "make room, and run it again")
    assert first.out == f"volunteer {NUMBER} is erased; the record goes on as {GOES_ON_AS}\n"
    second = erase(home)
    assert (second.status, "is it complete now" in sentence(second)) == (1, True)
    assert list_texts_found(home, *OF_THE_PERSON) == []


def test_an_erasure_that_fails_before_the_person_is_forgotten_does_not_say_that_it_was_done(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise UserError("no room for the reports")

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.erasure.erasure.replace_number_in_reports", fail)
        first = erase(home)
    assert (first.status, first.out) == (2, "")
    assert erase(home).out == f"volunteer {NUMBER} is erased; the record goes on as {GOES_ON_AS}\n"


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("renew_agreement", {"agreement_from": "2027-01-01"}),
        ("issue_card", {"card": "04000000000003"}),
        ("assign", {"shift": "S2"}),
    ],
)
def test_no_command_starts_anything_for_an_erased_volunteer(
    home: Path, apply: Apply, do: str, fields: dict[str, Any]
) -> None:
    erase(home)
    ended = apply(home, line(do, "2026-12-03T09:00", volunteer=GOES_ON_AS, **fields))
    assert (ended.status, "is erased already" in ended.err) == (1, True), ended.err


def test_without_a_terminal_it_needs_yes(home: Path) -> None:
    ended = run_kiosk("erase", NUMBER, "--basis", "request", "--home", home)
    assert (ended.status, "say --yes" in sentence(ended), read_ledger(home)) == (2, True, {})


@pytest.mark.parametrize(("typed", "status", "erased"), [(NUMBER, 0, True), ("V001", 1, False), ("", 1, False)])
def test_at_a_terminal_it_lists_what_is_lost_and_asks_for_the_number(
    home: Path, typed: str, status: int, erased: bool
) -> None:
    program = ["-c", "from kiosk.cli.program import main; main()"]
    with Terminal([*program, "erase", NUMBER, "--basis", "request", "--home", str(home)], columns=120) as terminal:
        terminal.wait_for_text("the number again")
        assert b"and 7 notes" in terminal.output
        terminal.type_keys(typed.encode() + b"\r")
        assert terminal.wait_for_exit() == status
    assert bool(read_ledger(home)) == erased


# --- Cut short ---


def test_a_second_run_completes_one_killed_after_the_ledger(home: Path) -> None:
    append_to_ledger(home, [Erasure(ANN, ERASED_AT, "authority")])
    assert erase(home).status == 0
    assert (list_texts_found(home, *OF_THE_PERSON), list_topics(home)[-1]) == ([], "volunteer.person-erased")
    assert read_ledger(home)[ANN].basis == "authority", "the first word counts"


def test_a_second_run_completes_one_killed_after_the_event(home: Path) -> None:
    append_to_ledger(home, [Erasure(ANN, ERASED_AT, "request")])
    with Home.open(home) as opened:
        assert opened.desk.erase_person(ANN, "request", Act(ERASED_AT, SYSTEM, ERASED_AT))
    events = list_topics(home)
    assert erase(home).status == 0
    assert (list_texts_found(home, *OF_THE_PERSON), list_topics(home)) == ([], events)


def test_the_next_run_wipes_after_a_kill_before_the_wiping(home: Path) -> None:
    with Home.open(home) as opened:
        PendingErasure(opened, NUMBER, "request").carry_out("system")
        opened.people.keep_note("written behind it", opened.log.head().position + 1)
        assert erase(home).status == 1
        assert (home / "people.db-wal").stat().st_size == 0


def test_a_reason_that_a_killed_command_has_left_is_erased_and_those_of_others_stay(home: Path) -> None:
    with Home.open(home) as opened:
        opened.people.keep_note("a reason of nobody", opened.log.head().position + 1)
    assert erase(home).status == 0
    assert list_texts_found(home, "a reason of nobody", "lost by the other one") == ["lost by the other one"]


def test_an_altered_ledger_is_refused(home: Path) -> None:
    (home / "erasures.jsonl").write_text('{"volunteer": "somebody"}\n')
    ended = erase(home)
    assert (ended.status, "erasures.jsonl was altered" in sentence(ended)) == (1, True)


# --- Reports ---


def test_the_reports_of_the_nights_go_on_under_the_pseudonym(home: Path) -> None:
    """As JSON and in every language; a draft or a text that a killed night left is deleted."""
    folder = home / "reports"
    (folder / ".2026-11-24.json").write_text(NUMBER)
    (folder / "2026-11-30.en.txt").write_text(NUMBER)
    named = sorted(file.name for file in folder.iterdir() if NUMBER in file.read_text(encoding="utf-8"))
    assert {"2026-11-19.json", "2026-11-19.en.txt", "2026-11-19.zh-TW.txt"} <= {*named}
    assert erase(home).status == 0
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert [name for name, text in texts.items() if NUMBER in text] == []
    assert all(GOES_ON_AS in texts[name] for name in named if name in texts)
    assert {".2026-11-24.json", "2026-11-30.en.txt"} & texts.keys() == set()


def test_a_report_that_names_others_stays_as_it_is(home: Path) -> None:
    report = home / "reports" / "2026-11-01.json"
    report.write_text('{"date": "2026-11-01", "needs_a_person": {"absent": [{"volunteer": "VOLUNTEER-310"}]}}')
    before = report.read_bytes()
    assert (erase(home).status, report.read_bytes()) == (0, before)
