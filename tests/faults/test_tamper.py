"""A person with the files: each attack is carried out on a home and its backups, and the table says what finds it."""

import shutil

import pytest

from tests.faults.backup_attacks import BACKUP_ATTACKS
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.tamper_attacks import HOME_ATTACKS, LOG_ATTACKS, NOBODY, Attack
from tests.faults.tampered_site import FINDERS, Site, audit, build_site, find_out

ATTACKS = (*LOG_ATTACKS, *HOME_ATTACKS, *BACKUP_ATTACKS)
SOME = 8
"""In the short form each eighth attack is carried out, and only the command that finds it is run."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site as it was left, and a copy of it: paths stand in its records, so that each attack is done in one place."""
    folder = tmp_path_factory.mktemp("tamper")
    site = build_site(folder / "site", folder / "kept")
    shutil.copytree(site.folder, folder / "untouched")
    return site


@pytest.fixture
def site(built: Site) -> Site:
    """The site, untouched."""
    reset(built)
    return built


def reset(site: Site) -> None:
    shutil.rmtree(site.folder)
    shutil.copytree(site.folder.with_name("untouched"), site.folder)


@pytest.mark.parametrize("finder", FINDERS)
def test_a_home_that_nobody_touched_is_found_sound(site: Site, finder: str) -> None:
    assert not find_out(site, finder)


def list_finders(site: Site, attack: Attack) -> list[str]:
    """Every command that finds it, each run on a site of its own; in the short form the first alone."""
    found: list[str] = []
    for finder in FINDERS if LONG else filter(None, (attack.finder,)):
        reset(site)
        attack.tamper(site)
        found += [finder] if find_out(site, finder) else []
    return found


@pytest.mark.parametrize("attack", ATTACKS if LONG else ATTACKS[::SOME], ids=lambda attack: attack.what)
def test_an_attack_is_found_by_the_command_that_the_table_names(site: Site, attack: Attack) -> None:
    found = list_finders(site, attack)
    first = found[0] if found else NOBODY
    remark = "; ".join(filter(None, (", ".join(found), attack.remark)))
    ATTACK_RESULTS.append(
        AttackResult(attack.what, 1, int(bool(found)), int(not found and not attack.harmless), remark)
    )
    assert first == attack.finder


@pytest.mark.parametrize("attack", ATTACKS if LONG else ATTACKS[2::SOME], ids=lambda attack: attack.what)
def test_an_auditor_with_one_head_kept_elsewhere_finds_it_at_once(site: Site, attack: Attack) -> None:
    """Whatever was done to every file of the home, and its backups; not only in the next night."""
    attack.tamper(site)
    found = audit(site)
    ATTACK_RESULTS.append(AttackResult(f"one head kept: {attack.what}", 1, int(bool(found)), 0, found))
    assert bool(found) or attack.harmless


def test_an_auditor_finds_nothing_where_nobody_touched_anything(site: Site) -> None:
    assert audit(site) == ""


def test_the_table_holds_thirty_five_attacks_and_more_and_three_that_change_nothing_that_anybody_reads() -> None:
    """The three of which docs/security.md says so."""
    harmless = {attack.what for attack in ATTACKS if attack.harmless}
    assert len(ATTACKS) - len(harmless) >= 35
    assert harmless == {
        "log.head is deleted",
        "a line is planted in the ledger beside the backups",
        "the newest backup is deleted",
    }
