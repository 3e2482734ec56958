"""Readers of the PC/SC service, such as ACR122U and ACR1252U: the service says that a card came, the card its number.

The rule: as long as a card lies there it is seen, so that a weak coupling is no second presentation. A service that
was restarted, and a reader that was unplugged, are lost and opened again like any other.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from typing_extensions import override

from devices.faults import CardFault, Fault, PortFault
from devices.ports.backoff import STEPS
from devices.ports.errors import PortLost, PortUnavailable
from devices.ports.pcsc_library import (
    COMMUNICATION_LOST,
    FORBIDDEN,
    NO_SERVICE,
    NO_SMARTCARD,
    NOT_TRANSACTED,
    REMOVED_CARD,
    RESET_CARD,
    SHARING_VIOLATION,
    UNPOWERED_CARD,
    UNRESPONSIVE_CARD,
    UNSUPPORTED_CARD,
    PcscError,
    PcscService,
    Slot,
)
from devices.profiles.profile import Profile
from devices.protocols.apdu import GET_UID, TOO_SOON, parse_uid
from devices.protocols.decoder import BadFrame, CardNumber
from devices.readers.events import ReaderEvent
from devices.readers.reader_thread import TICK_SECONDS, ReaderSource, ReaderThread, seconds_since_boot
from devices.readers.repeat_filter import compute_hold

RETRY_SECONDS = 0.1
"""Until a card whose query failed, and that still lies there, is queried again."""

_SERVICE_FAULTS = {
    NO_SERVICE: Fault(PortFault.PCSC_NOT_RUNNING),
    FORBIDDEN: Fault(PortFault.PCSC_FORBIDDEN),
}
_LOST = Fault(PortFault.PCSC_LOST)

_CARD_FAULTS = {
    NO_SMARTCARD: TOO_SOON,
    REMOVED_CARD: TOO_SOON,
    RESET_CARD: TOO_SOON,
    NOT_TRANSACTED: TOO_SOON,
    COMMUNICATION_LOST: TOO_SOON,
    UNRESPONSIVE_CARD: TOO_SOON,
    UNPOWERED_CARD: TOO_SOON,
    UNSUPPORTED_CARD: Fault(CardFault.UNSUPPORTED),
    SHARING_VIOLATION: Fault(CardFault.USED_BY_ANOTHER_PROGRAM),
}
"""What a card can refuse; anything else is the reader's or the service's."""


class PcscReader(ReaderThread):
    """Reads the PC/SC readers whose names contain `name_part`, all of them where it is empty, as one reader.

    Args:
        name: what the events call this reader.
        name_part: part of a name, such as `ACR122U`, in any case.
        profile: what becomes of the number.
        post: takes each event; it must not block.
        now: the aware instant that a card is stamped with.
        clock: seconds, never going back, for holds and stalls.
        backoff: seconds to wait before each further attempt, as in `Backoff`.
    """

    def __init__(
        self,
        name: str,
        name_part: str,
        profile: Profile,
        post: Callable[[ReaderEvent], object],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = seconds_since_boot,
        backoff: Sequence[float] = STEPS,
    ) -> None:
        opening, hold = partial(PcscSlots, name_part, profile), compute_hold(profile.repeat_seconds)
        super().__init__(name, opening, post, now=now, clock=clock, backoff=backoff, hold=hold)


class PcscSlots(ReaderSource):
    """The readers of the service with a name, and what lies on them: a `ReaderSource`.

    Raises:
        PortUnavailable: there is no such reader, no service, or no library.
    """

    @property
    @override
    def answers(self) -> bool | None:
        return True

    def __init__(self, name_part: str, profile: Profile) -> None:
        self._port = f"pcsc:{name_part}"
        self._wanted = name_part.casefold()
        self._profile = profile
        self._cards: dict[str, CardNumber] = {}
        self._pending: list[Slot] = []
        self._service = self._connect()
        try:
            self._slots = self._list_slots([])
        except PortLost as lost:
            self._service.release()
            raise PortUnavailable(self._port, lost.fault) from lost

    @override
    def wait(self) -> bool:
        """Nothing here grows old: what lies on a reader lies there now."""
        self._slots = self._list_slots(self._slots)
        try:
            came = self._service.wait(self._slots, RETRY_SECONDS if self._pending else TICK_SECONDS)
        except PcscError as refusal:
            raise self._lost(refusal) from refusal
        self._pending += [slot for slot in came if slot not in self._pending]
        return False

    @override
    def take_readings(self) -> list[CardNumber | BadFrame]:
        slots, self._pending = self._pending, []
        found = [reading for slot in slots if (reading := self._check_slot(slot)) is not None]
        return [*found, *self._cards.values()]

    @override
    def discard(self) -> None:
        """There is nothing to forget."""

    @override
    def cancel(self) -> None:
        self._service.cancel()

    @override
    def close(self) -> None:
        self._service.release()

    def _connect(self) -> PcscService:
        try:
            return PcscService()
        except OSError as missing:
            raise PortUnavailable(self._port, Fault(PortFault.PCSC_NOT_INSTALLED)) from missing
        except PcscError as refusal:
            fault = _SERVICE_FAULTS.get(refusal.code) or Fault(PortFault.PCSC_REFUSED, {"number": refusal.code})
            raise PortUnavailable(self._port, fault) from refusal

    def _list_slots(self, known: list[Slot]) -> list[Slot]:
        """The readers that are there now; those that stayed are as they were."""
        slots = {slot.reader: slot for slot in known}
        try:
            plugged = self._service.list_readers()
        except PcscError as refusal:
            raise self._lost(refusal) from refusal
        names = [name for name in plugged if self._wanted in name.casefold()]
        if not names:
            raise PortLost(self._port, Fault(PortFault.PCSC_READER_MISSING))
        self._cards = {name: card for name, card in self._cards.items() if name in names}
        return [slots.get(name, Slot(name)) for name in names]

    def _lost(self, refusal: PcscError) -> PortLost:
        return PortLost(self._port, _SERVICE_FAULTS.get(refusal.code, _LOST))

    def _check_slot(self, slot: Slot) -> BadFrame | None:
        """Keep in mind what lies there now; what is wrong with it, if something is."""
        self._cards.pop(slot.reader, None)
        reading = self._read_number(slot) if slot.has_card else None
        if isinstance(reading, CardNumber):
            self._cards[slot.reader] = reading
            return None
        return reading

    def _read_number(self, slot: Slot) -> CardNumber | BadFrame:
        if slot.is_mute:
            return BadFrame(b"", TOO_SOON)
        try:
            answer = parse_uid(self._service.ask(slot.reader, GET_UID))
        except PcscError as refusal:
            if refusal.code not in _CARD_FAULTS:
                raise self._lost(refusal) from refusal
            self._pending.append(slot)
            return BadFrame(b"", _CARD_FAULTS[refusal.code])
        return answer if isinstance(answer, BadFrame) else self._profile.decode_frame(answer)
