"""A forked process of the tests is like one that was started: it answers alike, and stands where it was put."""

import json
import os
import signal
import sys
from pathlib import Path
from subprocess import TimeoutExpired, run

import pytest

from tests.support.forked_process import ForkedProcess
from tests.support.kiosk_program import run_installed_kiosk, run_kiosk_process

SURROUNDINGS = """
import json, os, signal, sys
umask = os.umask(0)
files = sorted(int(name) for name in os.listdir("/proc/self/fd"))[:-1]
print(json.dumps([
    sys.argv, os.getcwd(), umask, dict(os.environ), files, sys.stdin.read(), os.getsid(0) == os.getpid(),
    [stream.encoding + stream.errors + str(stream.line_buffering) for stream in (sys.stdin, sys.stdout, sys.stderr)],
    [str(signal.getsignal(number)) for number in range(1, signal.NSIG)],
]))
"""
"""Prints what a process finds around it."""


@pytest.mark.parametrize(
    ("arguments", "stdin"), [(["duties", "--format", "json"], b""), (["apply", "-"], b"no JSON\n"), (["tap"], b"")]
)
def test_it_answers_like_the_installed_program(simulation: Path, arguments: list[str], stdin: bytes) -> None:
    words = ["--home", simulation, *arguments]
    assert run_kiosk_process(*words, stdin=stdin) == run_installed_kiosk(*words, stdin=stdin)


def test_it_finds_the_same_around_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o026)
    arguments, env = ["-c", SURROUNDINGS, "a", "b"], {"KIOSK_HOME": "/nowhere"}
    with (tmp_path / "in").open("w+") as given, (tmp_path / "out").open("w+") as out:
        given.write("said\n")
        for start in (0, 1):
            given.seek(0)
            if start:
                run([sys.executable, *arguments], env=env, stdin=given, stdout=out, check=True)
            else:
                assert ForkedProcess(arguments, (given.fileno(), out.fileno(), 2), env).wait() == 0
        out.seek(0)
        forked, started = map(json.loads, out)
    os.umask(before)
    assert forked == started


def test_its_end_and_its_lateness_are_reported() -> None:
    process = ForkedProcess(["-c", "import time; time.sleep(60)"], (0, 1, 2), {})
    assert process.poll() is None
    with pytest.raises(TimeoutExpired):
        process.wait(0.01)
    process.kill()
    assert (process.wait(10), process.poll()) == (-signal.SIGKILL, -signal.SIGKILL)
