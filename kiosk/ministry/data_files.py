"""`codes.toml` and `ministry.toml`: the codes of the ministry and the columns of its import file, as the unit has them.

Rule: the files beside `kiosk.toml` take the place of those that come with the program. What is not understood stops
with the line it stands on; a code that is in no table is never guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from devices.faults import ShortText
from devices.toml_text import TomlError, parse_toml
from devices.validation import FieldError, Place, convert, find_line
from domain.ids import compose
from kiosk.errors import UserError
from kiosk.home_files import CODES_FILE, TEMPLATE_FILE, write_private
from kiosk.input_files import read_input_file
from kiosk.toml_files import locate
from kiosk.words.ministry import MinistryText
from kiosk.words.validation import explain_field_fault, explain_toml_fault

SHIPPED = Path(__file__).with_name("data")
"""The folder of the files that come with the program."""

Kind = TypeVar("Kind")

NUMBER_CODE, AREA_CODE = re.compile(r"[0-9]{4}"), re.compile(r"[A-Z]")


class WorkCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done at a post: codes or their words."""

    item: ShortText
    content: ShortText


class CodeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes that a unit uses."""

    items: dict[str, ShortText]
    contents: dict[str, ShortText]
    areas: dict[str, ShortText]
    area: str = ""
    """The letter of the unit's own; empty is the central government."""
    posts: dict[str, WorkCodes] = {}
    without_post: WorkCodes | None = None
    """Of duties that have no post; None: each of them is listed."""


CodeKind = Literal["items", "contents", "areas"]
Field = Literal[
    "name",
    "national_id",
    "first_day",
    "last_day",
    "item",
    "content",
    "hours",
    "minutes",
    "served",
    "transport",
    "meal",
    "area",
    "action",
    "empty",
]
"""What a column holds: days as ROC dates, `served` people, amounts in NT$, `empty` nothing."""


class TemplateColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column of the import file."""

    heading: ShortText
    field: Field
    wide: bool = False
    """Only in the layout with 17 columns."""


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The layout of the import file."""

    sheet: ShortText
    item_sheet: ShortText
    content_sheet: ShortText
    area_sheet: ShortText
    code_heading: ShortText
    name_heading: ShortText
    action: ShortText
    min_minutes: Annotated[int, Meta(ge=0, le=100_000)]
    column: Annotated[tuple[TemplateColumn, ...], Meta(min_length=1)]

    def list_columns(self, *, wide: bool) -> Sequence[TemplateColumn]:
        """The columns of the wide or the narrow layout."""
        return [column for column in self.column if wide or not column.wide]


class UnitCodes:
    """The code table of a home, and where it stands."""

    def __init__(self, path: Path, table: CodeTable) -> None:
        self.path = path
        self.table = table
        self._codes = {kind: _list_spellings(getattr(table, kind)) for kind in ("items", "contents", "areas")}
        self._posts = {compose(post): work for post, work in table.posts.items()}

    def find_code(self, kind: CodeKind, text: str) -> str | None:
        """The code that a code or its words name; None where the table has neither."""
        return self._codes[kind].get(_fold(text))

    def find_work(self, post: str | None) -> WorkCodes | None:
        """What is done at a post, or without one; None where the table says nothing."""
        return self.table.without_post if post is None else self._posts.get(compose(post))


def _list_spellings(codes: Mapping[str, str]) -> dict[str, str]:
    """Words first, so that a code is never taken for the words of another."""
    return {_fold(label): code for code, label in codes.items()} | {_fold(code): code for code in codes}


def _fold(text: str) -> str:
    return compose(text).strip().casefold()


def load_codes(folder: Path) -> UnitCodes:
    """The codes of a home, else those that come with the program. Raises: UserError with file and line."""
    path = _find_file(folder, CODES_FILE)
    text, table = _load(path, CodeTable)
    codes = UnitCodes(path, table)
    for place, sentence in _check_codes(codes):
        raise UserError(f"{locate(path, find_line(text, place))}: {sentence}")
    return codes


def load_template(folder: Path) -> Template:
    """The layout of a home, else the one that comes with the program. Raises: UserError with file and line."""
    return _load(_find_file(folder, TEMPLATE_FILE), Template)[1]


def copy_data_files(folder: Path) -> list[Path]:
    """Put both files into a home, to be changed there; those that are there already stay. Raises: UserError."""
    missing = [name for name in (CODES_FILE, TEMPLATE_FILE) if not (folder / name).exists()]
    for name in missing:
        write_private(folder / name, (SHIPPED / name).read_bytes())
    return [folder / name for name in missing]


def _find_file(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).exists() else SHIPPED / name


def _check_codes(codes: UnitCodes) -> Iterator[tuple[Place, str]]:
    """What the types cannot say: the form of codes, and that posts name codes of the table."""
    table = codes.table
    for kind, form in (("items", NUMBER_CODE), ("contents", NUMBER_CODE), ("areas", AREA_CODE)):
        for code in getattr(table, kind):
            if not form.fullmatch(code):
                sentence = MinistryText.NO_AREA_CODE if kind == "areas" else MinistryText.NO_NUMBER_CODE
                yield (kind, code), sentence.fill(code=code)
    if table.area and table.area not in table.areas:
        yield ("area",), MinistryText.UNKNOWN_AREA.fill(code=table.area)
    works: list[tuple[Place, WorkCodes]] = [(("posts", post), work) for post, work in table.posts.items()]
    works += [(("without_post",), table.without_post)] if table.without_post else []
    for place, work in works:
        if codes.find_code("items", work.item) is None:
            yield (*place, "item"), MinistryText.UNKNOWN_ITEM.fill(text=work.item)
        if codes.find_code("contents", work.content) is None:
            yield (*place, "content"), MinistryText.UNKNOWN_CONTENT.fill(text=work.content)


def _load(path: Path, kind: type[Kind]) -> tuple[str, Kind]:
    text = _read_text(path)
    try:
        return text, convert(parse_toml(text), kind)
    except TomlError as error:
        raise UserError(f"{locate(path, error.line)}: {explain_toml_fault(error.fault)}") from None
    except FieldError as error:
        raise UserError(f"{locate(path, find_line(text, error.place))}: {explain_field_fault(error.fault)}") from None


def _read_text(path: Path) -> str:
    try:
        return read_input_file(path).decode()
    except UnicodeDecodeError:
        raise UserError(MinistryText.NOT_UTF_8.fill(path=path)) from None
    except OSError as error:
        raise UserError(MinistryText.CANNOT_READ.fill(path=path, strerror=error.strerror)) from None
