"""Figures of the units for a monitoring system, in the text format of Prometheus, at an address of their own.

Rule: no figure says anything of a person. The units are looked at one after another, beside everything else, so that
an answer takes as long for a thousand of them as for one; it says how old what it says of a unit is.

Source: Prometheus, "Exposition formats", text format 0.0.4.
"""

import ipaddress
import os
import socket
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from typing_extensions import override

from domain.clock import Clock, MachineClock
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.model.kiosk_register import KioskRegister
from kiosk.backups.record import read_record
from kiosk.errors import UserError
from kiosk.home_files import REPORTS_FOLDER, VIEWS_FILE
from kiosk.home_log import open_log_to_read
from kiosk.words.command_line import CommandLineText
from kiosk.words.hub import METRIC_HELP, HubText, Metric
from projections.engine.build import measure_lag

PATH = "/metrics"
MEDIA_TYPE = ";".join(("text/plain", "version=0.0.4", "charset=utf-8"))
ROUND_SECONDS = 15.0
"""For one look at all units, where that is not more than the pause below allows."""
PAUSE_SECONDS = 0.2
"""Between two units at least: looking at a thousand takes four minutes, and a twentieth of a core."""
POLL_SECONDS = 0.1
"""Between two looks whether the server is to end."""
Sample = tuple[Metric, Mapping[str, str], float]
"""What is measured, of what in the unit, and the value; of an age since when, in seconds since 1970."""


# --- One unit ---


def collect(path: Path, now: datetime) -> list[Sample]:
    """The figures of a home; of one that cannot be opened that alone, and what stands beside its log."""
    samples: list[Sample] = [("kiosk_unit_up", {}, 0.0)]
    with suppress(UserError, LogError, OSError), closing(open_log_to_read(path)) as log:
        samples = [*_measure_log(log, path), *_measure_kiosks(log), ("kiosk_unit_up", {}, 1.0)]
    return [*samples, *_measure_files(path), ("kiosk_collected_age_seconds", {}, now.timestamp())]


def _measure_log(log: EventLog, path: Path) -> Iterator[Sample]:
    yield "kiosk_log_position", {}, log.head().position
    lag = measure_lag(log, path / VIEWS_FILE)
    if lag is not None:
        yield "kiosk_views_lag_events", {}, lag


def _measure_kiosks(log: EventLog) -> Iterator[Sample]:
    sources = log.catch_up(KioskRegister.of_home()).sources.values()
    yield "kiosk_alarms_open", {}, sum(source.alarm is not None for source in sources)
    heard = {one.source: one for one in log.sources.list_heard()} if sources else {}
    for source in sources:
        labels = {"kiosk": source.kiosk}
        yield "kiosk_events_taken_total", labels, log.sources.find_head(source.log_id).position
        if source.log_id in heard and not source.is_revoked:
            known = heard[source.log_id]
            yield "kiosk_heard_age_seconds", labels, known.at.timestamp()
            yield "kiosk_events_shown", labels, known.head.position


def _measure_files(path: Path) -> Iterator[Sample]:
    with suppress(OSError, ValueError):
        newest = max((path / REPORTS_FOLDER).glob("????-??-??.json"))
        yield "kiosk_last_night_age_seconds", {}, newest.stat().st_mtime
    if made := read_record(path).made:
        yield "kiosk_last_backup_age_seconds", {}, made.at.timestamp()


# --- All of them ---


def format_metrics(collected: Mapping[str, Iterable[Sample]], now: datetime) -> str:
    """What a monitoring system reads: each figure with all units that have it."""
    lines: dict[Metric, list[str]] = {metric: [] for metric in METRIC_HELP}
    for unit, samples in sorted(collected.items()):
        for metric, labels, value in samples:
            shown = max(now.timestamp() - value, 0.0) if metric.endswith("_age_seconds") else value
            lines[metric].append(f"{metric}{_format_labels({'unit': unit, **labels})} {shown:.16g}")
    return "".join(_format_metric(metric, rows) for metric, rows in lines.items() if rows)


def _format_metric(metric: Metric, rows: Iterable[str]) -> str:
    kind = "counter" if metric.endswith("_total") else "gauge"
    return "\n".join((f"# HELP {metric} {METRIC_HELP[metric]}", f"# TYPE {metric} {kind}", *rows)) + "\n"


def _format_labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escape(value)}"' for name, value in labels.items()) + "}"


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Collector:
    """Looks at the units in a thread of its own."""

    def __init__(self, list_units: Callable[[], Mapping[str, Path]], clock: Clock) -> None:
        """`list_units`: the homes by name, asked before each round."""
        self._list_units, self._clock = list_units, clock
        self._collected: dict[str, list[Sample]] = {}
        self._ends = threading.Event()

    def run(self) -> None:
        """Look until `stop`."""
        pause = 0.0  # the first round makes haste
        while not self._ends.wait(pause):
            units = self._list_units()
            self._collected = {unit: found for unit, found in self._collected.items() if unit in units}
            for number, (unit, path) in enumerate(units.items()):
                if number and self._ends.wait(pause):
                    return
                self._collected = {**self._collected, unit: collect(path, self._clock.now())}
            pause = max(PAUSE_SECONDS, ROUND_SECONDS / max(len(units), 1))

    def stop(self) -> None:
        """End `run` soon."""
        self._ends.set()

    def write(self) -> str:
        """What was found last."""
        return format_metrics(self._collected, self._clock.now())


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "kiosk", ""
    timeout = 10
    collector: Collector

    def do_GET(self) -> None:
        """Answer the one address."""
        if self.path.partition("?")[0] != PATH:
            self.send_error(404)
            return
        body = self.collector.write().encode()
        self.send_response(200)
        self.send_header("Content-Type", MEDIA_TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a look each 15 s is no news."""


@contextmanager
def serve_metrics(place: str, list_units: Callable[[], Mapping[str, Path]]) -> Generator[str]:
    """Serve the figures at ADDRESS:PORT while the block lasts; under which URL. Raises: UserError."""
    address, port = _parse_place(place)
    collector = Collector(list_units, MachineClock())
    handler = type("Handler", (_Handler,), {"collector": collector})
    try:
        server = (_ServerOverIPv6 if ":" in address else ThreadingHTTPServer)((address, port), handler)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise UserError(CommandLineText.CANNOT_LISTEN.fill(address=address, port=port, reason=reason)) from None
    with server:
        works = (collector.run, lambda: server.serve_forever(POLL_SECONDS))
        threads = [threading.Thread(target=work, daemon=True) for work in works]
        for thread in threads:
            thread.start()
        try:
            shown = f"[{address}]" if ":" in address else address
            yield f"http://{shown}:{server.server_address[1]}{PATH}"
        finally:
            collector.stop()
            server.shutdown()
            for thread in threads:
                thread.join()


class _ServerOverIPv6(ThreadingHTTPServer):
    address_family = socket.AF_INET6


def _parse_place(place: str) -> tuple[str, int]:
    address, _, port = place.rpartition(":")
    try:
        return str(ipaddress.ip_address(address.removeprefix("[").removesuffix("]"))), _parse_port(port)
    except ValueError:
        raise UserError(HubText.BAD_METRICS.fill(place=place)) from None


def _parse_port(text: str) -> int:
    if text.isascii() and text.isdecimal() and (port := int(text)) < 65_536:
        return port
    raise ValueError
