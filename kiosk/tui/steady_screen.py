"""The screen that all others extend: it comes to rest however often the size of the terminal changes."""

import asyncio

from textual import events
from textual.screen import Screen, ScreenResultType
from typing_extensions import override


class SteadyScreen(Screen[ScreenResultType], inherit_bindings=False):
    """Lays out for the size that the terminal has now, never for one that it had.

    Textual tells a screen of its own size again after each layout. With two sizes on their way at once each layout
    would announce the other, without end and without a pause in which a signal could be served.
    """

    @override
    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            await asyncio.sleep(0)
            if event.size != self.app.size:
                return
        await super().on_event(event)
