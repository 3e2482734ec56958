"""A home with an entrance: Ann on the roster, Lan who comes when there is time, a volunteer without a name."""

from collections.abc import Iterator

from devices.protocols.decoder import CardNumber
from domain.log.registered_names import REGISTERED_NAMES
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.entrance.service import TapResult
from kiosk.home import Home
from tests.support.kiosk_program import OPEN_UNIT, SCHEDULE_ANNS_SHIFT, line
from tests.support.people import local_time

ANNS_CARD_NUMBER, LANS_CARD_NUMBER, NAMELESS_CARD_NUMBER, UNKNOWN_CARD_NUMBER = (
    "04000000000001",
    "04000000000002",
    "04000000000003",
    "04FFFFFFFFFFFF",
)


def onboarding_lines(number: str, card: str, mode: str = "rostered", **fields: str) -> Iterator[dict[str, object]]:
    """Enrolled, trained, and given a card."""
    at = "2024-01-10T08:00"
    facts = {"volunteer": number, "mode": mode, "agreement_from": "2024-01-02", **fields}
    yield line("enrol_volunteer", "2024-01-02T08:00", **facts)
    yield line("complete_training", at, volunteer=number, kind="basic", on="2024-01-10")
    yield line("complete_training", at, volunteer=number, kind="special", category="戶政", on="2024-01-10")
    yield line("issue_card", at, volunteer=number, card=card)


OFFICE_LINES = (
    {**OPEN_UNIT, "at": "2026-11-18T08:00"},
    *onboarding_lines("V001", ANNS_CARD_NUMBER, name="王小明"),
    *onboarding_lines("V002", LANS_CARD_NUMBER, "flexible", name="Nguyễn Thị Lan", language="vi"),
    *onboarding_lines("V003", NAMELESS_CARD_NUMBER),
    {**SCHEDULE_ANNS_SHIFT, "post": "櫃台"},
)
"""Ann is on the roster of 2026-11-19 from 9 to 12, Lan comes when there is time, V003 has no name."""


class HomeEntrance:
    """A home and the controller of its entrance; times are those of 2026-11-19 unless they say their date."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.controller = EntranceController(build_sources(home))

    def tap(self, at: str, card: str = ANNS_CARD_NUMBER, reader: str = "door") -> TapResult:
        seen = local_time(at if "-" in at else f"2026-11-19 {at}")
        self.home.set_clock(seen)
        return self.controller.record_tap(CardNumber.parse(card), reader, seen)

    @property
    def stored_names(self) -> list[str]:
        """The stored names of all events, in order."""
        return [REGISTERED_NAMES.find_name(type(entry.event)) for entry in self.home.log.read_entries()]
