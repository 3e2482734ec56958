"""The help of a command in the language of its reader. Click was given the English texts when modules were loaded.

Rule: English passes through as Click writes it; Chinese lines are broken by cells, which Click does not count.
"""

from collections.abc import Iterable

import click

from kiosk.words.click_texts import translate
from kiosk.words.language import find_language

VERBATIM = "\b"
"""A paragraph that begins with this line keeps its lines."""
EXTRAS = "  ["
"""Between the help of an option and what Click adds: whether it is required, its default, its range."""


class HelpFormatter(click.HelpFormatter):
    """What Click writes help with."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is called."""
        super().write_usage(prog, args, prefix or translate("Usage: "))

    def write_heading(self, heading: str) -> None:
        """The heading of options or commands."""
        if find_language() == "en":
            super().write_heading(heading)
        else:
            self.write(f"{'':>{self.current_indent}}{translate(heading)}：\n")

    def write_text(self, text: str) -> None:
        """The help of the command, or its examples."""
        super().write_text(_translate_text(text, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with its help."""
        listed = list(rows)
        first_column = min(max(len(term) for term, _ in listed), col_max) + col_spacing
        room = max(self.width - first_column - 2, 10)  # as Click leaves it
        super().write_dl([(term, _translate_text(text, room)) for term, text in listed], col_max, col_spacing)


def _translate_text(text: str, room: int) -> str:
    if find_language() == "en":
        return text
    if text.startswith(VERBATIM):
        return "\n".join(map(translate, text.splitlines()))
    sentence, mark, extras = text.partition(EXTRAS)
    if mark:
        sentence = f"{sentence and translate(sentence)}{mark}{_translate_extras(extras.removesuffix(']'))}]"
    return _break_lines(sentence if mark else translate(text), room)


def _translate_extras(extras: str) -> str:
    return "; ".join(map(translate, extras.split("; ")))


def _break_lines(text: str, room: int) -> str:
    from kiosk.text.wrapping import wrap_text  # noqa: PLC0415 - 10 ms to load, and English needs none of it

    paragraphs = ("\n".join(wrap_text(paragraph, room)) for paragraph in text.split("\n\n"))
    return "\n\n".join(f"{VERBATIM}\n{paragraph}" for paragraph in paragraphs)
