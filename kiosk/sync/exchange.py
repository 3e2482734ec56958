"""What a kiosk says to its hub, step by step: it is heard again, and says what one of its two lines has to say.

Rule: a step is one message and what follows from its answer; it neither sleeps nor starts anything. Of what the hub
holds only what it said last is known, and in memory alone: killed between any two steps, it goes on by asking.
"""

from threading import Lock
from typing import NamedTuple

from domain.log.errors import LogError
from kiosk.errors import UserError
from kiosk.sync.hub_connection import HubConnection, HubNotReached, HubRefused
from kiosk.sync.own_log import OwnLog, OwnLogAltered
from kiosk.sync.retry import Draw, JitterBackoff, Pause, draw_at_random
from kiosk.sync.sync_report import SyncReport
from kiosk.wire_protocol.messages import (
    CHALLENGE,
    SESSION,
    ChallengeAnswer,
    ChallengeRequest,
    Refusal,
    RefusalCode,
    SessionAnswer,
    SessionRequest,
)

PERSON_DECIDES: frozenset[RefusalCode] = frozenset({"stopped", "key_not_valid", "unknown_source"})
"""What only a person at the hub can change."""
_PASSES_BY_ITSELF: frozenset[RefusalCode] = frozenset({"no_session", "behind"})
"""What the next greeting clears."""


class Session(NamedTuple):
    """What a hub that hears the kiosk has said."""

    token: str
    held: int
    """How far it held the own log then."""


class Sessions:
    """The session that both connections use."""

    def __init__(self, own: OwnLog) -> None:
        self._own = own
        self._lock = Lock()
        self._session: Session | None = None

    def find(self, connection: HubConnection) -> Session:
        """The session, begun over this connection where there is none. Raises: HubRefused, HubNotReached, LogError."""
        with self._lock:
            if self._session is None:
                self._session = self._greet(connection)
            return self._session

    def drop(self, session: Session | None) -> None:
        """It is not valid any more; one that was begun meanwhile stays."""
        with self._lock:
            if session is self._session:
                self._session = None

    def _greet(self, connection: HubConnection) -> Session:
        names = self._own.list_names()
        challenge = connection.send(CHALLENGE, ChallengeRequest(names), ChallengeAnswer)
        greeting = self._own.build_greeting(challenge.nonce, challenge.held)
        answer = connection.send(SESSION, SessionRequest.of(greeting), SessionAnswer)
        return Session(answer.token, answer.held)


class Exchange:
    """One of the two lines to the hub. `step` until the program ends, with the pauses between that it asks for."""

    def __init__(
        self, connection: HubConnection, sessions: Sessions, report: SyncReport, draw: Draw = draw_at_random
    ) -> None:
        self.connection = connection
        self._sessions = sessions
        self._report = report
        self._backoff = JitterBackoff(draw)
        self._session: Session | None = None

    @property
    def is_failing(self) -> bool:
        """Whether the last step failed."""
        return self._backoff.is_failing

    def step(self) -> Pause:
        """Send one message, where there is one to send; how long to wait before the next step."""
        try:
            session = self._sessions.find(self.connection)
            if session is not self._session:
                self._begin(session)
                self._session = session
            pause = self._talk(session)
        except HubRefused as refused:
            return self._handle(refused.refusal)
        except HubNotReached as failed:
            return self._fail(failed.code, failed.reason)
        except OwnLogAltered:
            self._report.record_failure("own_log_altered", "")
            return self._backoff.wait_for_person()
        except (LogError, UserError) as refused:  # of a file here: a disk that is full, a program that holds the lock
            return self._fail("own_files", str(refused))
        self._backoff.record_success()
        return pause

    def _begin(self, session: Session) -> None:
        """Another session than before."""

    def _talk(self, session: Session) -> Pause:
        raise NotImplementedError

    def _handle(self, refusal: Refusal) -> Pause:
        if refusal.code == "busy":
            self._report.record_failure("busy", "")
            return self._backoff.record_busy(refusal.wait_seconds or 0.0)
        self._sessions.drop(self._session)
        if refusal.code not in _PASSES_BY_ITSELF:
            self._report.record_refusal(refusal)
        return self._backoff.wait_for_person() if refusal.code in PERSON_DECIDES else self._backoff.record_failure()

    def _fail(self, code: str, reason: str) -> Pause:
        self._report.record_failure(code, reason)
        return self._backoff.record_failure()
