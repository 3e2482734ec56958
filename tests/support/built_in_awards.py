"""The built-in rows of the catalogue of awards as their files say them.

`python -m tests.support.built_in_awards` writes them as the product reads them.
"""

import msgspec

from kiosk.awards.catalogue import BUILT_IN, CatalogueFile
from kiosk.toml_files import TomlFile

FILES = ("unit", "taipei", "central")
"""In the order in which the awards are listed."""


def build_built_in() -> bytes:
    """What stands in `built_in.json`."""
    files = [TomlFile.read(BUILT_IN.with_name(f"{name}.toml")).convert(CatalogueFile) for name in FILES]
    rows = [rule for file in files for rule in file.awards]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n"


if __name__ == "__main__":
    BUILT_IN.write_bytes(build_built_in())
