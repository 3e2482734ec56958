"""Rows as a file that a browser keeps, for a spreadsheet program."""

import io
from collections.abc import Sequence
from typing import Literal, cast, get_args
from urllib.parse import quote

from anyio import to_thread
from starlette.responses import Response

from kiosk.sheets.cells import Row
from kiosk.sheets.export import WorkbookFormat, build_workbook, write_csv

FileFormat = Literal["xlsx", "ods", "csv"]
FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}


async def send_rows(title: str, rows: Sequence[Row], form: str, columns: Sequence[str] = ()) -> Response:
    """The file, named for its title; `form` is one of `FORMATS`, `columns` the header where there are no rows."""
    content = await to_thread.run_sync(build_file, title, rows, form, columns)
    disposition = f"attachment; filename*=UTF-8''{quote(f'{title}.{form}')}"
    return Response(content, media_type=TYPES[form], headers={"content-disposition": disposition})


def build_file(title: str, rows: Sequence[Row], form: str, columns: Sequence[str] = ()) -> bytes:
    """The bytes of the file; CSV begins with a byte order mark, or Excel takes it for Big5."""
    if form == "csv":
        text = io.StringIO(newline="")
        write_csv(text, rows, columns)
        return text.getvalue().encode("utf-8-sig")
    return build_workbook(title, rows, columns, cast("WorkbookFormat", form))
