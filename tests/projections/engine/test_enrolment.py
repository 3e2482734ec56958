"""The facts of an enrolment, whether or not something else of the volunteer was filed before."""

from datetime import date

import pytest

from domain.model.name_access import NameAccess
from tests.support.office import Office
from tests.support.people import STRANGER


@pytest.mark.parametrize("is_known", [False, True], ids=["enrolled first", "listed before"])
def test_a_volunteer_serves_in_the_mode_of_the_enrolment(office: Office, *, is_known: bool) -> None:
    """Names may stand in the log that were listed before the enrolment came, as at a hub."""
    if is_known:
        shown = NameAccess.of(date(2026, 11, 1))
        shown.record_names_listed("hours", [STRANGER], "papers", None, office.at("2026-11-01 08:00").act)
        office.log.append(shown)
        assert office.current_views().find_key(STRANGER)
    office.at("2026-11-01 09:00").onboard(STRANGER, "flexible")
    (mode,) = next(office.current_views().rows("SELECT mode FROM people WHERE volunteer=?", (STRANGER.bytes,)))
    assert mode == "flexible"
