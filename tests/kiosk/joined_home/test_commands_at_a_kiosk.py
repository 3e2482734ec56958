"""The commands of the program in the home of a kiosk with a hub: some work, the others say where they are run."""

import json
import shutil
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.clock import OK, UNSYNCHRONISED, MachineClock
from domain.log.chain import GENESIS, Head
from kiosk.cli.at_kiosk import AT_KIOSK
from kiosk.cli.program import COMMANDS
from kiosk.home import Home
from kiosk.home_files import hold_lock_file
from kiosk.hub_certificate import make_certificate
from kiosk.joined_home.hub_trouble import HubTrouble, find_hub_trouble
from kiosk.joined_home.sync_state import SYNC_LOCK, SyncState, load_sync_state, save_sync_state
from kiosk.status.hub import AT_A_KIOSK, point_to_hub
from kiosk.status.machine import build_clock_check
from kiosk.status.run import AT_THE_HUB, CHECKS
from kiosk.sync.unit_heads import UNIT_HEADS_FILE, UnitHead
from kiosk.words.sync import explain_trouble
from kiosk.words.volunteer_words import HubTroubleKind
from tests.support.documents import WORD, find_section, parse_table
from tests.support.joined_kiosk import ADDRESS, ANN, BEN, join, send, send_names, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.people import local_time

GIVEN: dict[str, tuple[str, ...]] = {
    "apply": ("batch.jsonl",),
    "import": ("people.csv",),
    "issue": ("V001",),
    "erase": ("V001", "--basis", "request", "--yes"),
    "ministry": ("2026-11", "--output", "hours.xlsx"),
    "document": ("monthly_hours", "month=2026-11", "--output", "x.pdf"),
    "bundle": ("2026", "--output", "x.zip"),
    "coordinator": ("lin",),
    "account": ("list",),
    "token": ("list",),
    "month": ("lines", "2026-11"),
    "restore": ("backup",),
    "hub-certificate": ("--host", "hub.example"),
    "add-kiosk": ("後門",),
    "what-if": ("--policy", __file__, "--from", "2026-11-01"),
    "prove": ("1",),
    "move-log": ("--to", "file"),
    "difference": ("--as-of", "2026-11-19T09:00", "--as-of", "2026-11-20T09:00"),
}
"""What a refused command is given."""
REFUSED = [name for name, what in AT_KIOSK.items() if what != "works"]
OPEN_NO_JOINED_HOME = {"init", "demo", "witness"}
"""They work anywhere, so the guide to several kiosks does not name them."""
HEARD = local_time("2026-11-19 09:12")


