"""The settings of the notices: the tables `[notices]` and `[notices.mail]` of kiosk.toml.

Rule: a notice goes one way, by mail or into a folder; a password is sent over an encrypted connection only.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.faults import ShortText, TextForm
from kiosk.words.language import StaffLanguage
from kiosk.words.notices import NoticeSettingsText

ClockTime = Annotated[str, Meta(pattern=TextForm.CLOCK_TIME.value)]
Security = Literal["starttls", "tls", "none"]

PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""The usual port of each kind of connection (RFC 6409, 8314, 5321)."""

LONGEST_ADDRESS = 254
"""Characters of a mail address (RFC 5321, 4.5.3.1.3, with errata 1690)."""
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
"""`local@domain` of RFC 5322 without quotes and comments: nothing in it can be taken for a header or for two."""


def is_address(text: str) -> bool:
    """Whether a text is one mail address that every mail server takes."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


class MailServer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The server that takes the mail."""

    host: ShortText
    port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    """None takes the usual one."""
    security: Security = "starttls"
    user: ShortText | None = None
    password_file: ShortText | None = None
    """A file that only its owner can read, seen from the home."""

    @property
    def port_used(self) -> int:
        """The port to connect to."""
        return self.port or PORTS[self.security]


class NoticeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who gets which notices, when, and how."""

    sender: ShortText = msgspec.field(name="from")
    """The address that notices come from."""
    digest_to: tuple[ShortText, ...] = ()
    """Who gets the daily digest."""
    heads_to: tuple[ShortText, ...] = ()
    """Addresses that get the last signed head each day: of people who cannot change this machine."""
    reminders: bool = False
    """Whether volunteers are reminded, the day before, of their duties."""
    language: StaffLanguage | None = None
    """None takes the language of the home."""
    at: ClockTime = "07:00"
    """Local time from which on the notices of a day are made."""
    days: Annotated[int, Meta(ge=1, le=30)] = 5
    """How long it is tried to send a notice."""
    folder: ShortText | None = None
    """Where notices are written as files, seen from the home."""
    mail: MailServer | None = None


def check_notice_settings(notices: NoticeSettings) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What the types cannot say: the field, seen from `[notices]`, and the sentence about it."""
    lists = {"from": (notices.sender,), "digest_to": notices.digest_to, "heads_to": notices.heads_to}
    for field, addresses in lists.items():
        for address in addresses:
            if not is_address(address):
                yield (field,), NoticeSettingsText.NOT_AN_ADDRESS.fill(address=address)
        if len({*addresses}) < len(addresses):
            yield (field,), NoticeSettingsText.ADDRESS_TWICE.fill(field=field)
    if not (notices.digest_to or notices.heads_to or notices.reminders):
        yield (), NoticeSettingsText.NOTHING_TO_SEND.fill()
    if notices.at == "24:00":
        yield ("at",), NoticeSettingsText.NO_SUCH_TIME.fill()
    if (notices.folder is None) == (notices.mail is None):
        yield (), NoticeSettingsText.ONE_WAY.fill()
    for field, complaint in _check_server(notices.mail) if notices.mail else ():
        yield ("mail", field), complaint


def _check_server(mail: MailServer) -> Iterator[tuple[str, str]]:
    if (mail.user is None) != (mail.password_file is None):
        yield ("password_file" if mail.user is None else "user"), NoticeSettingsText.USER_AND_PASSWORD.fill()
    if mail.security == "none" and mail.user is not None:
        yield "security", NoticeSettingsText.PASSWORD_IN_THE_CLEAR.fill()
