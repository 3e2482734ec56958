"""The forms that browsers send: read within limits before anything is done with them."""

from collections.abc import AsyncGenerator, Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from kiosk.text.typed import narrow

MOST_BYTES = 200_000
MOST_FIELDS = 2_000
"""Of a form: anything larger is refused before it is held in memory. A month of duties has some hundred fields."""
FORM_TYPE = "application/x-www-form-urlencoded"
EXPIRED = 419
"""The status inside the program for a form whose token is not right; the answer says 403."""
TOKEN_FIELD, ID_FIELD = "token", "form"
SHOWN = "shown_"
"""Before the name of a field: what stood in it when the page was opened."""
SECRETS = ("password",)
"""Beginnings of the names of fields that are never sent back to a browser."""


class Form(NamedTuple):
    """The fields of a form, in order."""

    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The value of a field, the last where it was given twice; empty where it is missing."""
        return next((value for field, value in reversed(self.fields) if field == name), "")

    def get_text(self, name: str) -> str | None:
        """The same without spaces around it; None where nothing was entered."""
        return self.get(name).strip() or None

    def get_narrow(self, name: str) -> str:
        """The value of a field of a fixed form, a date, a time, a number or an id, whatever width it was typed in."""
        return narrow(self.get(name))

    def get_all(self, name: str) -> list[str]:
        """Every value of a field, as of boxes that are ticked."""
        return [value for field, value in self.fields if field == name]

    def is_changed(self, name: str, shown: str = "") -> bool:
        """Whether a field holds something else than stood in it; `shown`: the field that says what stood there."""
        return self.get(name).strip() != self.get(shown or SHOWN + name).strip()

    @property
    def id(self) -> str:
        """Of the form as it was shown: sent twice, it is carried out once."""
        return self.get(ID_FIELD)

    def encode(self) -> str:
        """What was typed, as one text that `parse_fields` reads: neither secrets nor the token."""
        return urlencode([(name, value) for name, value in self.fields if is_typed(name)])


def is_typed(name: str) -> bool:
    """Whether a field may be shown again."""
    return name != TOKEN_FIELD and not name.startswith(SECRETS)


def parse_fields(text: str) -> Form:
    """The form in an encoded text. Raises: ValueError."""
    fields: Iterable[tuple[str, str]] = parse_qsl(
        text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
    )
    return Form(tuple(fields))


async def read_form(request: Request) -> Form:
    """The form that a request sends. Raises: HTTPException."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM_TYPE:
        raise HTTPException(415)
    body = bytearray()
    async for chunk in stream_body(request, MOST_BYTES):
        body += chunk
    try:
        return parse_fields(body.decode())
    except ValueError:  # no UTF-8, or too many fields
        raise HTTPException(400) from None


async def stream_body(request: Request, longest: int, ignored: int = 0) -> AsyncGenerator[bytes]:
    """What a request sends, up to a limit. Raises: HTTPException.

    `ignored`: how many bytes more are read and forgotten, so that a browser hears the answer.
    """
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= longest:
                yield chunk
            elif size > longest + ignored:
                break
    except ClientDisconnect:
        raise HTTPException(400) from None
    if size > longest:
        raise HTTPException(413, headers={"connection": "close"})
