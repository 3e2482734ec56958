"""Names of persons inside other texts.

Rule: the words of the roster stand in the log for good, so no person may be named in them.
"""

from collections.abc import Iterable

from devices.characters import is_ideograph
from domain.ids import compose

SHORTEST = 2
"""Ideographs, or words of another script, of a name that is looked for: a single one is too often a word."""


class PersonNames:
    """The names that are registered."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: set[str] = set()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Register one more."""
        if can_name(name):
            self._names.add(_simplify(name))

    def is_mentioned_in(self, text: str) -> bool:
        """Whether a text has one of the names in it."""
        text = _simplify(text)
        return any(name in text and _has_word(text, name) for name in self._names)


def can_name(text: str) -> bool:
    """Whether a text can be, or have in it, a name that is looked for: one that is too short names nobody."""
    simple = _simplify(text)
    return sum(map(is_ideograph, simple)) >= SHORTEST or len(simple.split()) >= SHORTEST


def mentions(text: str, word: str) -> bool:
    """Whether a text has a name or a number in it, upper or lower case, composed or not: whole words only.

    Ideographs are written without a space, so a name of them is found anywhere.
    """
    return _has_word(_simplify(text), _simplify(word))


def _simplify(text: str) -> str:
    return compose(text).casefold()


def _has_word(text: str, word: str) -> bool:
    start = text.find(word)
    while word and start >= 0:
        end = start + len(word)
        if not (_is_within_word(text[:start][-1:], word[0]) or _is_within_word(word[-1], text[end:][:1])):
            return True
        start = text.find(word, start + 1)
    return False


def _is_within_word(before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to one word of a script that has spaces."""
    return before.isalnum() and after.isalnum() and not is_ideograph(before) and not is_ideograph(after)
