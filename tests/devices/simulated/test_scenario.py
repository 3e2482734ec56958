"""Scenarios: what the steps make happen, and what a file that is not understood says."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from devices.profiles.encoder import encode_card
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES, find_profile
from devices.protocols.decoder import CardNumber
from devices.readers.repeat_filter import RepeatFilter
from devices.simulated import scenario_files
from devices.simulated.scenario import (
    EVERY_SECONDS,
    WEAK_GAPS,
    PlaceCard,
    Power,
    Replug,
    ScenarioBuilder,
    Send,
    TimedAction,
    Unplug,
)
from devices.simulated.scenario_files import STEPS, ScenarioError, load_scenario, parse_scenario

RDM6300, PN532 = find_profile("rdm6300"), find_profile("pn532")
ANN, BEN = CardNumber.parse("E:010063E9AE"), CardNumber.parse("E:3C00CE754C")
UID = CardNumber.parse("A:26DEFAE7")
ANNS_FRAME, BENS_FRAME = encode_card(RDM6300, ANN), encode_card(RDM6300, BEN)


def test_a_tap_is_one_frame() -> None:
    assert list(ScenarioBuilder(RDM6300).tap(ANN)) == [(0.0, Send(ANNS_FRAME))]


def test_a_card_that_lies_there_is_a_frame_again_and_again() -> None:
    first, *rest = ScenarioBuilder(RDM6300).hold(ANN, 1.3)
    assert first == (0.0, Send(ANNS_FRAME))
    assert rest == [(EVERY_SECONDS, Send(ANNS_FRAME))] * 20


def test_a_card_at_a_reader_that_is_asked_is_laid_on_it_and_taken_away() -> None:
    assert list(ScenarioBuilder(PN532).hold(UID, 3.0)) == [(0.0, PlaceCard(UID.raw)), (3.0, PlaceCard(None))]


def test_two_cards_alternate_for_as_long_as_they_lie_there() -> None:
    actions = list(ScenarioBuilder(RDM6300).alternate([ANN, BEN], 1.3))
    sent = [action.data for _, action in actions if isinstance(action, Send)]
    assert sent == [ANNS_FRAME, BENS_FRAME] * 10
    assert sum(seconds for seconds, _ in actions) == pytest.approx(1.3)


def test_a_weak_coupling_fails_for_less_than_the_hold_each_time() -> None:
    actions = list(ScenarioBuilder(RDM6300, seed=7).hold_weakly(ANN, 20.0))
    gaps = [seconds for seconds, action in actions if action is None]
    assert all(WEAK_GAPS[0] <= gap <= WEAK_GAPS[1] for gap in gaps)
    assert 20.0 <= sum(gaps) < 21.0


def test_chance_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first, same, other = (list(ScenarioBuilder(RDM6300, seed=seed).send_noise(50)) for seed in (7, 7, 8))
    assert first == same != other


def test_glued_frames_come_in_one_go_and_a_cut_one_ends_early() -> None:
    assert list(ScenarioBuilder(RDM6300).send_glued([ANN, BEN])) == [(0.0, Send(ANNS_FRAME + BENS_FRAME))]
    assert list(ScenarioBuilder(RDM6300).send_cut(ANN, keep=5)) == [(0.0, Send(ANNS_FRAME[:5]))]
    assert list(ScenarioBuilder(RDM6300).send_cut(ANN)) == [(0.0, Send(ANNS_FRAME[:7]))]


def test_a_flood_is_of_different_cards() -> None:
    sent = [action.data for _, action in ScenarioBuilder(RDM6300).flood(1000) if isinstance(action, Send)]
    assert len(set(sent)) == 1000


@pytest.mark.parametrize("profile", [p for p in BUILTIN_PROFILES.values() if p.poller is None], ids=lambda p: p.name)
def test_every_reader_that_speaks_can_be_flooded(profile: Profile) -> None:
    assert len(list(ScenarioBuilder(profile).flood(10))) == 10


def test_a_cable_that_is_out_comes_back() -> None:
    assert list(ScenarioBuilder(RDM6300).unplug(3.0)) == [(0.0, Unplug()), (3.0, Replug())]
    assert list(ScenarioBuilder(PN532).cut_power(3.0)) == [(0.0, Power(on=False)), (3.0, Power(on=True))]


def presentations(actions: Iterable[TimedAction], hold: RepeatFilter[bytes]) -> int:
    """How often a card counts as new, by what a reader says and when."""
    now, count = 100.0, 0
    for seconds, action in actions:
        now += seconds
        count += isinstance(action, Send) and hold.is_new(action.data, at=now)
    return count


def test_a_weak_coupling_is_one_presentation_and_would_be_many_with_a_shorter_hold() -> None:
    weak = list(ScenarioBuilder(RDM6300, seed=7).hold_weakly(ANN, 30.0))
    assert presentations(weak, RepeatFilter()) == 1
    assert presentations(weak, RepeatFilter(seconds=0.35)) > 30


def test_two_cards_that_alternate_are_two_presentations() -> None:
    assert presentations(ScenarioBuilder(RDM6300).alternate([ANN, BEN], 30.0), RepeatFilter()) == 2


# --- Files ---

HEAD = 'profile = "rdm6300"\n[cards]\nann = "E:010063E9AE"\nben = "E:3C00CE754C"\n'


def test_the_example_of_the_documentation_is_understood_to_its_last_step() -> None:
    documented = "\n".join(line[4:] for line in str(scenario_files.__doc__).splitlines() if line.startswith("    "))
    before, _, without_power = documented.rpartition("[[step]]")
    scenario = parse_scenario(before)
    assert scenario.profile is RDM6300
    assert "no_power" in without_power
    assert [kind for kind in STEPS if kind not in documented] == []


def test_a_file_gives_the_actions_of_its_steps_in_order(tmp_path: Path) -> None:
    path = tmp_path / "morning.toml"
    path.write_text(HEAD + '[[step]]\ntap = "ann"\n[[step]]\nafter = 2\nunplug = 1.5\n', encoding="utf-8")
    assert list(load_scenario(path).actions) == [
        (0.0, None),
        (0.0, Send(ANNS_FRAME)),
        (2.0, None),
        (0.0, Unplug()),
        (1.5, Replug()),
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ('tap = "anne"', "step 1: unknown card (name tap, card anne, choices ann)"),
        ('tip = "ann"', "step 1: not one action (name step, choices " + ", ".join(STEPS)),
        ('tap = "ann"\nnoise = 5', "step 1: not one action (name step, choices " + ", ".join(STEPS)),
        ('hold = "ann"', "step 1: field missing (name seconds)"),
        ('hold = "ann"\nseconds = "3"', "step 1: wrong kind (name seconds, "),
        ('tap = "ann"\nsecond = 3', "step 1: unknown field (name second, choices "),
        ("no_power = 3", "step 1: without power it is unplugged (profile rdm6300)"),
        ("flood = 0", "step 1: out of range (name flood, limit >=, value 1)"),
    ],
)
def test_a_step_that_is_not_understood_is_named(tmp_path: Path, step: str, sentence: str) -> None:
    path = tmp_path / "morning.toml"
    path.write_text(f"{HEAD}[[step]]\n{step}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(path)
    assert str(refusal.value).startswith(f"{path}, {sentence}")


def test_frames_of_a_reader_that_is_asked_cannot_be_cut(tmp_path: Path) -> None:
    path = tmp_path / "morning.toml"
    path.write_text('profile = "pn532"\ncards = {ann = "26DEFAE7"}\nstep = [{cut = "ann"}]\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"step 1: sends nothing unless polled \(profile pn532\)"):
        load_scenario(path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('profile = "rdm630"\nstep = [{noise = 1}]\n', "not a choice (name profile, value 'rdm630', choices rdm6300)"),
        ('profile = "rdm6300"\n', "field missing (name step)"),
        (
            'profile = "rdm6300"\ncards = {ann = "E:01"}\nstep = [{noise = 1}]\n',
            "wrong length (kind E, lengths (5,), ",
        ),
    ],
)
def test_a_file_that_is_not_understood_says_why(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "morning.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(path)
    assert str(refusal.value).startswith(f"{path}: {sentence}")


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    path = tmp_path / "morning.toml"
    path.write_text('profile = "rdm6300"\nstep\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(path)
    assert str(refusal.value) == f"{path}:2: no statement"
