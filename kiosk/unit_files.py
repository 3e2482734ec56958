"""The files that a unit writes itself beside `kiosk.toml`: awards, codes, columns and trainings.

Rule: each takes the place of what comes with the program. One that is damaged stops what needs it: it is named before.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from kiosk.errors import UserError
from kiosk.home_files import CATALOGUE_FILE, CODES_FILE, TEMPLATE_FILE, TRAININGS_FILE

LOADERS: Mapping[str, str] = {
    CATALOGUE_FILE: "kiosk.awards.catalogue:load_catalogue",
    CODES_FILE: "kiosk.ministry.data_files:load_codes",
    TEMPLATE_FILE: "kiosk.ministry.data_files:load_template",
    TRAININGS_FILE: "kiosk.trainings.requirements:load_requirements",
}
"""What reads each of them from the folder of a home, as `module:function`: loaded where there is such a file."""


def list_unit_files(home: Path) -> list[str]:
    """The files that a home has."""
    return [name for name in LOADERS if (home / name).exists()]


def find_unit_file_faults(home: Path) -> Iterator[str]:
    """A sentence for each file that cannot be used, with its line."""
    for name in list_unit_files(home):
        module, _, function = LOADERS[name].partition(":")
        try:
            getattr(import_module(module), function)(home)
        except UserError as error:
            yield str(error)
