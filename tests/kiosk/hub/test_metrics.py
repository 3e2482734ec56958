"""Figures for a monitoring system: what they say of a unit and its kiosks, their format, and that they name nobody."""

import http.client
import re
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from domain.source_errors import SourceStopped
from domain.use_cases.source_intake import SourceIntake
from kiosk.backups.record import CompletedBackup, record_backup
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.hub.metrics import MEDIA_TYPE, collect, format_metrics, serve_metrics
from kiosk.words.hub import METRIC_HELP, Metric
from tests.support.documents import find_section, parse_table
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import ANNS_UNIT_LINES, run_kiosk, write_batch
from tests.support.source_doors import ACT, SourceDoor
from tests.support.waiting import TIMEOUT_SECONDS, wait_until

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
_VALUE = r'"((?:[^"\\\n]|\\.)*)"'
SAMPLE = re.compile(rf"([a-z_]+){{unit={_VALUE}(?:,kiosk={_VALUE})?}} (\d+(?:\.\d+)?(?:e[+-]?\d+)?)")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit with a kiosk that sent three taps, and one that did, too, and whose log was changed afterwards."""
    folder = tmp_path_factory.mktemp("metrics")
    path = folder / "north"
    Home.make(path, simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "unit.jsonl", *ANNS_UNIT_LINES), "--home", path).status == 0
    with Home.open(path) as home:
        home.views.catch_up()
        intake = SourceIntake(home.log, FixedClock(NOW - timedelta(minutes=5)))
        doors = [SourceDoor('side "door"'), SourceDoor("back")]
        for door in doors:
            intake.join(door.kiosk, door.log_id, door.key.public, [], ACT)
            door.tap(3)
            intake.take(door.build_batch(0))
        changed = SourceDoor("back")
        changed.tap(4, minute=1)
        with pytest.raises(SourceStopped):
            intake.take(changed.build_batch(0))
    record_backup(path, CompletedBackup(NOW - timedelta(hours=2), folder, 1, "0" * 64))
    (path / "reports").mkdir(mode=0o700)
    (path / "reports" / "2026-11-20.json").write_text("{}")
    return path


def read_figures(text: str) -> dict[tuple[str, ...], float]:
    """The values by metric, unit and kiosk; every line is of the format."""
    assert text.endswith("\n")
    found: dict[tuple[str, ...], float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            name, unit, kiosk, value = sample.groups()
            found[(name, unit, kiosk) if kiosk else (name, unit)] = float(value)
    return found


def test_what_is_known_of_a_unit_is_measured(home: Path) -> None:
    found = read_figures(format_metrics({"north": collect(home, NOW)}, NOW + timedelta(seconds=30)))
    with Home.open_to_read(home) as opened:
        position = opened.log.head().position
    kiosk = 'side \\"door\\"'
    assert found["kiosk_unit_up", "north"] == 1
    assert found["kiosk_log_position", "north"] == position
    assert found["kiosk_views_lag_events", "north"] == 9
    assert found["kiosk_last_backup_age_seconds", "north"] == 7_230
    assert found["kiosk_last_night_age_seconds", "north"] >= 0
    assert found["kiosk_collected_age_seconds", "north"] == 30
    assert found["kiosk_alarms_open", "north"] == 1
    assert found["kiosk_heard_age_seconds", "north", kiosk] == 330
    assert found["kiosk_events_taken_total", "north", kiosk] == 3
    assert found["kiosk_events_shown", "north", kiosk] == 3
    assert {name for name, *_ in found} == set(get_args(Metric)) == METRIC_HELP.keys()


def test_each_figure_stands_once_with_its_help_and_its_type(home: Path) -> None:
    text = format_metrics({unit: collect(home, NOW) for unit in ("north", "south")}, NOW)
    for metric, what in METRIC_HELP.items():
        kind = "counter" if metric.endswith("_total") else "gauge"
        assert text.count(f"# HELP {metric} {what}\n# TYPE {metric} {kind}\n{metric}{{") == 1
        assert text.count(f"TYPE {metric} ") == 1


def test_the_guide_of_a_city_lists_each_figure_as_it_is_served() -> None:
    rows = parse_table(find_section("docs/city.md", "## Monitoring"))
    assert rows == [[f"`{metric}`", what] for metric, what in METRIC_HELP.items()]


def test_no_figure_names_a_person(home: Path) -> None:
    text = format_metrics({"north": collect(home, NOW)}, NOW)
    assert not re.search("V001|04000000000001|coordinator|王", text)


def test_a_unit_that_cannot_be_opened_is_down_and_keeps_what_stands_beside_its_log(tmp_path: Path) -> None:
    Home.make(tmp_path / "lost", simulation=True).close()
    (tmp_path / "lost" / "log.db").write_bytes(b"no log")
    record_backup(tmp_path / "lost", CompletedBackup(NOW, tmp_path, 1, "0" * 64))
    found = read_figures(format_metrics({"lost": collect(tmp_path / "lost", NOW)}, NOW))
    assert found == {
        ("kiosk_unit_up", "lost"): 0,
        ("kiosk_last_backup_age_seconds", "lost"): 0,
        ("kiosk_collected_age_seconds", "lost"): 0,
    }


def test_a_revoked_kiosk_is_not_waited_for(home: Path) -> None:
    with Home.open(home) as opened:
        intake = SourceIntake(opened.log, FixedClock(NOW))
        intake.revoke(SourceDoor("back").log_id, None, ACT)
    found = read_figures(format_metrics({"north": collect(home, NOW)}, NOW))
    assert ("kiosk_heard_age_seconds", "north", "back") not in found
    assert found["kiosk_events_taken_total", "north", "back"] == 3


@pytest.fixture(scope="module")
def served(home: Path) -> Generator[str]:
    with serve_metrics("127.0.0.1:0", lambda: {"north": home}) as url:
        yield url


@pytest.mark.parametrize(("path", "status"), [("/metrics", 200), ("/metrics?a=1", 200), ("/", 404), ("/metrics/", 404)])
def test_figures_have_one_address(served: str, path: str, status: int) -> None:
    address = urlsplit(served)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_SECONDS)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == status
    assert status != 200 or answer.headers["Content-Type"] == MEDIA_TYPE
    connection.close()


@pytest.mark.parametrize("place", ["9187", "127.0.0.1", "localhost:9187", "127.0.0.1:65536", "127.0.0.1:x", ":1", ""])
def test_where_nothing_can_be_served_is_said(place: str) -> None:
    with pytest.raises(UserError, match="--metrics takes an IP address and a port"), serve_metrics(place, dict):
        pass


def test_an_address_of_version_6_stands_in_brackets() -> None:
    with serve_metrics("[::1]:0", dict) as url:
        assert url.startswith("http://[::1]:")
        assert read(url) is not None


def test_a_place_that_is_taken_is_said(served: str) -> None:
    with pytest.raises(UserError, match="in use"), serve_metrics(urlsplit(served).netloc, dict):
        pass


def test_a_unit_is_served_once_it_was_looked_at(served: str) -> None:
    wait_until(lambda: b'kiosk_log_position{unit="north"}' in read(served), lambda: str(read(served)))


def read(url: str) -> bytes:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_SECONDS)
    connection.request("GET", address.path)
    body = connection.getresponse().read()
    connection.close()
    return body
