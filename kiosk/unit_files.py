"""The files that a unit writes itself beside `kiosk.toml`: awards, codes, columns, trainings and readers.

Rule: each takes the place of what comes with the program. One that is damaged stops what needs it: it is named before.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from kiosk.errors import UserError
from kiosk.home_files import CATALOGUE_FILE, CODES_FILE, TEMPLATE_FILE, TRAININGS_FILE, list_written_files

LOADERS: Mapping[str, str] = {
    CATALOGUE_FILE: "kiosk.awards.catalogue:load_catalogue",
    CODES_FILE: "kiosk.ministry.data_files:load_codes",
    TEMPLATE_FILE: "kiosk.ministry.data_files:load_template",
    TRAININGS_FILE: "kiosk.trainings.requirements:load_requirements",
}
"""What reads each of them from the folder of a home, as `module:function`: loaded where there is such a file."""


PROFILE_LOADER = "kiosk.reader_checks:load_home_profiles"
"""The same for the files of reader profiles, which are read together: no two may name one profile."""


def find_unit_file_faults(home: Path) -> Iterator[str]:
    """A sentence for each file that cannot be used, with its line; for the first one of reader profiles."""
    for loader in dict.fromkeys(LOADERS.get(name, PROFILE_LOADER) for name in list_written_files(home)):
        module, _, function = loader.partition(":")
        try:
            getattr(import_module(module), function)(home)
        except UserError as error:
            yield str(error)
