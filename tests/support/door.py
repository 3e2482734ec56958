"""A home with somebody at its door: Ann on the roster, Lan who comes when there is time, one who left no name."""

from collections.abc import Iterator

from devices.protocols.decoder import CardNumber
from domain.log.registered_names import OUR_NAMES
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.results import TapResult
from kiosk.home import Home
from tests.support.cast import local
from tests.support.kiosk_program import ANNS_SHIFT, OPENED, line

ANNS, LANS, NAMELESS, STRANGERS = "04000000000001", "04000000000002", "04000000000003", "04FFFFFFFFFFFF"


def serves(number: str, card: str, mode: str = "rostered", **said: str) -> Iterator[dict[str, object]]:
    """Enrolled, trained, and given a card."""
    at = "2024-01-10T08:00"
    facts = {"volunteer": number, "mode": mode, "agreement_from": "2024-01-02", **said}
    yield line("enrol_volunteer", "2024-01-02T08:00", **facts)
    yield line("complete_training", at, volunteer=number, kind="basic", on="2024-01-10")
    yield line("complete_training", at, volunteer=number, kind="special", category="戶政", on="2024-01-10")
    yield line("issue_card", at, volunteer=number, card=card)


OFFICE = (
    OPENED,
    *serves("V001", ANNS, name="王小明"),
    *serves("V002", LANS, "flexible", name="Nguyễn Thị Lan", language="vi"),
    *serves("V003", NAMELESS),
    {**ANNS_SHIFT, "post": "櫃台"},
)
"""Ann is on the roster of 2026-11-19 from 9 to 12, Lan comes when there is time, somebody has left no name."""


class Entrance:
    """A home with somebody at its door; times are those of 2026-11-19 unless they say their date."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.keeper = EntranceController(home)

    def tap(self, at: str, card: str = ANNS, reader: str = "door") -> TapResult:
        seen = local(at if "-" in at else f"2026-11-19 {at}")
        self.home.set_clock(seen)
        return self.keeper.record_tap(CardNumber.parse(card), reader, seen)

    @property
    def recorded(self) -> list[str]:
        """The stored names of all events, in order."""
        return [OUR_NAMES.name_of(type(entry.event)) for entry in self.home.log.entries()]
