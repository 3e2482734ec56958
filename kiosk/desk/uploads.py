"""Files that browsers send: read within limits, and held for a while for the pages that follow.

Rule: a form shows that it is ours before its file is read, so its token stands before the file. A file is held in
memory only, one a session; it is dropped with the session, and after a quarter of an hour.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kiosk.desk.forms import EXPIRED, FORM_TYPE, MOST_BYTES, TOKEN_FIELD, Form, read_form, stream_body
from kiosk.desk.sessions import HeldFile, Session, create_id
from kiosk.sheets.read import LONGEST_FILE
from kiosk.text.sanitise import sanitise

LONGEST_UPLOAD = LONGEST_FILE + MOST_BYTES
"""Bytes of a file and the fields around it."""
MOST_IGNORED = 200 << 20
"""Bytes beyond; after them the browser only learns that the connection was closed."""
MOST_FIELDS = 20
SECONDS_HELD = 15 * 60
MOST_HELD = 5
"""Files of all sessions at once, of 20 MB each at most; the one that was sent first is dropped for a further one."""


class UploadedFile(NamedTuple):
    """A file as it was sent."""

    name: str
    """Without folders and characters that draw nothing."""
    content: bytes


class Upload(NamedTuple):
    """A form with a file."""

    form: Form
    file: UploadedFile | None
    """None where no file was chosen."""


class HeldFiles:
    """The files of all sessions."""

    def __init__(self) -> None:
        self._holders: list[Session] = []

    def hold(self, session: Session, file: UploadedFile) -> HeldFile:
        """Hold a file for a session, instead of the one before. Called in the event loop."""
        session.file = HeldFile(create_id(), file.name, file.content)
        others = [holder for holder in self._holders if holder.file and holder is not session]
        self._holders = [*others, session]
        for oldest in self._holders[:-MOST_HELD]:
            oldest.file = None
        asyncio.get_running_loop().call_later(SECONDS_HELD, drop_file, session, session.file.id)
        return session.file


def drop_file(session: Session, file_id: str) -> None:
    """Drop a file, unless another one has taken its place."""
    if session.file and session.file.id == file_id:
        session.file = None


# --- Reading ---


async def read_upload(request: Request, is_right: Callable[[str], bool], *, keep: bool) -> Upload:
    """The form that a request sends, with a file or without; `is_right` judges its token. Raises: HTTPException.

    `keep`: whether what is in the file is kept, as only of those who may send one.
    """
    if request.headers.get("content-type", "").startswith(FORM_TYPE):  # as a form that was kept over a login
        form = await read_form(request)
        demand_token(form, is_right)
        return Upload(form, None)
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise HTTPException(415)
    try:
        parser = UploadParser(options[b"boundary"], is_right, keep=keep)
        async for chunk in stream_body(request, LONGEST_UPLOAD, MOST_IGNORED):
            parser.write(chunk)
        return parser.finish()
    except (FormParserError, UnicodeDecodeError):
        raise HTTPException(400) from None


def demand_token(form: Form, is_right: Callable[[str], bool]) -> None:
    """Check that a form came from a page of ours. Raises: HTTPException."""
    if not is_right(form.get(TOKEN_FIELD)):
        raise HTTPException(EXPIRED)


class UploadParser:
    """Takes a form with a file apart while it arrives. Raises: HTTPException, FormParserError, UnicodeDecodeError."""

    def __init__(self, boundary: bytes, is_right: Callable[[str], bool], *, keep: bool) -> None:
        self._is_right, self._keep = is_right, keep
        self._fields: list[tuple[str, str]] = []
        self._file: UploadedFile | None = None
        self._header, self._value, self._disposition = bytearray(), bytearray(), b""
        self._name, self._file_name = "", None
        self._content = bytearray()
        self._is_whole = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_content,
                "on_part_data": self._add_content,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def write(self, chunk: bytes) -> None:
        """The next bytes."""
        self._parser.write(chunk)

    def finish(self) -> Upload:
        """The form, once all bytes were written."""
        self._parser.finalize()
        if not self._is_whole:
            raise HTTPException(400)
        form = Form(tuple(self._fields))
        demand_token(form, self._is_right)
        return Upload(form, self._file)

    def _begin_part(self) -> None:
        self._disposition, self._name, self._file_name = b"", "", None
        self._content = bytearray()

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _begin_content(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode()
        if b"filename" in options:
            self._file_name = clean_file_name(options[b"filename"].decode(errors="replace"))
            demand_token(Form(tuple(self._fields)), self._is_right)

    def _add_content(self, data: bytes, start: int, end: int) -> None:
        if self._keep or self._file_name is None:
            self._content += data[start:end]
        if self._file_name is None and len(self._content) > MOST_BYTES:
            raise HTTPException(413)

    def _end_part(self) -> None:
        if self._file_name is None:
            self._fields.append((self._name, self._content.decode()))
        elif self._file_name or self._content:
            if self._file:
                raise HTTPException(400)
            self._file = UploadedFile(self._file_name, bytes(self._content))
        if len(self._fields) > MOST_FIELDS:
            raise HTTPException(400)

    def _end(self) -> None:
        self._is_whole = True


def clean_file_name(name: str) -> str:
    """The name of a file as it can be shown: some browsers send its folders too."""
    return sanitise(name.replace("\\", "/").rpartition("/")[2])
