"""The language in which the program speaks to its staff: chosen at its start, or for the one that is answered.

Rule: English loads no module of another language.
"""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

StaffLanguage = Literal["zh-TW", "en"]

LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Of these the first that is set names the locale; `LANGUAGE` before them lists several (GNU gettext)."""
NO_LOCALE = frozenset({"C", "POSIX"})
"""These name no language."""
TRADITIONAL_CHINESE = re.compile(r"zh([_-](TW|HK|MO|Hant.*))?", re.IGNORECASE)
ENGLISH = re.compile(r"en([_-].*)?", re.IGNORECASE)

_program: StaffLanguage = "en"
_answered: ContextVar[StaffLanguage | None] = ContextVar("language of the one that is answered", default=None)


def find_language() -> StaffLanguage:
    """The language of the one that is answered just now, else that of the program."""
    return _answered.get() or _program


@contextmanager
def use_language(language: StaffLanguage) -> Generator[None]:
    """Speak one language meanwhile, in this thread or task alone: a server answers each browser in its own."""
    token = _answered.set(language)
    try:
        yield
    finally:
        _answered.reset(token)


_replaced: ContextVar[Mapping[str, str]] = ContextVar("texts of the page that is answered")


def find_replacement(text: str) -> str | None:
    """What is said instead of a sentence just now; None where it stands."""
    return _replaced.get({}).get(text)


@contextmanager
def replace_texts(texts: Mapping[str, str]) -> Generator[None]:
    """Say other texts instead of sentences, by their English text: a page has no options of the command line."""
    token = _replaced.set(texts)
    try:
        yield
    finally:
        _replaced.reset(token)


@contextmanager
def use_program_language(language: StaffLanguage) -> Generator[None]:
    """Speak one language in all threads meanwhile."""
    global _program  # noqa: PLW0603 - one program, one language
    before, _program = _program, language
    try:
        yield
    finally:
        _program = before


def choose_language(environment: Mapping[str, str]) -> StaffLanguage | None:
    """What the environment asks for; None where it names no language of ours.

    As with gettext `LANGUAGE` counts first, but not under the locale C, by which a script asks for no language.
    """
    locale = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    if _strip(locale) in NO_LOCALE:
        return None
    names = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((language for language in map(_find_named, names) if language), None)


def _find_named(locale: str) -> StaffLanguage | None:
    if TRADITIONAL_CHINESE.fullmatch(_strip(locale)):
        return "zh-TW"
    return "en" if ENGLISH.fullmatch(_strip(locale)) else None


def _strip(locale: str) -> str:
    """Without encoding and variant: zh_TW.UTF-8 is zh_TW."""
    return re.split(r"[.@]", locale, maxsplit=1)[0]
