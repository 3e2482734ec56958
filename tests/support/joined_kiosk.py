"""A kiosk that has joined a hub, without the hub: the home of its unit stands beside, and is copied from there."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from devices.protocols.decoder import CardNumber
from domain.log.event_log import EventLog
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin, SourceLink, SourceRow
from domain.use_cases.check_in import TapAnswer
from kiosk.home import Home
from kiosk.home_files import KEY_FILE
from kiosk.joined_home.hub_settings import HubSettings
from kiosk.joined_home.sync_state import SyncState, save_sync_state
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.sync.kiosk_home import make_kiosk_home, prepare_kiosk_home
from kiosk.text.masking import mask
from kiosk.wire_protocol.messages import Copied, CopiedRow, JoinAnswer, MaskedName
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.people import local_time

ADDRESS = "https://hub.example:8443"
ANN, BEN = CardNumber.parse("04000000000001"), CardNumber.parse("04000000000002")
STRANGER = CardNumber.parse("04000000000009")
PEOPLE = {"V001": ("王小明", ANN), "V002": ("Maria Santos", BEN)}


def make_unit(path: Path, *more: dict[str, object]) -> Path:
    """The home of a unit, with two volunteers who have a card each."""
    Home.make(path, simulation=True).close()
    lines = [line("open_unit", "2026-11-02T08:00", name="戶政事務所", kind="public", category="戶政")]
    for number, (name, card) in PEOPLE.items():
        agreed = {"mode": "rostered", "agreement_from": "2026-11-02"}
        lines.append(line("enrol_volunteer", "2026-11-02T08:10", volunteer=number, name=name, **agreed))
        lines.append(line("issue_card", "2026-11-02T08:20", volunteer=number, card=card.raw.hex()))
    result = run_kiosk("apply", write_batch(path.with_name("unit.jsonl"), *lines, *more), "--home", path)
    assert result.status == 0, result.err
    return path


def join(path: Path, unit: Home, kiosk: str = "side", *others: str) -> Path:
    """The home of a new kiosk of a unit, to which nothing was sent yet."""
    prepare_kiosk_home(path)
    answer = JoinAnswer(
        unit.log.log_id,
        kiosk,
        unit.zone.key,
        unit.simulation,
        (unit.path / KEY_FILE).read_bytes(),
        others or (unit.place.kiosk,),
    )
    make_kiosk_home(path, HubSettings(ADDRESS, unit.log.log_id), answer)
    save_sync_state(path, SyncState(kiosks=answer.kiosks))
    return path


def send(path: Path, unit: Home, *, begins_anew: bool = False) -> None:
    """What the hub of a unit sends to a kiosk that asks."""
    copy = UnitCopy.open(path)
    try:
        apply_whole(copy, build_copied(unit.log, 0 if begins_anew else copy.cursor.upto, begins_anew=begins_anew))
    finally:
        copy.close()


def apply_whole(copy: UnitCopy, copied: Copied) -> None:
    """Give a copy all that the hub has behind its cursor."""
    copy.apply(copy.cursor, copied, is_complete=True)


def send_names(path: Path, unit: Home) -> None:
    """The names that the hub of a unit sends."""
    people = unit.people
    names = [
        MaskedName(who, mask(people.find_name(who) or "", unit.settings.masking), people.find_language(who))
        for who in people.load_numbers()
    ]
    with Home.open(path) as home:
        home.people.replace_masked_names(names, b"digest")


def take(unit: Home, kiosk: Home, received: datetime | None = None) -> None:
    """What the hub of a unit takes of a kiosk; when, if not as it last wrote something."""
    own, sources = kiosk.log.own, unit.log.sources
    rows = own.read_rows(sources.find_head(own.log_id).position)
    links = [SourceLink(row[0], own.chain_at(row[0]), None) for row in rows]
    now, end = received or unit.log.find_last_recorded(), own.head()
    heard = SourceHeard(own.log_id, now, end, now)
    unit.log.append_taken([SourceRow(UUID(hex=row[1]), *row[2:]) for row in rows], Origin(links, heard))


def build_copied(
    log: EventLog, after: int = 0, *, begins_anew: bool = False, is_sent: Callable[[str], bool] = lambda _: True
) -> Copied:
    """The events of a log behind a position whose names are sent."""
    head = log.head()
    rows = [
        CopiedRow(position, UUID(hex=stream), version, topic, state)
        for position, stream, version, topic, state in log.read_rows(after, head.position + 1)
        if is_sent(topic)
    ]
    return Copied(log.log_id, head.position, head.chain, tuple(rows), begins_anew)


def tap(home: Home, card: CardNumber, at: str) -> TapAnswer:
    """A card is held to the reader of a simulation at a local time."""
    home.set_clock(local_time(at))
    return home.record_tap(card, "front", None, local_time(at))
