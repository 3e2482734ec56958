"""Who was shown which names, and why: recorded by ids and a word, before anything is shown (R-120)."""

from datetime import date

from domain.model.name_access import NameAccess
from tests.support.given_when_then import given
from tests.support.people import ANN, BEN, COORDINATOR, NOTE, act

NOW = act("2026-11-19 09:00")


def access() -> NameAccess:
    return NameAccess.of(date(2026, 11, 19))


def test_a_person_is_named_by_id_and_the_reason_is_a_word_and_a_note() -> None:
    given(access()).when(lambda access: access.record_person_shown(ANN, "contact", NOTE, NOW)).then(
        NameAccess.PersonShown,
        volunteer_id=ANN,
        purpose="contact",
        note=NOTE.id,
        note_digest=NOTE.digest,
        by=COORDINATOR,
    )


def test_the_people_of_a_list_are_named_so_that_its_note_is_about_none_of_them() -> None:
    given(access()).when(lambda access: access.record_names_listed("muster", [ANN, BEN], "emergency", None, NOW)).then(
        NameAccess.NamesListed, listed="muster", volunteers=[ANN.hex, BEN.hex], purpose="emergency", note=None
    )
