"""A simulated operator who follows the dialog: holds cards to a reader on a pseudo-terminal, types their numbers."""

from collections.abc import Callable, Sequence

from devices.profiles.encoder import encode_card
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber, parse_typed_number
from devices.protocols.decoder import CardNumber
from devices.simulated.scripted_reader import ScriptedReader
from devices.simulated.terminal import TerminalReader
from kiosk.readers.identification import OperatorDialog
from kiosk.words.readers import ReaderText


class SimulatedUser:
    """Has cards, and does what the kiosk says."""

    def __init__(self, hold: Callable[[str], None], numbers: Sequence[str]) -> None:
        self._hold = hold
        self._numbers = numbers
        self.sentences: list[str] = []
        self.answers: list[str] | None = None
        """To each question for a number in another form, in order, empty for Enter; None: cannot be asked."""

    @property
    def dialog(self) -> OperatorDialog:
        ask_again = None if self.answers is None else self._answer_again
        return OperatorDialog(
            self._listen, lambda card: parse_typed_number(self._numbers[card - 1]), 5.0, ask_again=ask_again
        )

    def _answer_again(self, _: int) -> TypedNumber | None:
        answer = self.answers.pop(0) if self.answers else ""
        return parse_typed_number(answer) if answer else None

    def _listen(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self._hold(sentence)


def user_at_streaming_reader(
    reader: ScriptedReader, profile: Profile, cards: Sequence[str], numbers: Sequence[str]
) -> SimulatedUser:
    """Holds each card to it when it is asked for."""
    waiting = [encode_card(profile, CardNumber.parse(card)) for card in cards]

    def hold(sentence: str) -> None:
        if "hold it to the reader" in sentence or "once more" in sentence:
            reader.send(waiting.pop(0))

    return SimulatedUser(hold, numbers)


def user_at_polled_reader(reader: TerminalReader, cards: Sequence[str], numbers: Sequence[str]) -> SimulatedUser:
    """Lays each card on it, and takes it away when it was read."""
    waiting = [CardNumber.parse(card).raw for card in cards]

    def hold(sentence: str) -> None:
        if "hold it to the reader" in sentence:
            reader.reader.card = waiting.pop(0)
        elif sentence == ReaderText.CARD_READ:
            reader.reader.card = None

    return SimulatedUser(hold, numbers)
