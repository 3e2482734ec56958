"""The kiosks whose logs are taken into this one, the keys that prove what they wrote, and the alarms that they raised.

Rule: a kiosk's name is given once. A kiosk that begins a new log gets a new name, because its streams derive from that
and begin at version 1. An alarm stops its source until a person settles it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.ids import DESK, compose, kiosk_register_stream
from domain.model.streams import DeskStream, StandingStream
from domain.source_errors import KioskNameTaken, LogJoined, NoOpenAlarm, NoSuchKiosk, NoSuchSource

AlarmKind = Literal["went_back", "forked", "restored", "clone", "not_yours"]
"""The log of a source ends before what is held of it; it holds other events than are held; it was restored from a
backup, and has a new name; what is held goes on although the source has shown another line, so two machines have its
files; it sent an event of a stream that is not its own."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why a source was stopped."""

    kind: AlarmKind
    held: int
    """The last position that was held of the source."""
    reached: int
    """The position that it showed, or that of the event which is not its own."""
    detail: str | None = None
    """The stored name of that event, or the new name of a restored log."""


@dataclass(slots=True)
class Source:
    """A log that joined."""

    log_id: UUID
    kiosk: str
    public_key: bytes
    joined_at: datetime
    is_revoked: bool = False
    alarm: Alarm | None = None
    """The one that waits to be settled."""


class KioskRegister(StandingStream):
    """All sources of a log."""

    TOPIC = "kiosk-register"

    class KioskJoined(DeskStream.Event):
        """The log of a kiosk is taken from now on."""

        TOPIC = "kiosk-register.kiosk-joined"
        kiosk: str
        log_id: UUID
        public_key: str
        """Ed25519, 64 hexadecimal digits."""

    class KeyRevoked(DeskStream.Event):
        """Nothing that a key signs counts any more."""

        TOPIC = "kiosk-register.key-revoked"
        log_id: UUID
        note: UUID | None
        note_digest: str | None

    class AlarmRaised(DeskStream.Event):
        """A source was stopped."""

        TOPIC = "kiosk-register.alarm-raised"
        log_id: UUID
        kind: str
        held: int
        reached: int
        detail: str | None

    class AlarmSettled(DeskStream.Event):
        """A person has looked at an alarm; the source is heard again."""

        TOPIC = "kiosk-register.alarm-settled"
        log_id: UUID
        note: UUID | None
        note_digest: str | None

    @classmethod
    def of_home(cls) -> Self:
        """The register, not yet read."""
        return cls.at_version_zero(kiosk_register_stream())

    # --- Commands ---

    def join(self, kiosk: str, log_id: UUID, public_key: bytes, own_kiosks: Collection[str], act: Act) -> None:
        """Register the log of a kiosk; `own_kiosks` write to this log themselves.

        Raises: LogJoined, KioskNameTaken.
        """
        if found := self.sources.get(log_id):
            raise LogJoined(log_id, found.kiosk)
        taken = {DESK, *own_kiosks, *(source.kiosk for source in self.sources.values())}
        if compose(kiosk) in {compose(name) for name in taken}:
            raise KioskNameTaken(kiosk)
        facts = {"kiosk": compose(kiosk), "log_id": log_id, "public_key": public_key.hex()}
        self.trigger_event(self.KioskJoined, **facts, **act.build_fields())

    def revoke(self, log_id: UUID, note: Note | None, act: Act) -> None:
        """Revoke the key of a source; one that is revoked is left as it is. Raises: NoSuchSource."""
        if not self.find(log_id).is_revoked:
            self.trigger_event(self.KeyRevoked, log_id=log_id, **build_note_fields(note), **act.build_fields())

    def raise_alarm(self, log_id: UUID, alarm: Alarm, act: Act) -> None:
        """Stop a source. Raises: NoSuchSource."""
        self.find(log_id)
        facts = {"kind": alarm.kind, "held": alarm.held, "reached": alarm.reached, "detail": alarm.detail}
        self.trigger_event(self.AlarmRaised, log_id=log_id, **facts, **act.build_fields())

    def settle_alarm(self, log_id: UUID, note: Note, act: Act) -> None:
        """Hear a source again, for a reason. Raises: NoSuchSource, NoOpenAlarm."""
        source = self.find(log_id)
        if source.alarm is None:
            raise NoOpenAlarm(log_id, source.kiosk)
        self.trigger_event(self.AlarmSettled, log_id=log_id, **build_note_fields(note), **act.build_fields())

    def find(self, log_id: UUID) -> Source:
        """A source. Raises: NoSuchSource."""
        try:
            return self.sources[log_id]
        except KeyError:
            raise NoSuchSource(log_id) from None

    def find_by_name(self, kiosk: str) -> Source:
        """The source of a kiosk, however its name was composed. Raises: NoSuchKiosk."""
        found = (source for source in self.sources.values() if source.kiosk == compose(kiosk))
        if source := next(found, None):
            return source
        raise NoSuchKiosk(kiosk)

    def list_kiosks(self, own_kiosks: Collection[str]) -> list[str]:
        """Every kiosk of the unit: those that write to this log themselves, and those that joined, in that order.

        One whose key was revoked is among them: what it recorded before counts.
        """
        return [*dict.fromkeys((*own_kiosks, *(source.kiosk for source in self.sources.values())))]

    # --- What the events do ---

    def begin(self) -> None:
        """No kiosk has joined."""
        self.sources: dict[UUID, Source] = {}
        """By the `log_id` under which each joined."""

    @event(KioskJoined)
    def _joined(self, kiosk: str, log_id: UUID, public_key: str, at: datetime) -> None:
        self.sources[log_id] = Source(log_id, kiosk, bytes.fromhex(public_key), at)

    @event(KeyRevoked)
    def _revoked(self, log_id: UUID) -> None:
        self.sources[log_id].is_revoked = True

    @event(AlarmRaised)
    def _raised(self, log_id: UUID, kind: AlarmKind, held: int, reached: int, detail: str | None) -> None:
        self.sources[log_id].alarm = Alarm(kind, held, reached, detail)

    @event(AlarmSettled)
    def _settled(self, log_id: UUID) -> None:
        self.sources[log_id].alarm = None
