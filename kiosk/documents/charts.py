"""A chart as SVG: a bar for each label, for a page and for paper.

Rule: no script and no style in it, only classes and attributes that a stylesheet overrides, so that the desk's policy
allows it and its dark colours hold. What it shows is also said in words, for those who do not see it.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape

from kiosk.documents.definition import Chart
from kiosk.fonts import TAIWAN_FAMILY
from kiosk.words.documents.shared import find_document_words

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 44, 26
"""Around the bars: the scale, nothing, the title, the labels."""
GAP = 0.25
"""Of the room of a bar."""
WIDEST_BAR = 64
"""Pixels, that a bar has where there are few of them."""
STEPS = (1, 2, 2.5, 5, 10)
"""A line of the scale stands at a multiple of one of these by a power of ten."""
LINES = 4
"""Of the scale, at most."""
CHARACTER, IDEOGRAPH = 7, 13
"""Pixels of a digit or a Latin letter, and of a Chinese character."""


def draw_chart(chart: Chart, *, for_paper: bool = False) -> str:
    """The chart; on paper in the font of the program."""
    font = f' font-family="{TAIWAN_FAMILY}"' if for_paper else ""
    name = escape(chart.name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{name}-title {name}-values" font-size="12" font-weight="500"{font}>'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-values">{escape(describe_chart(chart))}</desc>'
        f'<text class="chart-title" x="0" y="16" font-size="14" font-weight="700">{escape(chart.title)}</text>'
        f"{''.join(_draw_scale(chart))}{''.join(_draw_bars(chart))}</svg>"
    )


def describe_chart(chart: Chart) -> str:
    """Every label with its figure."""
    return "; ".join(
        f"{label} {format_figure(value, chart)}" for label, value in zip(chart.labels, chart.values, strict=True)
    )


def format_figure(value: float | None, chart: Chart) -> str:
    """A figure in the little room above a bar: minutes as 12:05."""
    if value is None:
        return find_document_words().unknown
    match chart.kind:
        case "minutes":
            hours, minutes = divmod(int(value), 60)
            return f"{hours:,}:{minutes:02}"
        case "share":
            return f"{value * 100:.0f}%"
        case "decimal":
            return f"{value:,.1f}"
        case _:
            return f"{value:,.0f}"


def _draw_scale(chart: Chart) -> Iterator[str]:
    step, top = find_scale(chart)
    for number in range(round(top / step) + 1):
        y = _place(number * step, top)
        yield (
            f'<line class="chart-line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#c8c8c8"/>'
            f'<text class="chart-label" x="{LEFT - 6}" y="{y + 4}" text-anchor="end" fill="#555">'
            f"{format_figure(number * step, chart)}</text>"
        )


def find_scale(chart: Chart) -> tuple[float, float]:
    """The step between the lines of the scale, and its end."""
    unit = 60 if chart.kind == "minutes" else 1
    highest = max([chart.most or 0, *(value for value in chart.values if value is not None)]) / unit
    if highest <= 0:
        return unit, unit
    power = 10 ** math.floor(math.log10(highest / LINES))
    step = next(step * power for step in STEPS if step * power * LINES >= highest)
    if chart.kind in ("count", "minutes"):
        step = max(1, math.ceil(step))
    return step * unit, math.ceil(highest / step) * step * unit


def _place(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)


def _draw_bars(chart: Chart) -> Iterator[str]:
    if not chart.values:
        return
    room, top = (WIDTH - LEFT - RIGHT) / len(chart.values), find_scale(chart)[1]
    width = min(room * (1 - GAP), WIDEST_BAR)
    figures = [format_figure(value, chart) for value in chart.values]
    labelled, has_figures = _choose_labels(chart.labels, room), max(map(_measure, figures)) <= room
    for number, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        middle = round(LEFT + (number + 0.5) * room, 1)
        if value is not None:
            y = _place(value, top)
            yield (
                f'<rect class="chart-bar" x="{middle - width / 2:.1f}" y="{y}" width="{width:.1f}"'
                f' height="{round(HEIGHT - BOTTOM - y, 1)}" fill="#1f5a94"/>'
            )
        if has_figures and value != 0:
            yield _draw_text("chart-value", middle, _place(value or 0, top) - 4, figures[number])
        if number in labelled:
            yield _draw_text("chart-label", middle, HEIGHT - 8, label)


def _choose_labels(labels: Sequence[str], room: float) -> range:
    """Which labels are written: each, or each second, third and so on where they would touch."""
    return range(0, len(labels), max(1, math.ceil(max(map(_measure, labels)) / room)))


def _measure(text: str) -> int:
    return sum(CHARACTER if char.isascii() else IDEOGRAPH for char in text)


def _draw_text(kind: str, x: float, y: float, text: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{round(y, 1)}" text-anchor="middle" fill="#333">{escape(text)}</text>'
