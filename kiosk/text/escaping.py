"""Text that comes from outside, made harmless where it is shown: what could steer a terminal is written out.

Rule: data is kept as it is and escaped once, where it is printed. The notation is JSON's, so that what a program reads
as JSON has the same value before and after.
"""

import re

_HARMFUL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"  # control characters; halves of a character, or raw bytes
    r"|\r(?!\n)"
    r"|[\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"  # invisible; turns text round
    r"|[\U000e0000-\U000e007f]"
)
"""Joiners (U+200C, U+200D) are letters' own, and variation selectors too: they stay."""
_LINE_BREAKING = re.compile(r"[\t\n\r]")


def escape_controls(text: str) -> str:
    r"""The text with control and invisible characters written as `\u001b`; line breaks and tabs stay."""
    return _HARMFUL.sub(_write_out, text)


def escape_line(text: str) -> str:
    """The same for a text that must stay on its line, such as a cell of a table."""
    return _LINE_BREAKING.sub(_write_out, escape_controls(text))


def _write_out(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
