"""What the log says of its home, and whether the settings and the site key are those of that home.

Rule: a key or a zone of another home shuts this one, with a sentence: it would know no card, and file no day right.
"""

from pathlib import Path

from domain.clock import SIMULATION_BEGINS, MachineClock
from domain.ids import unit_stream
from domain.log.event_log import EventLog
from domain.model.unit import Unit
from kiosk.errors import HomeFileLost, SettingsError, UserError
from kiosk.home_files import KEY_BYTES, read_site_key
from kiosk.people.proofs import build_keyed_hash, compute_key_check
from kiosk.words.errors import HomeText

SIMULATED_KEY = b"a simulation has no secrets".ljust(KEY_BYTES, b"\0")
"""The site key of every simulation, so that two runs of a batch write the same log."""


def begin_log(log: EventLog, zone: str, site_key: bytes | None) -> None:
    """Record in a new log that a home was made, for a simulation without a key of its own, and close it."""
    recorded = MachineClock().now() if site_key else SIMULATION_BEGINS
    key_check = compute_key_check(build_keyed_hash(site_key)) if site_key else None
    try:
        log.append(Unit.make_home(zone, recorded, simulation=site_key is None, key_check=key_check))
    finally:
        log.close()


def demand_zone(file: Path, written: str, made_for: str) -> None:
    """Check that the settings name the zone that the home was made for. Raises: SettingsError."""
    if written != made_for:
        raise SettingsError(HomeText.OTHER_ZONE.fill(file=file, written=written, made_for=made_for))


def read_own_key(file: Path, unit: Unit) -> bytes:
    """The site key. Raises: UserError where it is missing, damaged, or another home's: it would know no card."""
    site_key = read_site_key(file)
    if unit.simulation:
        is_own = site_key == SIMULATED_KEY
    else:
        is_own = unit.key_check in (None, compute_key_check(build_keyed_hash(site_key)))
    if not is_own:
        raise HomeFileLost(HomeText.OTHER_SITE_KEY.fill(file=file))
    return site_key


def load_unit(log: EventLog, path: Path) -> Unit:
    """The unit of a home. Raises: UserError where its making was cut short; LogError."""
    unit, undecodable = log.load_lenient(Unit, unit_stream())
    if unit is None and undecodable:
        unit = log.load(Unit, unit_stream())  # without the first event nothing works: its error names the fault
    if unit is None:
        raise UserError(HomeText.MAKING_CUT_SHORT.fill(path=path))
    return unit
