"""The copy of a home that is open: how old it is, and what is deleted from it when it is too old."""

from contextlib import closing

from domain.ids import unit_stream
from domain.spans import instant
from kiosk.home import Home
from kiosk.joined_home.hub_trouble import HubTrouble, find_hub_trouble
from kiosk.joined_home.unit_copy import UnitCopy


def find_home_trouble(home: Home) -> HubTrouble | None:
    """The same of an open home, now; nothing in one without a hub. Raises: LogError."""
    if home.sync_state is None:
        return None
    is_empty = home.log.find_version(unit_stream()) == 0
    return find_hub_trouble(home.sync_state.load(), instant(home.now_second()), is_empty=is_empty)


def forget_if_unheard(home: Home) -> HubTrouble | None:
    """As `find_home_trouble`; after 30 days without the hub, names and taps of others are deleted from the copy.

    Raises: UserError, LogError.
    """
    trouble = find_home_trouble(home)
    if trouble and trouble.kind == "forgotten" and not home.read_only:
        with closing(UnitCopy.open(home.path)) as copy:
            copy.forget_others()
        if home.people.find_names_digest():
            home.people.replace_masked_names((), b"")
    return trouble
