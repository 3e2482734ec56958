"""What a hub does for the kiosks of one unit, over the unit's home.

Rule: one thread at a time, and none once it is closed. The register of the kiosks is read anew for each message, so
what the desk or another program decides holds from the next one on.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from uuid import UUID

import msgspec

from domain.act import Act
from domain.clock import MachineClock, to_the_second
from domain.log.chain import Head
from domain.model.kiosk_register import KioskRegister
from domain.source_errors import KeyNotValid, LogJoined, SourceStopped, UnknownSource
from domain.use_cases.clock_monitor import ClockMonitor
from domain.use_cases.source_intake import SourceIntake
from domain.use_cases.unit_rules import UnitRules
from kiosk.accounts.join_codes import WrongCode, demand_home_of_unit, redeem_join_code
from kiosk.act_builder import ActBuilder
from kiosk.desk.home_access import HomeLock
from kiosk.home import Home
from kiosk.home_files import KEY_FILE, read_site_key
from kiosk.hub.needed_names import NeededNames
from kiosk.hub.refusals import refuse
from kiosk.hub.rows_for_kiosk import read_rows_for
from kiosk.hub.sessions import HubSessions, Nonces
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from kiosk.wire_protocol.messages import (
    ChallengeAnswer,
    ChallengeRequest,
    Copied,
    ExchangeAnswer,
    ExchangeRequest,
    JoinAnswer,
    JoinRequest,
    MaskedName,
    NamesAnswer,
    NamesRequest,
    Nanoseconds,
    Pull,
    Push,
    SessionAnswer,
    SessionRequest,
)

_CLOCK = MachineClock()


class HubUnit:
    """One unit, as its kiosks meet it. Raises: HubRefused, SourceRefused, DomainError, LogError, UserError."""

    def __init__(self, home: Home, now: Callable[[], float] = monotonic) -> None:
        """`now`: seconds on a stopwatch. Raises: UserError for the home of a kiosk that has joined a hub."""
        demand_home_of_unit(home)
        self._home = home
        self._acts = ActBuilder(home)
        self._clock_monitor = ClockMonitor(home.log, home.settings.kiosk)  # that of the home is the desk's
        self._intake = SourceIntake(home.log, home.clock)
        self._needed_names = NeededNames(home.log)
        self._nonces, self._sessions = Nonces(now), HubSessions(now)
        self.lock = HomeLock()
        """Held while the home is asked; to be closed before the home."""

    def read_position(self) -> int:
        """Where the log ends."""
        with self.lock:
            return self._home.log.head().position

    # --- Joining ---

    def join(self, request: JoinRequest) -> JoinAnswer:
        """Take the log of a kiosk from now on."""
        home = self._home
        with self.lock:
            try:
                permit = redeem_join_code(home, request.code, request.log_id)
            except WrongCode:
                raise refuse("wrong_code") from None
            try:
                now = self._find_now()
                act = Act(to_the_second(now), permit.by, now)
                self._intake.join(permit.kiosk, request.log_id, request.public_key, home.settings.own_kiosks, act)
            except LogJoined:
                self._demand_same(request, permit.kiosk)
            return JoinAnswer(
                home.log.log_id,
                permit.kiosk,
                home.zone.key,
                home.simulation,
                read_site_key(home.path / KEY_FILE),
                self._list_other_kiosks(self._intake.load_register(), request.log_id),
            )

    def _demand_same(self, request: JoinRequest, kiosk: str) -> None:
        """A kiosk that did not hear the answer asks once more."""
        source = self._intake.load_register().find(request.log_id)
        if (source.kiosk, source.public_key, source.is_revoked) != (kiosk, request.public_key, False):
            raise refuse("name_taken")

    def _list_other_kiosks(self, register: KioskRegister, asker: UUID) -> tuple[str, ...]:
        own = register.find(asker).kiosk
        return tuple(kiosk for kiosk in register.list_kiosks(self._home.settings.own_kiosks) if kiosk != own)

    # --- Being heard ---

    def challenge(self, request: ChallengeRequest) -> ChallengeAnswer:
        """What a kiosk has to sign, and how far it is held under the last of its names that joined."""
        with self.lock:
            joined = self._intake.load_register().sources
            source = next((name for name in reversed(request.names) if name in joined), None)
            if source is None:
                raise UnknownSource(request.names[-1])
            held = self._intake.find_held(source)
            return ChallengeAnswer(self._nonces.issue(source, request.names, held), held)

    def begin_session(self, request: SessionRequest) -> SessionAnswer:
        """Hear a kiosk that signed what it was given."""
        with self.lock:
            asked = self._nonces.redeem(request.nonce, request.names)
            if asked is None:
                raise refuse("no_session")
            held = self._intake.greet(request.build_greeting(), asked.answer)
            return SessionAnswer(self._sessions.begin(asked.source), held.position, read_hub_time())

    def _demand_session(self, token: str) -> tuple[KioskRegister, UUID]:
        """The source of a token, if it is still to be heard: the register decides, not that it was heard before."""
        source = self._sessions.find(token)
        if source is None:
            raise refuse("no_session")
        register = self._intake.load_register()
        known = register.sources.get(source)
        if known and not known.is_revoked and known.alarm is None:
            return register, source
        self._sessions.end_all(source)
        if known is None:
            raise UnknownSource(source)
        raise SourceStopped(source, known.alarm.kind) if known.alarm else KeyNotValid(source)

    # --- Exchanging ---

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """Take what a kiosk pushes, then send what it pulls."""
        with self.lock:
            register, source = self._demand_session(request.token)
            held = self._take(source, request.push) if request.push else None
            position = self._home.log.head().position  # once: what is written meanwhile is news for the next answer
            copied = self._copy(source, request.pull, position) if request.pull else None
            return ExchangeAnswer(
                read_hub_time(),
                position,
                self._list_other_kiosks(register, source),
                held.position if held else None,
                copied,
            )

    def _take(self, source: UUID, push: Push) -> Head:
        if push.log_id != source:
            raise refuse("no_session")
        return self._intake.take(push.build_batch())

    def _copy(self, source: UUID, pull: Pull, position: int) -> Copied:
        today = self._find_now().astimezone(self._home.zone).date()
        return read_rows_for(self._home.log, source, pull, today, position)

    def _find_now(self) -> datetime:
        """When something that happens now is written down."""
        if self._home.simulation:
            return self._acts.now()
        monitor, reading = self._clock_monitor, self._home.clock.read()
        return monitor.find_recorded_at(monitor.rate(reading), self._home.clock.now())

    # --- Names ---

    def send_names(self, request: NamesRequest) -> NamesAnswer:
        """The names that a kiosk may need, as a screen shows them, unless it has them."""
        with self.lock:
            self._demand_session(request.token)
            style = self._home.settings.masking
            needed = self._needed_names.find(UnitRules(self._home.log).load().days.of(self._find_now()))
            names = tuple(
                MaskedName(volunteer_id, sanitise(mask(name, style)), language)
                for volunteer_id, name, language in self._home.people.load_greetings()
                if volunteer_id in needed
            )
        digest = hashlib.sha256(msgspec.msgpack.encode(names)).digest()
        return NamesAnswer(digest, None if digest == request.known else names)


def read_hub_time() -> Nanoseconds:
    """The clock of this machine, whatever a simulation says: the kiosk compares it with its own."""
    now = _CLOCK.now()
    return int(now.timestamp()) * 1_000_000_000 + now.microsecond * 1_000
