"""A tap that no reader saw: from a batch or a script."""

from contextlib import suppress
from datetime import datetime

from devices.protocols.decoder import CardNumber
from domain.log.errors import LogError
from domain.model.visits import Direction
from domain.use_cases.check_in import TapAnswer
from kiosk.home import Home


def record_tap(
    home: Home,
    card: CardNumber,
    reader: str,
    direction: Direction | None,
    stated: datetime | None,
) -> TapAnswer:
    """Hand a card to the door. `stated` is when it happened, None is now; a reader may be fixed to a direction."""
    direction = direction or home.settings.find_direction(reader)
    answer = home.door.record_tap(home.derive_token(card), reader, direction, home.read_clock(stated))
    with suppress(LogError):  # the next look at the clock shows it again
        home.door.clock_monitor.record_changes()
    return answer
