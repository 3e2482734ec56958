"""The picture of a Full HD screen: the entrance in foot, the terminal of the door, photographed under a compositor.

    python -m docs.pictures.full_hd FILE      writes the picture; needs sway, foot and grim, and a user who is not root
    python -m docs.pictures.full_hd --scene 2    shows one scene on this terminal

The rule: it shows what the door shows: the same terminal, the same settings, on a virtual output.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from docs.pictures.entrance import OPTIONS, build_app, build_scenes
from kiosk.systemd.start_terminal import build_command, compute_text_size
from kiosk.systemd.terminal import build_foot_ini

SCREEN = (1920, 1080)
SHOWN = 5
"""Scenes of the picture: the first ones."""
SMALL, GAP = (960, 540), 12
"""Pixels of each screen in the picture, and between them."""
SETTLE_SECONDS = 4.0
"""Until foot has its size and the scene is drawn."""
REPOSITORY = Path(__file__).parents[2]


def photograph_scenes(folder: Path) -> list[Image.Image]:
    """One photograph of each scene, in its full size."""
    (folder / "foot.ini").write_text(build_foot_ini(), encoding="utf-8")
    return [_photograph(folder, number) for number in range(SHOWN)]


def _photograph(folder: Path, number: int) -> Image.Image:
    photograph, config = folder / f"{number}.png", folder / "sway.conf"
    scene = [sys.executable, "-m", "docs.pictures.full_hd", "--scene", str(number)]
    foot = build_command(str(folder / "foot.ini"), compute_text_size(*SCREEN), scene)
    quoted = " ".join(f"'{word}'" for word in foot)
    width, height = SCREEN
    config.write_text(
        f"output HEADLESS-1 mode {width}x{height}\ndefault_border none\nexec {quoted}\n", encoding="utf-8"
    )
    environment = os.environ | {
        "WLR_BACKENDS": "headless",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "XDG_RUNTIME_DIR": str(folder),
        "HOME": str(folder),
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with subprocess.Popen(["sway", "-c", config], env=environment) as compositor:  # noqa: S603, S607
        time.sleep(SETTLE_SECONDS)
        (display,) = (path for path in folder.glob("wayland-*") if path.suffix != ".lock")
        environment["WAYLAND_DISPLAY"] = display.name
        subprocess.run(["grim", photograph], env=environment, check=True)  # noqa: S603, S607
        compositor.terminate()
    return Image.open(photograph).convert("RGB")


def compose_picture(photographs: list[Image.Image]) -> Image.Image:
    """The photographs in half size, two beside each other."""
    rows = -(-len(photographs) // 2)
    picture = Image.new("RGB", (2 * SMALL[0] + GAP, rows * SMALL[1] + (rows - 1) * GAP), "white")
    for number, photograph in enumerate(photographs):
        corner = (number % 2 * (SMALL[0] + GAP), number // 2 * (SMALL[1] + GAP))
        picture.paste(photograph.resize(SMALL, Image.Resampling.LANCZOS), corner)
    return picture.quantize(128)


def main() -> None:
    """Draw the picture of all scenes, or show one on this terminal."""
    match sys.argv[1:]:
        case ["--scene", number]:
            build_app(build_scenes()[int(number)], OPTIONS).run_on_terminal()
        case [file]:
            with TemporaryDirectory() as folder:
                compose_picture(photograph_scenes(Path(folder))).save(file, optimize=True)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
