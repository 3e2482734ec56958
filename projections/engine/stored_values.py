"""Values as the views keep them, read back: ids, service days, and what they hold as JSON.

Rule: a read model reads them through here alone. What no program of ours wrote is damage of the file, which is built
anew, and no fault of the program.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, overload
from uuid import UUID

from domain.typed_decoding import build_json_decoder
from projections.engine.damage import ViewsDamaged

T = TypeVar("T")
VIEWS = Path("views.db")
"""What the file is called in a home: a value does not know where it was read."""


def read_id(stored: bytes | str) -> UUID:
    """An id, kept as its bytes or as text. Raises: ViewsDamaged."""
    try:
        return UUID(bytes=stored) if isinstance(stored, bytes) else UUID(stored)
    except ValueError as error:
        raise ViewsDamaged(VIEWS, str(error)) from error


def read_day(stored: int | str) -> date:
    """A service day, kept as its ordinal or as text. Raises: ViewsDamaged."""
    try:
        return date.fromordinal(stored) if isinstance(stored, int) else date.fromisoformat(stored)
    except (ValueError, OverflowError) as error:
        raise ViewsDamaged(VIEWS, str(error)) from error


@overload
def build_json_reader(kind: type[T]) -> Callable[[str], T]: ...
@overload
def build_json_reader(kind: Any) -> Callable[[str], Any]: ...
def build_json_reader(kind: Any) -> Callable[[str], Any]:
    """What reads a value of this type from its JSON. It raises ViewsDamaged."""
    decode = build_json_decoder(kind).decode

    def read_json(stored: str) -> Any:
        try:
            return decode(stored)
        except ValueError as error:  # msgspec's errors are
            raise ViewsDamaged(VIEWS, str(error)) from error

    return read_json


read_numbers = build_json_reader(list[int])
"""Reads keys of volunteers, positions of events or service days from their JSON."""
read_texts = build_json_reader(list[str])
read_ids = build_json_reader(list[UUID])
read_counts = build_json_reader(dict[str, int])
