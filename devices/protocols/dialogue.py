"""The conversation with a reader that must be asked: greet it, search for a card, and search again.

    greeting ──answered──▶ search ──answered──▶ pause ──▶ search …          a card: the read goes out
        ▲                    │  └──a card of more than one question──▶ that question ──▶ pause
        └──no answer in time─┘        after RETRIES in a row the reader counts as lost, and is asked on

The rule: only the answer that a question expects counts as one. Whatever else comes (an acknowledgement,
one that nobody asked for, the answer to another question, an error) is nothing; a reader that says only
such things runs out of time like a silent one, and is greeted anew, as after a loss of power.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.protocols.decoder import BadFrame, Decoder, Frame
from devices.protocols.polling import Asked

ANSWER_SECONDS = 0.3
"""How long a question waits for its answer; the slowest, a whole search at 9600 baud, takes a tenth of a second."""

PAUSE_SECONDS = 0.05
"""Between an answer and the next search: nobody notices it, and the line is quiet most of the time."""

RETRIES = 3
"""Unanswered questions in a row after the first, until the reader counts as lost: 1.2 seconds in all."""


@dataclass(frozen=True, slots=True)
class Question:
    """Bytes to send, and how the body of the answer begins."""

    send: bytes
    answer: re.Pattern[bytes]


def question(send: bytes, answer: bytes) -> Question:
    """A question whose answer begins with bytes that match the pattern `answer`."""
    return Question(send, re.compile(answer, re.DOTALL))


def _no_more(_: bytes) -> Question | None:
    return None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of readers is talked to."""

    frames: Callable[[], Decoder]
    """Makes the decoder of everything that the reader says."""
    search: Question
    """Asked over and over; must be answered at once, card or none."""
    card_in: Callable[[bytes], Frame | BadFrame | None]
    """The number in an answer, in air order; None in one that is about no card."""
    greeting: tuple[Question, ...] = ()
    """Wake-up and configuration, in order."""
    then: Callable[[bytes], Question | None] = field(default=_no_more)
    """What to ask after this answer to `search`; None to search again."""


class Dialogue:
    """The `Poller` of a reader that speaks `dialect`."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._frames = dialect.frames()
        self._ahead = list(dialect.greeting)
        self._asked: Question | None = None
        self._due = float("-inf")
        self._unanswered = 0
        self._answers: bool | None = None

    def step(self, now: float, data: bytes) -> Asked[Frame | BadFrame]:
        """One turn. See `Poller`."""
        results = self._frames.feed(data)
        late = self._asked is not None and now >= self._due
        if late:
            results += self._frames.idle()
        for result in results:
            if isinstance(result, Frame):
                self._hear(result.body, now)
        send = self._ask(now) if self._asked is None or late else b""
        return Asked(send, self._reads(results), self._answers)

    def _reads(self, results: list[Frame | BadFrame]) -> list[Frame | BadFrame]:
        found = (result if isinstance(result, BadFrame) else self._dialect.card_in(result.body) for result in results)
        return [read for read in found if read is not None]

    def _hear(self, body: bytes, now: float) -> None:
        if self._asked is None or not self._asked.answer.match(body):
            return
        asked, self._asked = self._asked, None
        if asked in self._dialect.greeting:
            self._due = now
            return
        self._unanswered, self._answers = 0, True
        further = self._dialect.then(body) if asked is self._dialect.search else None
        self._ahead = [further] if further else []
        self._due = now if further else now + PAUSE_SECONDS

    def _ask(self, now: float) -> bytes:
        """The next question, when its time has come; the greeting, when the last was not answered."""
        if self._asked is not None:
            self._miss()
        elif now < self._due:
            return b""
        self._asked = self._ahead.pop(0) if self._ahead else self._dialect.search
        self._due = now + ANSWER_SECONDS
        return self._asked.send

    def _miss(self) -> None:
        self._unanswered += 1
        self._ahead = list(self._dialect.greeting)
        if self._unanswered > RETRIES:
            self._answers = False
