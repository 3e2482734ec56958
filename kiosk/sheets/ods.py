"""A sheet as an OpenDocument spreadsheet (ISO/IEC 26300), the document standard of Taiwan's government.

Rule: each cell has its type; a text is one whatever it begins with.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kiosk.sheets.cells import Cell

if TYPE_CHECKING:
    from kiosk.sheets.export import Sheet

MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CM_PER_CHARACTER = 0.22
_XMLNS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("config", "config"),
        ("manifest", "manifest"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest {_XMLNS} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
_STYLES = (
    f'<number:date-style style:name="day">{_DAY}</number:date-style>'
    f'<number:date-style style:name="instant">{_DAY}{_TIME}</number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>'
    '<style:style style:name="datetime" style:family="table-cell" style:data-style-name="instant"/>'
    '<style:style style:name="header" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)
_SPACES = re.compile(r"^ +| {2,}| +$")


def build_ods(sheet: "Sheet") -> bytes:
    """The sheet as a file."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content, compression in (
            ("mimetype", MIME_TYPE, ZIP_STORED),  # first and uncompressed, as the standard has it
            ("content.xml", _build_content(sheet), ZIP_DEFLATED),
            ("settings.xml", _build_settings(sheet.name), ZIP_DEFLATED),
            ("META-INF/manifest.xml", _MANIFEST, ZIP_DEFLATED),
        ):
            archive.writestr(ZipInfo(name), content.encode(), compression)
    return file.getvalue()


def _build_content(sheet: "Sheet") -> str:
    widths = "".join(
        f'<style:style style:name="width{number}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * CM_PER_CHARACTER:.2f}cm"/></style:style>'
        for number, width in enumerate(sheet.widths)
    )
    columns = "".join(f'<table:table-column table:style-name="width{number}"/>' for number in range(len(sheet.widths)))
    return (
        f'{_HEAD}<office:document-content {_XMLNS} office:version="1.3"><office:automatic-styles>{_STYLES}{widths}'
        f"</office:automatic-styles><office:body><office:spreadsheet><table:table table:name={quoteattr(sheet.name)}>"
        f"{columns}{''.join(_build_rows(sheet))}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def _build_rows(sheet: "Sheet") -> Iterator[str]:
    header = "".join(_build_text(name, ' table:style-name="header"') for name in sheet.header)
    yield f"<table:table-header-rows><table:table-row>{header}</table:table-row></table:table-header-rows>"
    for row in sheet.rows:
        yield f"<table:table-row>{''.join(map(_build_cell, row))}</table:table-row>"


def _build_cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            return _build_text(cell)
        case date():
            style = "datetime" if isinstance(cell, datetime) else "date"
            value = f'office:value-type="date" office:date-value="{cell.isoformat()}" table:style-name="{style}"'
            return f"<table:table-cell {value}><text:p>{str(cell)[:19]}</text:p></table:table-cell>"
        case _:
            return (
                f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
                "</table:table-cell>"
            )


def _build_text(text: str, style: str = "") -> str:
    """A cell with a text; runs of spaces and line breaks have elements of their own."""
    paragraphs = "".join(f"<text:p>{_SPACES.sub(_build_spaces, escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string"{style}>{paragraphs}</table:table-cell>'


def _build_spaces(match: re.Match[str]) -> str:
    return f'<text:s text:c="{len(match[0])}"/>'


def _build_settings(name: str) -> str:
    """The view of the sheet, with its header row frozen."""
    items = "".join(
        f'<config:config-item config:name="{item}" config:type="{kind}">{value}</config:config-item>'
        for item, kind, value in (
            ("VerticalSplitMode", "short", 2),
            ("VerticalSplitPosition", "int", 1),
            ("PositionBottom", "int", 1),
        )
    )
    return (
        f'{_HEAD}<office:document-settings {_XMLNS} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings" xmlns:ooo="http://openoffice.org/2004/office">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        '<config:config-item-map-named config:name="Tables">'
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{items}</config:config-item-map-entry>"
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
