"""The words of the pages of calendar feeds, and of the feeds, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.model.calendar_feeds import FeedKind
from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWords:
    """The words of one language."""

    title: str
    """Of the page, and of a calendar behind the name of the unit."""
    hint: str
    duty: str
    """A duty without a post."""
    vacant: str
    """Behind the post of a duty that nobody is expected for."""
    kinds: Mapping[FeedKind, str]
    none: str
    open_feeds: str
    subject: str
    new: str
    renew: str
    close: str
    closed: str
    number: str
    post: str
    open_it: str
    address: str
    address_hint: str
    unknown: str


FEEDS: Mapping[StaffLanguage, FeedWords] = {
    "zh-TW": FeedWords(
        title="值勤日曆",
        hint="把班表放進手機或電腦的日曆。拿到網址的人就看得到班次，請只給本人；網址外流時，換一個新的，舊的立刻失效。",
        duty="值勤",
        vacant="（無人值勤）",
        kinds={"unit": "全單位", "post": "一個崗位", "volunteer": "一位志工"},
        none="還沒有任何日曆網址。",
        open_feeds="已開啟的日曆",
        subject="對象",
        new="開啟日曆",
        renew="換新網址",
        close="停用",
        closed="這個日曆網址已經停用。",
        number="志工編號",
        post="崗位",
        open_it="產生網址",
        address="網址",
        address_hint="只顯示這一次，請現在複製。在日曆程式選「訂閱日曆」，貼上網址。",
        unknown="沒有這位志工或這個崗位。",
    ),
    "en": FeedWords(
        title="Duty calendars",
        hint="Duties in the calendar of a phone or a computer. Who has the address reads the duties: give it to that "
        "person only. If it leaks, renew it; the old one ends at once.",
        duty="Duty",
        vacant=" (vacant)",
        kinds={"unit": "the whole unit", "post": "a post", "volunteer": "a volunteer"},
        none="No calendar has an address yet.",
        open_feeds="Calendars with an address",
        subject="Of",
        new="Open a calendar",
        renew="Renew the address",
        close="Close",
        closed="This address is closed.",
        number="Number of the volunteer",
        post="Post",
        open_it="Make the address",
        address="Address",
        address_hint="It is shown this once: copy it now. Choose to subscribe in the calendar program and paste it.",
        unknown="There is no such volunteer or post.",
    ),
}
