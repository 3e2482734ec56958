"""Whether a volunteer has a record book, as the entries about it add up (R-009, R-010). Pure.

Rule: a book whose number is not known is on file and counts as none where books are counted; an application waits
until a book is registered.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

BookStatus = Literal["none", "applied", "number_unknown", "held"]
"""Nothing on file; applied for; a book whose number is not known; a book with its number."""


class BookEntry(NamedTuple):
    """An entry as far as the status follows from it."""

    kind: Literal["registered", "reissued", "applied"]
    day: int
    """The service day from which it holds, a proleptic ordinal."""
    is_numbered: bool
    digest: str | None = None
    """Of the number; read models do without."""


def find_book_status(entries: Iterable[BookEntry], day: int | None = None) -> BookStatus:
    """Whether there is a book on a service day, or on any; `entries` in the order in which they were recorded."""
    known = [entry for entry in entries if day is None or entry.day <= day]
    books = [entry for entry in known if entry.kind != "applied"]
    if books:
        return "held" if books[-1].is_numbered else "number_unknown"
    return "applied" if known else "none"
