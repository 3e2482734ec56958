"""What the terminal of the entrance can draw: the shape of its cells, its colours, its characters.

The rule: what the terminal does not say is taken to be usual: cells twice as high as wide.
"""

import fcntl
import os
import struct
import sys
import termios
from collections.abc import Mapping
from typing import NamedTuple

from textual.app import App

from kiosk.entrance.block_characters import BlockMode

USUAL_ASPECT = 2.0
"""Height of a cell by its width, where the terminal does not tell it."""

FLATTEST, TALLEST = 1.4, 3.2
"""Shapes of cells, height by width, beyond which a terminal is not believed."""


class CellGrid(NamedTuple):
    """What large text has to know of the terminal."""

    aspect: float = USUAL_ASPECT
    """Height of a cell, divided by its width."""
    mode: BlockMode = "shades"


def find_cell_grid(app: App[object]) -> CellGrid:
    """The cells of the terminal that an application runs on."""
    if app.is_headless:
        return CellGrid()
    return CellGrid(measure_aspect(), choose_block_mode(os.environ, app.console.color_system))


def choose_block_mode(environment: Mapping[str, str], color_system: str | None) -> BlockMode:
    """Shades with true colour, in sextants on foot; halves on the Linux console; else quadrants."""
    terminal = environment.get("TERM", "")
    if terminal == "linux":
        return "halves"
    if terminal.startswith("foot") and color_system == "truecolor":
        return "sextants"
    return "shades" if color_system == "truecolor" else "quadrants"


def measure_aspect() -> float:
    """Height of a cell by its width, where the terminal tells its size in pixels (ioctl_tty(2), TIOCGWINSZ)."""
    try:
        answer = fcntl.ioctl(sys.__stdout__ or 1, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return USUAL_ASPECT
    return compute_aspect(*struct.unpack("4H", answer))


def compute_aspect(rows: int, columns: int, width: int, height: int) -> float:
    """The same from the size in cells and in pixels; the usual one where a size is missing or makes no sense."""
    if not (rows and columns and width and height):
        return USUAL_ASPECT
    aspect = (height / rows) / (width / columns)
    return aspect if FLATTEST <= aspect <= TALLEST else USUAL_ASPECT