@pytest.fixture(scope="module")
def read_side(made_unit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a kiosk with two taps, heard at 09:12, that is not written to any more."""
    path = tmp_path_factory.mktemp("side") / "side"
    with Home.open_to_read(made_unit) as unit:
        join(path, unit)
        send(path, unit)
        send_names(path, unit)
    make_certificate(path, ["hub.example"], MachineClock().now())
    (path / "hub.key").unlink()  # it stays at the hub
    with Home.open(path) as home:
        assert tap(home, ANN, "2026-11-19 09:00").outcome == tap(home, BEN, "2026-11-19 09:20").outcome == "checked_in"
    save_sync_state(path, SyncState(HEARD, 250_000_000, kiosks=("entrance",), held=2))
    return path


def test_each_command_of_the_program_is_decided_on() -> None:
    assert AT_KIOSK.keys() == COMMANDS.keys()


def test_the_guide_names_the_commands_that_work_at_a_kiosk() -> None:
    ((at_kiosk, _),) = parse_table(find_section("docs/several-kiosks.md", "## 4. What is done where"))
    works = {name for name, what in AT_KIOSK.items() if what == "works"}
    assert {*WORD.findall(at_kiosk)} == works - OPEN_NO_JOINED_HOME


@pytest.mark.parametrize("command", REFUSED)
def test_what_is_done_at_the_hub_is_refused_with_its_address(read_side: Path, command: str) -> None:
    result = run_kiosk(command, *GIVEN.get(command, ()), "--home", read_side)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"kiosk: this kiosk belongs to the hub at {ADDRESS}")
    assert result.err.count("\n") == 1
    assert ("kiosk join" in result.err) == (command == "restore")


@pytest.mark.parametrize(
    "command",
    [
        ("visits",),
        ("duties",),
        ("hours", "--by", "month"),
        ("presence",),
        ("explain", "{ann}", "2026-11-19"),
        ("event", "1"),
        ("replay",),
        ("verify",),
    ],
    ids=lambda words: words[0],
)
def test_what_needs_the_month_alone_works(read_side: Path, command: tuple[str, ...]) -> None:
    with Home.open_to_read(read_side) as home:
        numbers = {home.people.find_name(who): number for who, number in home.people.load_numbers().items()}
    result = run_kiosk(*(word.format(ann=numbers["王〇明"]) for word in command), "--home", read_side)
    assert result.status == 0, result.err


def test_what_is_printed_says_from_when_on_the_other_kiosks_lack(read_side: Path) -> None:
    result = run_kiosk("hours", "--home", read_side)
    assert "other kiosks" not in result.err
    save_sync_state(read_side, replace(load_sync_state(read_side), heard_at=HEARD - timedelta(days=1)))
    result = run_kiosk("hours", "--home", read_side)
    said = "kiosk: without what other kiosks and the hub recorded since 2026-11-18 09:12+08:00"
    assert said in result.err.splitlines()
    save_sync_state(read_side, replace(load_sync_state(read_side), heard_at=HEARD))


def test_a_question_about_the_past_sends_to_the_hub_for_what_is_refused_here(read_side: Path) -> None:
    result = run_kiosk("replay", "--as-of", "2026-11-19T09:10", "--home", read_side)
    assert result.out.splitlines()[1:] == [
        "1 row is another today, by events recorded since: see `kiosk difference` at the hub"
    ]


# --- How the hub is ---


@pytest.mark.parametrize(
    ("age", "kind"),
    [
        (timedelta(minutes=14, seconds=59), None),
        (timedelta(minutes=15), "unheard"),
        (timedelta(hours=23, minutes=59), "unheard"),
        (timedelta(hours=24), "call"),
        (timedelta(days=29, hours=23), "call"),
        (timedelta(days=30), "forgotten"),
        (timedelta(hours=-5), None),
    ],
)
def test_what_is_wrong_goes_by_how_long_ago_the_hub_was_heard(age: timedelta, kind: HubTroubleKind | None) -> None:
    expected = kind and HubTrouble(kind, HEARD)
    assert find_hub_trouble(SyncState(HEARD), HEARD + age, is_empty=False) == expected


def test_a_hub_that_takes_nothing_and_a_copy_that_is_empty_are_said_at_once() -> None:
    since = HEARD - timedelta(minutes=3)
    for state in (
        SyncState(HEARD, alarm="forked", since=since),
        SyncState(HEARD, refusal="key_not_valid", since=since),
    ):
        assert find_hub_trouble(state, HEARD, is_empty=False) == HubTrouble("stopped", since)
    assert find_hub_trouble(SyncState(HEARD, refusal="busy", since=since), HEARD, is_empty=False) is None
    assert find_hub_trouble(SyncState(HEARD), HEARD, is_empty=True) == HubTrouble("empty", HEARD)
    assert find_hub_trouble(SyncState(), HEARD, is_empty=False) == HubTrouble("unheard", None)


def sync_running(path: Path) -> AbstractContextManager[None]:
    """As `kiosk sync` holds a home."""
    return hold_lock_file(path / SYNC_LOCK, "it runs twice")


def read_checks(path: Path) -> dict[str, tuple[bool, str]]:
    answer = json.loads(run_kiosk("status", "--format", "json", "--home", path).out)
    return {check["name"]: (check["ok"], check["detail"]) for check in answer["checks"]}


def test_the_status_of_a_kiosk_says_how_the_hub_is_and_leaves_to_the_hub_what_is_its(read_side: Path) -> None:
    with sync_running(read_side):
        checks = read_checks(read_side)
    assert set(checks) == set(AT_A_KIOSK) | set(CHECKS) - AT_THE_HUB
    assert checks["hub"] == (True, "heard at 2026-11-19 09:12; its clock minus this one: +0.250 s")
    assert checks["unsent"] == (True, "the hub has all 2 events")
    assert checks["copy"][0] is True
    assert checks["log"][1].startswith("2 events, ")
    assert {name for name, (ok, _) in checks.items() if not ok} <= {"views", "entrance", "clock"}


def test_a_kiosk_is_told_of_no_heads_that_a_night_signs(read_side: Path) -> None:
    """It has no nights; its own log is compared with what the hub holds of it."""
    assert {"signed_heads", "calendar", "reconciled"} & read_checks(read_side).keys() == set()


def test_a_kiosk_that_has_lost_the_certificate_of_its_hub_is_told_to_put_it_back(read_side: Path) -> None:
    known = read_side / "hub.pem"
    assert read_checks(read_side)["certificate"][0]
    kept = known.read_bytes()
    known.unlink()
    try:
        assert read_checks(read_side)["certificate"] == (False, explain_trouble("certificate_missing"))
        settings, text = read_side / "kiosk.toml", (read_side / "kiosk.toml").read_text()
        settings.write_text(text.replace(ADDRESS, "http://localhost:8440"))
        assert read_checks(read_side)["certificate"][0], "nothing is encrypted that stays on the machine"
        settings.write_text(text)
    finally:
        known.write_bytes(kept)


@pytest.mark.parametrize(("trust", "is_named"), [(OK, False), (UNSYNCHRONISED, True)])
def test_what_is_wrong_with_the_clock_of_a_kiosk_says_where_a_batch_is_run(trust: str, is_named: bool) -> None:
    assert ("A batch is run at the hub" in point_to_hub(build_clock_check(trust)).detail) == is_named


def test_the_status_of_a_kiosk_names_what_is_wrong(read_side: Path) -> None:
    known = load_sync_state(read_side)
    wrong = {
        replace(known, heard_at=HEARD - timedelta(days=31), failure="not_reached", held=0): (
            {"hub", "unsent", "copy"},
            "the hub is not reached: check its address, the cable and the network",
        ),
        replace(known, failure="certificate_expired", since=HEARD): (
            {"hub"},
            "the certificate of the hub has run out: give the hub a new one, and put it into hub.pem",
        ),
        replace(known, alarm="forked", refusal="stopped", since=HEARD): (
            {"hub", "unsent", "copy"},
            "a coordinator has to look at its alarm at the desk (its log holds other events than before)",
        ),
        replace(known, refusal="key_not_valid", since=HEARD): (
            {"hub", "copy"},
            "the key of this kiosk was revoked at the desk: let it join anew, into a new folder",
        ),
        SyncState(): ({"hub", "unsent", "copy"}, "never heard: `kiosk sync` runs, and has no answer yet"),
        replace(known, position=1): ({"unit_heads"}, "+0.250 s"),
    }
    for state, (names, why) in wrong.items():
        save_sync_state(read_side, state)
        with sync_running(read_side):
            checks = read_checks(read_side)
        assert {name for name in AT_A_KIOSK if not checks[name][0]} == names, state
        assert checks["hub"][1].endswith(why)
    save_sync_state(read_side, known)


@pytest.mark.parametrize(
    ("held", "alarm", "said"),
    [
        (1, None, "1 event is not at the hub yet"),
        (2, None, "the hub has all 2 events"),
        (3, None, "the hub took 3 events, and the log here, of 2, went back"),
        *((held, "forked", f"the hub took {held} event") for held in (1, 2, 3)),
        (2, "went_back", "the hub took 2 events"),
        (2, "restored", "the hub took 2 events"),
        (2, "clone", "the hub took 2 events"),
        (1, "not_yours", "1 event is not at the hub yet"),
    ],
)
def test_the_hub_has_all_only_where_both_logs_end_alike_and_the_hub_objects_to_nothing(
    read_side: Path, held: int, alarm: str | None, said: str
) -> None:
    known = load_sync_state(read_side)
    save_sync_state(read_side, replace(known, held=held, alarm=alarm, refusal=alarm and "stopped"))
    ok, detail = read_checks(read_side)["unsent"]
    save_sync_state(read_side, known)
    assert detail.startswith(said)
    assert not (ok and said.startswith("the hub took"))
    assert ("kiosk kiosks --not-held" in detail) == said.startswith("the hub took")


def test_the_status_of_a_kiosk_says_first_that_nothing_exchanges_with_the_hub(read_side: Path) -> None:
    """Whatever the hub said last, or why it was not reached then."""
    known = load_sync_state(read_side)
    no_sync = "`kiosk sync` does not run: start it, or look why its service does not"
    older = "the hub is not reached: check its address, the cable and the network"
    for state, why in (
        (known, f": {no_sync}"),
        (replace(known, failure="not_reached", since=HEARD), f": {no_sync}; {older}"),
        (SyncState(), f"never heard: {no_sync}"),
        (replace(known, refusal="key_not_valid", since=HEARD), no_sync),
    ):
        save_sync_state(read_side, state)
        ok, detail = read_checks(read_side)["hub"]
        assert not ok
        assert why in detail
    save_sync_state(read_side, known)


def test_the_status_says_whether_the_unit_still_extends_what_its_hub_sent(read_side: Path) -> None:
    known, kept = load_sync_state(read_side), UnitHead(Head(5, GENESIS), HEARD, UUID(int=7))
    minutes = timedelta(minutes=14, seconds=59), timedelta(minutes=15)
    lost = kept._replace(is_lost=True)
    now = local_time("2026-11-19 09:20")
    later = [kept._replace(at=now - age) for age in minutes]
    for position, head, ok, text in (
        (5, kept, True, "the last: 5, of 2026-11-19 09:12"),
        (6, later[0], True, "the last: 5"),
        (6, later[1], False, "proves nothing"),
        (5, lost, False, "5:2222-2222-2222 any more"),
    ):
        save_sync_state(read_side, replace(known, position=position))
        read_side.joinpath(UNIT_HEADS_FILE).write_text(head.format())
        check = read_checks(read_side)["unit_heads"]
        assert check[0] is ok, check
        assert text in check[1]
    read_side.joinpath(UNIT_HEADS_FILE).unlink()
    save_sync_state(read_side, known)


@pytest.mark.parametrize(
    ("lost", "left"), [("log.db", None), ("log.db", b"no log"), ("people.db", None), ("site.key", b"no key")]
)
def test_a_kiosk_that_lost_a_file_is_told_to_join_anew_and_a_home_of_its_own_is_not(
    read_side: Path, made_unit: Path, tmp_path: Path, lost: str, left: bytes | None
) -> None:
    for home, is_kiosk in ((read_side, True), (made_unit, False)):
        copied = shutil.copytree(home, tmp_path / home.name)
        (copied / lost).unlink()
        if left:
            (copied / lost).write_bytes(left)
            (copied / lost).chmod(0o600)
        refused = run_kiosk("tap", "E:100086F444", "--home", copied)
        assert refused.status == 2
        assert ("join anew" in refused.err) == is_kiosk
        assert ("join anew" in run_kiosk("verify", "--home", copied).err) == (is_kiosk and lost == "log.db")
