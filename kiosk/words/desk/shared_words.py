"""The typed word table of the desk's pages, filled in once a language. Braces stand for times, numbers and names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.model.desk_account import Role
from kiosk.words.sentence import Sentence
from kiosk.words.staff_words import RosterWords

Problem = Literal["forbidden", "not_found", "form_expired", "too_large", "not_a_form", "unreadable", "failed"]
"""Why a page cannot be shown."""


SectionName = Literal[
    "today",
    "people",
    "plan",
    "sessions",
    "muster",
    "month",
    "assessment",
    "cases",
    "awards",
    "audit",
    "unit",
    "documents",
]
"""The sections of the menu."""


class DeskText(Sentence):
    """What is answered before a language is known."""

    PROXY_WITHOUT_TLS = (
        "This desk is reached over https only, through its proxy: the proxy has to speak TLS, and to say so with "
        "X-Forwarded-Proto."
    )
    OTHER_HOST = (
        "This desk goes by another name: use the address that `kiosk desk` printed, or give this name with --host."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """The words of one language."""

    language: Literal["zh-TW", "en"]
    title: str
    log_in: str
    name: str
    password: str
    log_out: str
    wrong: str
    """The name or the password: which one is not said."""
    wait: str
    """With {minutes}: too many wrong passwords."""
    roles: Mapping[Role, str]
    today: str
    needs_attention: str
    duties: str
    updated: str
    """With {time}: of when the page is."""
    connection_lost: str
    stalled: str
    """Where the log cannot be read just now."""
    back: str
    problems: Mapping[Problem, str]
    problem_title: str
    menu: Mapping[SectionName, str]
    menu_label: str
    """What the menu is, for those who do not see it."""
    other_language: Literal["zh-TW", "en"]
    other_language_name: str
    """In that language."""
    session_ended: str
    """At the login, where a form was sent too late."""
    kept_title: str
    kept_text: str
    send_kept: str
    discard_kept: str
    quarantine: str
    """Above the events that could not be read."""
    sent_already: str
    """Where a form was sent twice and carried out once."""
    own_password: str
    own_password_hint: str
    wrong_password: str
    colon: str
    """Between a label and what it is about."""
    separator: str
    """Between the parts of a list."""
    gap: str
    """Between two remarks in one line."""
    roster: RosterWords
