"""A card and who holds it (R-006, R-008), and its name in the log."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.errors import CardHeld, NoSuchCard
from domain.ids import compute_card_token
from domain.model.card import Card, Holding
from tests.support.desk_commands import card_token_of
from tests.support.given_when_then import given
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, NOTE, STRANGER, act, local_second

SITE_KEY = bytes(range(32))
MONDAY, TUESDAY, THURSDAY = (act(f"2026-11-{day} 09:00") for day in (16, 17, 19))


def anns_card() -> Card:
    return Card.issue("abcd", "A", ANN, MONDAY)


# --- Its name in the log ---


@pytest.mark.parametrize(
    ("tech", "number", "token"),
    [
        ("E", "010063E9AE", "dc138fa0bfb5c89af1881981f169972a"),
        ("A", "26DEFAE7", "4e1c77a5060e824b152846efeac5524e"),
    ],
)
def test_a_card_number_and_the_site_key_make_the_token(tech: str, number: str, token: str) -> None:
    """Key 00..1f; worked out apart from this code.

    A change here orphans every card that was ever issued.
    """
    assert compute_card_token(SITE_KEY, tech, bytes.fromhex(number)) == token


def test_one_number_in_two_technologies_is_two_cards() -> None:
    assert compute_card_token(SITE_KEY, "A", b"\1\2\3\4") != compute_card_token(SITE_KEY, "E4", b"\1\2\3\4")


@for_all(st.binary(max_size=12), st.binary(max_size=12))
def test_two_numbers_never_share_a_token(one: bytes, other: bytes) -> None:
    """Not even where one begins like the other: a truncated read is another card."""
    assert (compute_card_token(SITE_KEY, "A", one) == compute_card_token(SITE_KEY, "A", other)) == (one == other)


def test_another_site_key_makes_another_token() -> None:
    assert compute_card_token(SITE_KEY, "A", b"\1\2\3\4") != compute_card_token(bytes(32), "A", b"\1\2\3\4")


# --- Who holds it ---


def test_a_card_is_issued_to_somebody() -> None:
    """R-006."""
    (issued,) = anns_card().collect_events()
    assert isinstance(issued, Card.Created)
    assert (issued.card, issued.tech, issued.volunteer_id, issued.at) == ("abcd", "A", ANN, MONDAY.at)


@pytest.mark.parametrize("taker", [ANN, BEN])
def test_a_card_that_somebody_holds_is_not_issued_again(taker: object) -> None:
    given(anns_card()).when(lambda card: card.reissue(taker, TUESDAY)).then_refused(CardHeld(ANN))


def test_a_revoked_card_can_be_issued_again() -> None:
    """R-008."""
    (
        given(anns_card(), lambda card: card.revoke(NOTE, TUESDAY))
        .when(lambda card: card.reissue(BEN, THURSDAY))
        .then(Card.Reissued, volunteer_id=BEN)
    )


def test_a_card_is_revoked_for_a_reason() -> None:
    """R-008."""
    given(anns_card()).when(lambda card: card.revoke(NOTE, TUESDAY)).then(
        Card.Revoked, note=NOTE.id, note_digest=NOTE.digest
    )


def test_a_card_that_is_revoked_cannot_be_revoked_again() -> None:
    (
        given(anns_card(), lambda card: card.revoke(NOTE, TUESDAY))
        .when(lambda card: card.revoke(NOTE, THURSDAY))
        .then_refused(NoSuchCard())
    )


def test_who_held_a_card_is_what_was_recorded_by_then() -> None:
    """R-021: nobody before it was issued, nobody while it was revoked, each from the second of the record on."""
    card = anns_card()
    card.revoke(NOTE, TUESDAY)
    card.reissue(BEN, act("2026-11-18 09:00", recorded="2026-11-19 09:00"))
    held = {
        "2026-11-16 08:59:59": None,
        "2026-11-16 09:00:00": Holding(ANN, local_second("2026-11-16 09:00")),
        "2026-11-17 08:59:59": Holding(ANN, local_second("2026-11-16 09:00")),
        "2026-11-17 09:00:00": Holding(None, local_second("2026-11-17 09:00")),
        "2026-11-19 08:59:59": Holding(None, local_second("2026-11-17 09:00")),
        "2026-11-19 09:00:00": Holding(BEN, local_second("2026-11-19 09:00")),
    }
    assert {at: card.find_holding(local_second(at)) for at in held} == held
    assert card.holder == BEN


# --- At the desk ---


def test_a_card_that_somebody_holds_is_given_to_nobody_else(office: Office) -> None:
    """Not even to who holds it."""
    office.issue(ANN, "a2" * 16)
    assert_refused(office, lambda office: office.issue(BEN, "a2" * 16), CardHeld(ANN))
    assert_refused(office, lambda office: office.issue(ANN, "a2" * 16), CardHeld(ANN))


def test_a_revoked_card_is_given_to_somebody_else(office: Office) -> None:
    office.revoke(ANN)
    office.issue(BEN, card_token_of(ANN))
    assert [event.volunteer_id for event in office.list_events(Card.Reissued)] == [BEN]


def test_only_a_card_that_is_held_can_be_revoked(office: Office) -> None:
    assert_refused(office, lambda office: office.revoke(STRANGER), NoSuchCard())
    office.revoke(ANN)
    assert_refused(office, lambda office: office.revoke(ANN), NoSuchCard())


def test_somebody_can_hold_two_cards(office: Office) -> None:
    office.issue(ANN, "a2" * 16)
    assert office.tap(ANN, "2026-11-19 09:00").volunteer_id == ANN
    assert office.tap("a2" * 16, "2026-11-19 12:00").outcome == "checked_out"
