"""A throw-away copy of a home, in which a batch can be tried with every rule in force and nothing changed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.log.copying import copy_log
from kiosk.home import KEY_FILE, LOG_FILE, PEOPLE_FILE, SETTINGS_FILE, Home


@contextmanager
def open_dry_run(home: Home) -> Iterator[Home]:
    """The copy, open; gone afterwards. It stands inside the home, on the same encrypted disk.

    Raises: Mistake, LogError.
    """
    with TemporaryDirectory(prefix=".rehearsal-", dir=home.path) as folder:
        scratch = Path(folder)
        for name in (SETTINGS_FILE, KEY_FILE):
            shutil.copy2(home.path / name, scratch / name)
        with home.log.writing():
            home.people.copy_to(scratch / PEOPLE_FILE)
            copy_log(home.path / LOG_FILE, scratch / LOG_FILE)
        with Home.open(scratch) as copy:
            yield copy
