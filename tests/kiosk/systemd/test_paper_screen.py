"""The last screen asks people to sign on paper in every language, and on a text console in those it has letters for."""

from pathlib import Path

import pytest

from kiosk.systemd.paper_screen import build_paper_script
from kiosk.words.languages import LANGUAGES
from tests.support.terminal import Terminal

SENTENCES = {name: words.conditions["storage_trouble"].next_step for name, words in LANGUAGES.items()}


def show(tmp_path: Path, kind: str, columns: int = 100, rows: int = 20) -> Terminal:
    (tmp_path / "paper.sh").write_text(build_paper_script(), encoding="utf-8")
    run = "import os, sys; os.environ['TERM'] = sys.argv[1]; os.execv('/bin/sh', ['sh', sys.argv[2]])"
    return Terminal(["-c", run, kind, str(tmp_path / "paper.sh")], columns, rows)


@pytest.mark.parametrize(("kind", "languages"), [("foot", (*LANGUAGES,)), ("linux", ("en", "id"))])
def test_it_is_said_in_the_languages_that_the_terminal_can_show(
    tmp_path: Path, kind: str, languages: tuple[str, ...]
) -> None:
    with show(tmp_path, kind) as terminal:
        terminal.wait_for_text(SENTENCES["id"])
        shown = terminal.output.decode()
    assert tuple(name for name, sentence in SENTENCES.items() if sentence in shown) == languages
    assert not any(word in shown for word in ("printf", "stty", "not found"))


def test_it_stands_in_the_middle(tmp_path: Path) -> None:
    with show(tmp_path, "foot", columns=100, rows=20) as terminal:
        terminal.wait_for_text(SENTENCES["id"])
        shown = terminal.output.decode()
    width, first = len(SENTENCES["en"]), (20 - 2 * len(SENTENCES)) // 2 + 1
    assert f"\x1b[{first};37H{SENTENCES['zh-TW']}" in shown
    assert f"\x1b[{first + 2};{(100 - width) // 2 + 1}H{SENTENCES['en']}" in shown


def test_a_terminal_that_is_too_small_loses_no_sentence(tmp_path: Path) -> None:
    with show(tmp_path, "foot", columns=20, rows=4) as terminal:
        terminal.wait_for_text(SENTENCES["id"])
        shown = terminal.output.decode()
    assert all(sentence in shown for sentence in SENTENCES.values())
