"""Charts: bars that say in words what they show, and are allowed by the policy of the desk."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest

from kiosk.documents.charts import describe_chart, draw_chart, find_scale
from kiosk.documents.definition import Chart
from kiosk.words.language import use_language

SVG = "{http://www.w3.org/2000/svg}"


def parse(chart: Chart) -> ET.Element:
    with use_language("zh-TW"):
        return ET.fromstring(draw_chart(chart))  # noqa: S314 - of ours


def test_a_bar_stands_for_each_figure_that_is_known() -> None:
    root = parse(Chart("days", "每日時數", ["一", "二", "三"], [60, None, 30], "minutes"))
    bars = root.findall(f"{SVG}rect")
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert len(bars) == 2
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    texts = [text.text for text in root.findall(f"{SVG}text")]
    assert {"一", "二", "三", "1:00", "0:30", "未記錄"} <= {*texts}


def test_it_says_its_title_and_every_figure_to_those_who_do_not_see_it() -> None:
    chart = Chart("days", "每日時數", ["一", "二"], [725, None], "minutes")
    root = parse(chart)
    named = {root.find(f"{SVG}title"), root.find(f"{SVG}desc")} - {None}
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [
        one.attrib["id"] for one in sorted(named, key=lambda one: one.tag, reverse=True) if one is not None
    ]
    with use_language("zh-TW"):
        assert describe_chart(chart) == "一 12:05; 二 未記錄"


def test_no_style_and_no_script_is_in_it_and_markup_is_text() -> None:
    drawn = draw_chart(Chart('"><script>', "<b>&", ["<i>"], [1]))
    assert re.search(r"<style|<script|style=|\son\w+=|<b>|<i>", drawn) is None
    ET.fromstring(drawn)  # noqa: S314 - of ours


@pytest.mark.parametrize(
    ("values", "kind", "most", "scale"),
    [
        ([0, 0], "count", None, (1, 1)),
        ([], "count", None, (1, 1)),
        ([1], "count", None, (1, 1)),
        ([4], "count", None, (1, 4)),
        ([5], "count", None, (2, 6)),
        ([1000], "count", None, (250, 1000)),
        ([30], "minutes", None, (60, 60)),
        ([725], "minutes", None, (300, 900)),
        ([0.2, 0.5], "share", 1, (0.25, 1)),
    ],
)
def test_the_scale_ends_at_a_round_figure_above_the_highest(
    values: Sequence[float], kind: str, most: float | None, scale: tuple[float, float]
) -> None:
    chart = Chart("c", "c", [""] * len(values), values, kind, most)  # pyright: ignore[reportArgumentType]
    assert find_scale(chart) == scale


@pytest.mark.parametrize(("bars", "labels"), [(12, 12), (96, 24), (0, 0)])
def test_labels_that_would_touch_are_left_out(bars: int, labels: int) -> None:
    root = parse(Chart("c", "c", [f"{number // 4:02}:00" for number in range(bars)], [1] * bars))
    shown = [text.text for text in root.findall(f"{SVG}text") if re.fullmatch(r"\d\d:00", text.text or "")]
    assert len(shown) == pytest.approx(labels, abs=8)
    assert len(shown) * 5 * 7 <= 656
