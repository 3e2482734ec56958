"""What a visit without a shift would come to, once its volunteer is assigned to one."""

from pathlib import Path

import pytest

from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.pending.source import HomePending
from kiosk.home import Home
from kiosk.roster.pending_list import PendingList
from kiosk.what_if import foresee_commands
from tests.support.builders import ANN, SETUP_LINES, onboarding_lines, shift, tap
from tests.support.kiosk_program import run_kiosk, write_batch


@pytest.mark.parametrize(("trained_for", "minutes"), [("戶政", 0), ("衛教", 180)])
def test_a_shift_of_another_category_asks_for_the_training_of_that_one(
    tmp_path: Path, trained_for: str, minutes: int
) -> None:
    """What is shown before a volunteer is assigned is what assigning comes to; the unit's category is 戶政."""
    opened, (enrolled, basic, special, card) = SETUP_LINES[0], onboarding_lines(ANN, "rostered")
    taps = [tap(ANN, f"11-19 {at}") for at in ("09:00", "12:00")]
    lines = (opened, enrolled, basic, {**special, "category": trained_for}, card, *taps)
    Home.make(tmp_path / "home", simulation=True).close()
    batch = write_batch(tmp_path / "lines", *lines, shift("S1", "11-19", category="衛教"))
    assert run_kiosk("apply", batch, "--home", tmp_path / "home").err == ""
    with Home.open(tmp_path / "home") as home:
        pending = HomePending(HomeReader(home), HomeCommands(home), PendingList(home.log, home.views))
        (item,) = pending.load_board("unscheduled", 0, 10).items
        matter = pending.load_matter(item.key)
        shown = matter and matter.effects["assign S1"]
        (comes_to,) = foresee_commands(home, [{"do": "assign", "shift": "S1", "volunteer": ANN}]).effects
    assert shown
    assert shown.service.change == comes_to.service.change == minutes
