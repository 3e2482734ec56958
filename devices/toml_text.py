"""A TOML text, and what is wrong with one, as a fault that every language has a sentence for.

`tomllib` says it in English alone, and of a key that stands twice that a value cannot be overwritten.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from devices.faults import Fault, TomlFault

_LINE = re.compile(r"\(at line (\d+), ")

_FAULTS: Mapping[str, TomlFault] = {
    r"Cannot (overwrite|declare|mutate|redefine)|Duplicate": TomlFault.STANDS_TWICE,
    r"Unterminated|Illegal character '\\n'|Expected [\"']{1,2}['\"]": TomlFault.TEXT_NOT_CLOSED,
    r"Illegal character|Found invalid character": TomlFault.CONTROL_CHARACTER,
    r"Unescaped|Invalid hex value|Escaped character": TomlFault.BACKSLASH,
    r"Unclosed|Expected '\]": TomlFault.BRACKET_NOT_CLOSED,
    r"Invalid value|Invalid date": TomlFault.NO_VALUE,
    r"Expected newline": TomlFault.TEXT_BEHIND_VALUE,
    r"Invalid statement|Invalid initial character|Expected '='": TomlFault.NO_STATEMENT,
}
"""What `tomllib` says, by its beginning."""


class TomlError(Exception):
    """A text is not TOML. `fault` says why, `line` where: None for its end, or where that is not known."""

    def __init__(self, line: int | None, fault: Fault) -> None:
        super().__init__(f"line {line}: {fault}" if line else str(fault))
        self.line, self.fault = line, fault


def parse_toml(text: str) -> dict[str, Any]:
    """What a TOML text says, without the byte order mark that some editors put before it.

    Raises: TomlError, also for what only Python's own limits refuse.
    """
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise TomlError(None, Fault(TomlFault.NESTED_TOO_DEEPLY)) from None
    except tomllib.TOMLDecodeError as error:
        raise _build_error(str(error)) from None
    except (ValueError, OverflowError):  # a whole number of more digits than Python converts
        raise TomlError(None, Fault(TomlFault.NUMBER_TOO_LONG)) from None


def _build_error(message: str) -> TomlError:
    line = _LINE.search(message)
    code = next((code for beginning, code in _FAULTS.items() if re.match(beginning, message)), TomlFault.OTHER)
    return TomlError(int(line[1]) if line else None, Fault(code))
