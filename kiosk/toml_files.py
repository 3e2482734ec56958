"""TOML files that people write: the settings of a home, its catalogue of awards.

Rule: what is not understood is refused with the file, the line and a sentence; nothing is guessed and nothing passed
over.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from domain.typed_decoding import convert
from kiosk.errors import SettingsError
from kiosk.input_files import read_input_file
from kiosk.words.errors import SettingsText

if TYPE_CHECKING:
    from devices.validation import Place

Content = TypeVar("Content")


class TomlFile(NamedTuple):
    """The text of a file, and where it stands."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> "TomlFile":
        """The text of a file. Raises: SettingsError."""
        try:
            return cls(path, read_input_file(path).decode())
        except UnicodeDecodeError:
            raise SettingsError(SettingsText.NOT_UTF_8.fill(path=path)) from None
        except OSError as error:
            raise SettingsError(SettingsText.CANNOT_READ.fill(path=path, strerror=error.strerror)) from None

    def convert(self, kind: type[Content]) -> Content:
        """What it says, as `kind`. Raises: SettingsError, with the file and, where it is known, the line."""
        try:
            return convert(tomllib.loads(self.text), kind)
        except (msgspec.ValidationError, ValueError, OverflowError, RecursionError):
            return self._convert_or_explain(kind)

    def _convert_or_explain(self, kind: type[Content]) -> Content:
        """The same, once more: it begins with a byte order mark, or something is wrong."""
        from devices.toml_text import TomlError, parse_toml  # noqa: PLC0415 - nearly all files are right
        from devices.validation import FieldError, convert  # noqa: PLC0415 - same
        from kiosk.words.validation import explain_field_fault, explain_toml_fault  # noqa: PLC0415 - same

        try:
            return convert(parse_toml(self.text), kind)
        except TomlError as error:
            raise SettingsError(f"{locate(self.path, error.line)}: {explain_toml_fault(error.fault)}") from None
        except FieldError as error:
            raise self.build_error(error.place, explain_field_fault(error.fault)) from None

    def build_error(self, place: "Place", complaint: str) -> SettingsError:
        """A complaint with `FILE:LINE` of the field; of its block when the field is not in it."""
        from devices.validation import find_line  # noqa: PLC0415 - same

        return SettingsError(f"{locate(self.path, find_line(self.text, place))}: {complaint}")


def locate(path: Path, line: int | None) -> str:
    """`FILE:LINE`; the file alone where no line is known."""
    return f"{path}:{line}" if line else str(path)
