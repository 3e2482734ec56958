"""A simulation after the four days of the story, and statements saved from it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from tests.support.builders import FOUR_DAYS
from tests.support.kiosk_program import ProgramResult, run_kiosk, write_batch

Row = dict[str, Any]
Save = Callable[..., Path]


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home in which the story was carried out and looked at; nobody writes to it any more."""
    folder = tmp_path_factory.mktemp("replaying")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "story.jsonl", *FOUR_DAYS), "--home", folder / "home").err == ""
    assert run_kiosk("visits", "--home", folder / "home").status == 0
    return folder / "home"


@pytest.fixture
def home(shared_home: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return Path(shutil.copytree(shared_home, tmp_path / "home"))


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Saves what a read command prints."""

    def saved(home: Path, *command: str) -> Path:
        ended = run_kiosk(*command, "--format", "json", "--home", home)
        assert ended.status == 0, ended.err
        file = tmp_path / f"{command[0]}.json"
        file.write_text(ended.out, encoding="utf-8")
        return file

    return saved


def run_replay(home: Path, *options: str | Path) -> Row:
    """What the command says as JSON; its status is that of what it says."""
    ended = run_kiosk("replay", *options, "--format", "json", "--home", home)
    found = json.loads(ended.out)
    assert (ended.status, ended.err) == (0 if found["identical"] else 1, "")
    return found


def execute_in_views(home: Path, statement: str) -> None:
    """A person changes the read models by hand."""
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as tool:
        tool.execute(statement)


def read_usage_error(ended: ProgramResult) -> str:
    """The one sentence with which input was refused."""
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.count("\n") == 1, ended.err
    return ended.err.removeprefix("kiosk: ").rstrip("\n")
