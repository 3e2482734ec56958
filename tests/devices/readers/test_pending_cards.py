"""The queues of cards that wait for an answer: short, fair between readers, and the newest card is kept."""

from datetime import UTC, datetime

from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented
from devices.readers.pending_cards import LONGEST_QUEUE, PendingCards

NINE = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)


def build_card(number: int, reader: str = "door") -> CardPresented:
    return CardPresented(CardNumber("E", number.to_bytes(5, "big")), reader, NINE)


class Waker:
    """A program that counts how often it is woken."""

    def __init__(self, longest: int = LONGEST_QUEUE) -> None:
        self.calls = 0
        self.pending = PendingCards(self.wake, longest)

    def wake(self) -> None:
        self.calls += 1

    def put(self, *numbers: int, reader: str = "door") -> None:
        for number in numbers:
            self.pending.put(build_card(number, reader))

    def take_all(self) -> list[str]:
        taken = iter(self.pending.take, None)
        return [f"{card.reader} {int.from_bytes(card.card.raw, 'big')}" for card in taken]


def test_cards_are_taken_in_the_order_in_which_they_came() -> None:
    waker = Waker()
    waker.put(1, 2, 3)
    assert waker.take_all() == ["door 1", "door 2", "door 3"]


def test_a_full_queue_gives_up_its_oldest_card_and_counts_it() -> None:
    waker = Waker(longest=3)
    waker.put(1, 2, 3)
    assert waker.pending.take_given_up() == {}
    waker.put(4, 5)
    assert waker.take_all() == ["door 3", "door 4", "door 5"]
    assert (waker.pending.take_given_up(), waker.pending.take_given_up()) == ({"door": 2}, {})


def test_a_reader_without_end_delays_another_by_one_card_and_takes_no_room_from_it() -> None:
    waker = Waker(longest=3)
    waker.put(*range(100))
    waker.put(7, reader="side")
    waker.put(*range(100, 200))
    assert waker.take_all() == ["door 197", "side 7", "door 198", "door 199"]
    assert waker.pending.take_given_up() == {"door": 197}


def test_the_program_is_woken_once_until_it_has_found_nothing_more() -> None:
    waker = Waker()
    waker.put(1, 2)
    assert waker.pending.take() is not None
    waker.put(3)
    assert waker.calls == 1
    assert waker.take_all() == ["door 2", "door 3"]
    waker.put(4)
    assert waker.calls == 2


def test_cards_that_are_given_up_with_another_are_gone_and_not_counted() -> None:
    waker = Waker()
    waker.put(1, 2)
    waker.pending.discard_all()
    assert (waker.pending.is_empty, waker.take_all(), waker.pending.take_given_up()) == (True, [], {})


def test_a_crowd_of_two_hundred_is_answered_to_the_last() -> None:
    waker = Waker()
    waker.put(*range(200))
    assert (len(waker.take_all()), waker.pending.take_given_up()) == (200, {})


def test_cards_that_wait_when_the_program_ends_are_counted() -> None:
    waker = Waker(longest=2)
    waker.put(1, 2, 3)
    waker.put(7, reader="side")
    waker.pending.give_up_all()
    assert (waker.pending.is_empty, waker.pending.take_given_up()) == (True, {"door": 3, "side": 1})
