"""The terminal at the door has 24 to 30 rows along the shorter side of any screen, and 80 columns or more."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kiosk.entrance.screen_size import ScreenSize
from kiosk.systemd.start_terminal import COLUMNS, TextSize, compute_text_size
from kiosk.systemd.terminal import build_foot_ini
from tests.support.public_program import OTHER_USER
from tests.support.waiting import TIMEOUT_SECONDS

SCREENS = [
    (640, 480),
    (800, 480),
    (1024, 768),
    (1280, 720),
    (1280, 800),
    (1280, 1024),
    (1366, 768),
    (1600, 900),
    (1920, 1080),
    (1920, 1200),
    (2560, 1440),
    (3840, 2160),
    (7680, 4320),
]


@pytest.mark.parametrize("turned", [False, True], ids=["lying", "upright"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}")
def test_text_is_as_large_as_the_screen_allows(screen: tuple[int, int], turned: bool) -> None:
    width, height = sorted(screen) if turned else screen
    font, line = compute_text_size(width, height)
    column = -(-font // 2)
    columns, rows = width // column, height // line
    assert columns >= COLUMNS
    assert 24 <= min(width, height) // line <= 30
    assert not ScreenSize(columns, rows, columns * column, rows * line).is_text_small
    assert line >= font * 1.4, "marks above and below a letter would be cut"


def test_a_screen_of_no_size_is_no_fault() -> None:
    assert compute_text_size(0, 0) == TextSize(1, 1)


# --- The real terminal ---

SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where Xwayland has it
WITHOUT_DISPLAY = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "WLR_BACKENDS": "headless",
    "WLR_RENDERER": "pixman",
    "WLR_LIBINPUT_NO_DEVICES": "1",
}
needs_screen = pytest.mark.skipif(
    os.geteuid() != 0 or not all(map(shutil.which, ("cage", "foot", "Xwayland"))),
    reason="cage and foot are not installed, or no other user can run them: nobody can say what they measure",
)


@needs_screen
def test_the_real_terminal_has_27_rows_on_a_screen_that_it_measured(program: Path) -> None:
    """Under a compositor without a display, on a screen of 1280 x 720 pixels; measured again in the terminal itself."""
    SOCKETS.mkdir(exist_ok=True)
    SOCKETS.chmod(0o1777)
    os.chown(SOCKETS, 0, 0)  # cage takes no folder of another user
    folder = Path(mkdtemp(prefix="kiosk-foot-", dir=SOCKETS.parent))
    shutil.chown(folder, OTHER_USER)
    try:
        (folder / "foot.ini").write_text(build_foot_ini())
        (folder / "foot.ini").chmod(0o644)
        module = [program.with_name("python"), "-I", "-m", "kiosk.systemd.start_terminal"]
        ended = subprocess.run(
            ["cage", "-d", "--", *module, folder / "foot.ini", *module, "--measure", folder / "pixels"],
            user=OTHER_USER,
            group=pwd.getpwnam(OTHER_USER).pw_gid,
            extra_groups=[],
            cwd="/",
            env=WITHOUT_DISPLAY | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        _, height = map(int, (folder / "pixels").read_text().split())
    finally:
        shutil.rmtree(folder)
    size = compute_text_size(1280, 720)
    assert f"a font of {size.font} pixels gives 27 rows" in ended.stderr
    assert height == 27 * size.line
