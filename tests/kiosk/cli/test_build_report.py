"""A long build of the read models says how far it is; one that is interrupted, that it goes on."""

import io
import sys
from pathlib import Path

import pytest

from kiosk.cli.build_report import BuildReport
from kiosk.cli.errors import EXIT_INTERRUPTED
from kiosk.home_files import VIEWS_FILE
from kiosk.words.command_line import CommandLineText
from projections.engine import build, new_views
from projections.engine.new_views import BuildProgress
from tests.support.kiosk_program import ANNS_UNIT_LINES, run_kiosk, write_batch


class ErrorStream(io.StringIO):
    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


REPORTS = (
    (0, BuildProgress("events", 100_000, 500_000)),
    (2.9, BuildProgress("events", 200_000, 500_000)),
    (4, BuildProgress("events", 300_000, 500_000)),
    (6, BuildProgress("events", 400_000, 500_000)),
    (7, BuildProgress("volunteers", 250, 1_000)),
    (9, BuildProgress("volunteers", 750, 1_000)),
)


def show_all(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool) -> list[str]:
    shown = ErrorStream(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", shown)
    at = iter([0.0, *(at for at, _ in REPORTS)])
    report = BuildReport(lambda: next(at))
    for _, progress in REPORTS:
        report.show(progress)
    return shown.getvalue().splitlines()


def test_on_a_terminal_it_says_every_few_seconds_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    events = CommandLineText.BUILD_EVENTS.fill(done=300_000, total=500_000, rate=50_000, seconds=4)
    volunteers = CommandLineText.BUILD_VOLUNTEERS.fill(done=750, total=1_000, rate=250, seconds=1)
    assert show_all(monkeypatch, is_terminal=True) == [f"kiosk: {events}", f"kiosk: {volunteers}"]


def test_a_script_reads_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert show_all(monkeypatch, is_terminal=False) == []


def test_ctrl_c_ends_a_build_with_a_sentence_and_the_next_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    assert run_kiosk("apply", write_batch(tmp_path / "b", *ANNS_UNIT_LINES), "--home", home).status == 0
    before = run_kiosk("duties", "--home", home).out
    for module, name in ((build, "BATCH"), (new_views, "PAGE_BATCHES")):
        monkeypatch.setattr(module, name, 1)
    shown: list[BuildProgress] = []

    def interrupt(self: BuildReport, progress: BuildProgress) -> None:
        show(self, progress)
        shown.append(progress)
        if len(shown) == 2:
            raise KeyboardInterrupt

    show = BuildReport.show
    monkeypatch.setattr(BuildReport, "show", interrupt)
    (home / VIEWS_FILE).unlink()
    ended = run_kiosk("duties", "--home", home)
    assert ended.status == EXIT_INTERRUPTED
    assert CommandLineText.BUILD_INTERRUPTED.fill() in ended.err
    assert (ended.out, "Traceback" in ended.err) == ("", False)
    assert run_kiosk("duties", "--home", home).out == before
    assert [progress.done for progress in shown[:3]] == [1, 2, 3]
