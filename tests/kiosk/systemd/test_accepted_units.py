"""What is written is accepted by systemd, foot and a shell, whatever a folder is called."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.systemd.quoting import build_shell_line, quote_command, quote_word
from kiosk.systemd.terminal import FOOT_FILE, build_foot_ini
from tests.kiosk.systemd.conftest import write_units
from tests.support.documents import find_blocks
from tests.support.kiosk_program import KIOSK, run_kiosk

NAMES = ("home", "a home with spaces", "50% $HOME 'quoted' \"twice\" back\\slash", "志工隊")
"""Folders that a unit file or a shell could take for something else."""


@pytest.mark.skipif(
    not all(map(shutil.which, ("systemd-analyze", "cage", "foot"))),
    reason="systemd-analyze, cage and foot are not installed: nobody can say whether systemd takes the units",
)
@pytest.mark.parametrize("name", NAMES)
def test_systemd_accepts_the_units_whatever_the_folder_is_called(tmp_path: Path, units: Path, name: str) -> None:
    Home.make(tmp_path / name, simulation=True).close()
    write_units(tmp_path / name, units, tmp_path / name)
    files = sorted(str(path) for path in units.iterdir() if path.suffix in (".service", ".timer"))
    verified = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    about_ours = [
        settings for settings in verified.stderr.splitlines() if "kiosk" in settings and "Special user" not in settings
    ]
    assert (verified.returncode, about_ours) == (0, [])


GUIDES_WITH_UNITS = ("docs/operator.md", "docs/several-kiosks.md", "docs/city.md")
LINKED_PROGRAM = "/usr/local/bin/kiosk"
"""Where the installation chapter puts it."""


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("guide", GUIDES_WITH_UNITS)
def test_systemd_accepts_the_units_of_the_guides_and_the_program_their_options(tmp_path: Path, guide: str) -> None:
    blocks = [(place, text) for place, text in find_blocks(guide, "ini") if place.startswith("/etc/systemd/system/")]
    assert blocks
    for place, text in blocks:
        unit = tmp_path / Path(place).name
        unit.write_text(text.replace(LINKED_PROGRAM, str(KIOSK)))
        verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
        about_ours = [sentence for sentence in verified.stderr.splitlines() if unit.name in sentence]
        assert (verified.returncode, about_ours) == (0, [])
        _, command, *options = shlex.split(text.partition("ExecStart=")[2].partition("\n")[0])
        offered = run_kiosk(command, "--help").out
        assert [option for option in options if option.startswith("--") and option not in offered] == []


@pytest.mark.skipif(not shutil.which("foot"), reason="foot is not installed: nobody can say whether it takes its file")
def test_foot_accepts_its_configuration(tmp_path: Path) -> None:
    (tmp_path / FOOT_FILE).write_text(build_foot_ini())
    checked = subprocess.run(
        ["foot", "--check-config", f"--config={tmp_path / FOOT_FILE}"],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, [settings for settings in checked.stderr.splitlines() if "err" in settings]) == (0, [])


DEFAULTS = Path("/etc/xdg/foot/foot.ini")


@pytest.mark.skipif(not DEFAULTS.exists(), reason="foot is not installed: what it binds by itself is not known")
@pytest.mark.parametrize("section", ["key-bindings", "mouse-bindings"])
def test_whatever_foot_binds_by_itself_is_unbound(section: str) -> None:
    """Its own file has every default as a comment."""
    of_section = DEFAULTS.read_text().partition(f"[{section}]")[2].partition("\n[")[0]
    bound = set(re.findall(r"^# ?([a-z-]+)=(?!none)", of_section, re.MULTILINE))
    ours = build_foot_ini().partition(f"[{section}]")[2].partition("\n[")[0]
    assert bound - set(re.findall(r"^([a-z-]+)=none$", ours, re.MULTILINE)) == set()
    assert "spawn-terminal" in bound or section == "mouse-bindings"


# --- Words ---


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")), min_size=1))
def test_every_word_stays_one_word_and_nothing_in_it_expands(words: list[str]) -> None:
    """In double quotes a unit file and a shell escape alike; %% and $$ are how systemd writes % and $."""
    read = [text.replace("%%", "%").replace("$$", "$") for text in shlex.split(quote_command(*words))]
    assert read == words


def test_a_shell_gets_the_words_that_were_meant() -> None:
    settings = build_shell_line(["printf", "%s|", "a b", "$HOME", "it's", '"x"'], "echo failed")
    done = subprocess.run(["/bin/sh", "-c", settings], capture_output=True, text=True, check=True)
    assert done.stdout == 'a b|$HOME|it\'s|"x"|'


@pytest.mark.parametrize("text", ["two\nlines", "a\x00b", "\x1b[2J"])
def test_what_no_unit_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no unit file can hold"):
        quote_word(text)
