"""The files that a unit writes itself beside `kiosk.toml`: awards, codes, columns and trainings.

Rule: each takes the place of what comes with the program. One that is damaged stops what needs it: it is named before.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kiosk.awards.catalogue import load_catalogue
from kiosk.errors import UserError
from kiosk.home_files import CATALOGUE_FILE, CODES_FILE, TEMPLATE_FILE, TRAININGS_FILE
from kiosk.ministry.data_files import load_codes, load_template
from kiosk.trainings.requirements import load_requirements

LOADERS: Mapping[str, Callable[[Path], object]] = {
    CATALOGUE_FILE: load_catalogue,
    CODES_FILE: load_codes,
    TEMPLATE_FILE: load_template,
    TRAININGS_FILE: load_requirements,
}
"""What reads each of them from the folder of a home."""


def list_unit_files(home: Path) -> list[str]:
    """The files that a home has."""
    return [name for name in LOADERS if (home / name).exists()]


def find_unit_file_faults(home: Path) -> Iterator[str]:
    """A sentence for each file that cannot be used, with its line."""
    for name in list_unit_files(home):
        try:
            LOADERS[name](home)
        except UserError as error:
            yield str(error)
