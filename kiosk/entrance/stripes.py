"""A band of slanted stripes, as on a barrier: something is wrong here, whatever colours one can see."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

PERIOD = 12
"""Squares from one stripe to the next; a square is as wide as a cell and half as high."""


class Stripes(Widget):
    """Draws its whole width and height with stripes in the colours of its style."""

    def render_line(self, y: int) -> Strip:
        """One row of the band."""
        row = "".join(_render_half_block(x, y) for x in range(self.size.width))
        style = Style.from_color(self.rich_style.color, self.rich_style.bgcolor)
        return Strip([Segment(row, style)], self.size.width)


def _render_half_block(x: int, y: int) -> str:
    return " ▀▄█"[_is_on_stripe(x, 2 * y) + 2 * _is_on_stripe(x, 2 * y + 1)]


def _is_on_stripe(x: int, y: int) -> bool:
    return (x + y) % PERIOD < PERIOD // 2
