"""The conversation with a reader that must be polled: greet it, search for a card, and search again.

    greeting ──answered──▶ search ──answered──▶ pause ──▶ search …          a card: the read goes out
        ▲                    │  └──a card of more than one question──▶ that question ──▶ pause
        └──no answer in time─┘        after RETRIES in a row the reader counts as lost, and is asked on

The rule: only the answer that a question expects counts as one. Whatever else comes (an acknowledgement,
one that was not asked for, the answer to another question, an error) is nothing; a reader that says only
such things runs out of time like a silent one, and is greeted again, as after a loss of power.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from typing_extensions import override

from devices.protocols.decoder import BadFrame, Decoder, Frame
from devices.protocols.polling import Poller, PollResult

ANSWER_SECONDS = 0.3
"""How long a question waits for its answer; the slowest, a whole search at 9600 baud, takes a tenth of a second."""

PAUSE_SECONDS = 0.05
"""Between an answer and the next search: people do not notice it, and the line is quiet most of the time."""

RETRIES = 3
"""Unanswered questions in a row after the first, until the reader counts as lost: 1.2 seconds in all."""


@dataclass(frozen=True, slots=True)
class Question:
    """Bytes to send, and how the body of the answer begins."""

    send: bytes
    answer: re.Pattern[bytes]


def build_question(send: bytes, answer: bytes) -> Question:
    """A question whose answer begins with bytes that match the pattern `answer`."""
    return Question(send, re.compile(answer, re.DOTALL))


def _search_again(_: bytes) -> Question | None:
    return None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of readers is talked to."""

    build_frame_decoder: Callable[[], Decoder]
    """Makes the decoder of everything that the reader says."""
    search: Question
    """Asked over and over; must be answered at once, card or none."""
    parse_card: Callable[[bytes], Frame | BadFrame | None]
    """The number in an answer, in air order; None in one that is about no card."""
    greeting: tuple[Question, ...] = ()
    """Wake-up and configuration, in order."""
    choose_follow_up: Callable[[bytes], Question | None] = field(default=_search_again)
    """What to ask after this answer to `search`; None to search again."""

    def build_card_decoder(self) -> "CardFrameDecoder":
        """A decoder of the cards in what the reader sends, polled or not."""
        return CardFrameDecoder(self.build_frame_decoder(), self.parse_card)


class CardFrameDecoder(Decoder):
    """A decoder's frames cut down to the cards in them: a frame's body is the number, other answers are nothing."""

    def __init__(self, frames: Decoder, parse_card: Callable[[bytes], Frame | BadFrame | None]) -> None:
        self._frames = frames
        self._parse_card = parse_card

    @override
    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        return _keep_cards(self._frames.feed(data), self._parse_card)

    @override
    def idle(self) -> list[Frame | BadFrame]:
        return _keep_cards(self._frames.idle(), self._parse_card)


def _keep_cards(
    results: list[Frame | BadFrame], parse_card: Callable[[bytes], Frame | BadFrame | None]
) -> list[Frame | BadFrame]:
    cards = (result if isinstance(result, BadFrame) else parse_card(result.body) for result in results)
    return [card for card in cards if card is not None]


class Dialogue(Poller[Frame | BadFrame]):
    """The `Poller` of a reader that speaks `dialect`."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._frames = dialect.build_frame_decoder()
        self._queue = list(dialect.greeting)
        self._pending: Question | None = None
        self._due = float("-inf")
        self._unanswered = 0
        self._answers: bool | None = None

    @override
    def step(self, now: float, data: bytes) -> PollResult[Frame | BadFrame]:
        results = self._frames.feed(data)
        late = self._pending is not None and now >= self._due
        if late:
            results += self._frames.idle()
        for result in results:
            if isinstance(result, Frame):
                self._handle_answer(result.body, now)
        send = self._ask(now) if self._pending is None or late else b""
        return PollResult(send, _keep_cards(results, self._dialect.parse_card), self._answers)

    def _handle_answer(self, body: bytes, now: float) -> None:
        if self._pending is None or not self._pending.answer.match(body):
            return
        answered, self._pending = self._pending, None
        if answered in self._dialect.greeting:
            self._due = now
            return
        self._unanswered, self._answers = 0, True
        further = self._dialect.choose_follow_up(body) if answered is self._dialect.search else None
        self._queue = [further] if further else []
        self._due = now if further else now + PAUSE_SECONDS

    def _ask(self, now: float) -> bytes:
        """The next question, when its time has come; the greeting, when the last was not answered."""
        if self._pending is not None:
            self._record_miss()
        elif now < self._due:
            return b""
        self._pending = self._queue.pop(0) if self._queue else self._dialect.search
        self._due = now + ANSWER_SECONDS
        return self._pending.send

    def _record_miss(self) -> None:
        self._unanswered += 1
        self._queue = list(self._dialect.greeting)
        if self._unanswered > RETRIES:
            self._answers = False
