"""A quiet reader whose network is cut without a word is reported lost within the promised time, and comes back."""

import shutil
import subprocess
import sys

import pytest

from devices.ports.network import LOST_SECONDS, PROBE_SECONDS, PROBES, QUIET_SECONDS
from tests.faults.result_table import LONG

PROMISE = (QUIET_SECONDS, PROBE_SECONDS, PROBES) if LONG else (1, 1, 1)
WITHIN = LOST_SECONDS if LONG else 2
SLACK = 1.0
"""Seconds: TCP counts in coarse steps, and the thread looks twice a second."""

OWN_NETWORK = ("unshare", "--user", "--map-root-user", "--net")


def why_not() -> str | None:
    if not (shutil.which("unshare") and shutil.which("ip")):
        return "unshare and ip are not installed"
    tried = subprocess.run([*OWN_NETWORK, "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "this user may not make a network of its own"


def test_a_quiet_reader_that_is_cut_off_is_lost_within_the_promised_time_and_comes_back() -> None:
    if reason := why_not():
        pytest.skip(reason)
    command = [*OWN_NETWORK, sys.executable, "-m", "tests.faults.network_cut", *map(str, PROMISE)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    heard, seconds = zip(*(line.split() for line in ended.stdout.splitlines()), strict=True)
    assert heard == ("ready", "lost", "ready", "E:010063E9AE")
    assert float(seconds[1]) <= WITHIN + SLACK
