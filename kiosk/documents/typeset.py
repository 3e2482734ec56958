"""A program of its own that sets one document: `python -m kiosk.documents.typeset < DATA > PDF`.

Rule: typst keeps what it has computed for the next document, some hundred megabytes. So it runs in a process that ends
with its document, and within limits that no document of ours comes near.
"""

import resource
import sys
from pathlib import Path

import msgspec
import typst

from domain.typed_decoding import decode_json
from kiosk.fonts import FONT_FILE

TEMPLATE = Path(__file__).with_name("document.typ")
MOST_MEMORY = 4 << 30
"""Bytes of address space, of which typst reserves far more than it uses."""
MOST_SECONDS = 60
"""Of computing; a document of 1,000 rows takes less than one."""


class Input(msgspec.Struct):
    """What is to be set."""

    document: str
    """The data of the template, as JSON."""
    made_at: int
    """When the PDF says that it was made, in seconds since 1970: by no clock, so that the same data make the same."""
    is_tagged: bool
    """Whether it says to screen readers what is a heading, and what a cell of a table."""


def set_document(given: Input) -> bytes:
    """The PDF. Raises: typst.TypstError."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FILE.parent])
    compiler = typst.Compiler(
        TEMPLATE.read_bytes(), font_paths=fonts, ignore_system_fonts=True, sys_inputs={"document": given.document}
    )
    made = compiler.compile(format="pdf", timestamp=given.made_at, pdf_tags=given.is_tagged)
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
    return made


def main() -> None:
    """Read standard input within the limits, print the PDF."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(set_document(decode_json(sys.stdin.buffer.read(), Input)))
    except typst.TypstError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    main()
