"""A kiosk and those beside it. It loads no stream: a home that is only read has one."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ids import compose


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """A kiosk, and the others whose taps its log may hold."""

    kiosk: str
    others: Iterable[str] = ()
    """Asked at each tap: who was not there before may have joined."""

    def list_all(self) -> tuple[str, ...]:
        """Every kiosk whose taps count here."""
        return (self.kiosk, *self.others)

    def find_kiosk(self, written: str) -> str:
        """The name of a kiosk as its streams have it, however it was composed; one that is not known as written."""
        return next((known for known in self.list_all() if compose(known) == compose(written)), written)
