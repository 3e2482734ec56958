"""The words of the page of who is in the building, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class MusterWords:
    """The words of one language."""

    title: str
    as_of: str
    """With {time}."""
    count: str
    """With {count}."""
    nobody: str
    number: str
    name: str
    since: str
    kiosk: str
    desk: str
    accounted: str
    show_names: str
    show_names_hint: str
    names_shown: str
    news: str
    """With {kiosk}, {time} and {minutes}."""
    no_news: str
    """With {kiosk}."""
    news_hint: str
    drill: str
    drill_hint: str
    remark: str
    record: str
    recorded: str
    """With {accounted} and {missing}."""
    drills: str
    missing: str
    print_hint: str


MUSTER: Mapping[Literal["zh-TW", "en"], MusterWords] = {
    "zh-TW": MusterWords(
        title="在場名單",
        as_of="{time} 的名單",
        count="在場 {count} 位",
        nobody="目前沒有志工在場。",
        number="編號",
        name="姓名",
        since="簽到",
        kiosk="簽到機",
        desk="承辦人登錄",
        accounted="到齊",
        show_names="顯示全名",
        show_names_hint="緊急疏散時使用；會記下您看過這份名單。",
        names_shown="全名已顯示，系統記下了這次查看。",
        news="{kiosk}：最後一次刷卡 {time}（{minutes} 分鐘前）",
        no_news="{kiosk}：這幾天沒有刷卡",
        news_hint="沒有刷卡就離開的人，還會在名單上。",
        drill="疏散演練",
        drill_hint="在集合地點點名，到的人打勾，然後登錄。沒打勾的會登錄為未到。",
        remark="備註",
        record="登錄演練",
        recorded="演練已登錄：到齊 {accounted} 位，未到 {missing} 位。",
        drills="最近的演練",
        missing="未到",
        print_hint="列印這一頁，帶到集合地點。",
    ),
    "en": MusterWords(
        title="In the building",
        as_of="The list of {time}",
        count="{count} in",
        nobody="Nobody is in just now.",
        number="Number",
        name="Name",
        since="Since",
        kiosk="Kiosk",
        desk="recorded at the desk",
        accounted="Accounted for",
        show_names="Show full names",
        show_names_hint="For an evacuation; it is recorded that you saw this list.",
        names_shown="The full names are shown; that you saw them is recorded.",
        news="{kiosk}: last tap {time} ({minutes} min ago)",
        no_news="{kiosk}: no tap in the last days",
        news_hint="Those who left without a tap are still on the list.",
        drill="Evacuation drill",
        drill_hint="Call the names at the assembly point, tick those who are there, then record it. The others are "
        "recorded as missing.",
        remark="Remark",
        record="Record the drill",
        recorded="The drill is recorded: {accounted} accounted for, {missing} missing.",
        drills="The latest drills",
        missing="Missing",
        print_hint="Print this page and take it to the assembly point.",
    ),
}
