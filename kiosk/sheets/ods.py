"""Sheets as an OpenDocument spreadsheet (ISO/IEC 26300), the document standard of Taiwan's government.

Rule: each cell has its type; a text is one whatever it begins with.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kiosk.sheets.cells import Cell, Money, Share, Sheet

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
_ROC_DAY = (
    '<number:year number:calendar="ROC"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:day number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
_LENGTH = '<number:hours/><number:text>:</number:text><number:minutes number:style="long"/>'
_SHARE = '<number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text>'
_MONEY = '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
_DATA_STYLES = (
    f'<number:date-style style:name="day">{_DAY}</number:date-style>'
    f'<number:date-style style:name="instant">{_DAY}{_TIME}</number:date-style>'
    f'<number:date-style style:name="roc-day" number:language="zh" number:country="TW">{_ROC_DAY}</number:date-style>'
    f'<number:date-style style:name="roc-instant" number:language="zh" number:country="TW">{_ROC_DAY}{_TIME}'
    "</number:date-style>"
    f'<number:time-style style:name="length" number:truncate-on-overflow="false">{_LENGTH}</number:time-style>'
    f'<number:percentage-style style:name="share">{_SHARE}</number:percentage-style>'
    f'<number:number-style style:name="money">{_MONEY}</number:number-style>'
)
_STYLES = (
    _DATA_STYLES
    + "".join(
        f'<style:style style:name="cell-{name}" style:family="table-cell" style:data-style-name="{name}"/>'
        for name in ("day", "instant", "roc-day", "roc-instant", "length", "share", "money")
    )
    + '<style:style style:name="header" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)
_SPACES = re.compile(r"^ +| {2,}| +$")


def build_ods(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a file."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content, compression in (
            ("mimetype", MIME_TYPE, ZIP_STORED),  # first and uncompressed, as the standard has it
            ("content.xml", _build_content(sheets), ZIP_DEFLATED),
            ("settings.xml", _build_settings([sheet.name for sheet in sheets]), ZIP_DEFLATED),
            ("META-INF/manifest.xml", _MANIFEST, ZIP_DEFLATED),
        ):
            archive.writestr(ZipInfo(name), content.encode(), compression)
    return file.getvalue()


def _build_content(sheets: Sequence[Sheet]) -> str:
    every = sorted({width for sheet in sheets for width in sheet.widths})
    widths = "".join(
        f'<style:style style:name="width{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * CM_PER_CHARACTER:.2f}cm"/></style:style>'
        for width in every
    )
    return (
        f'{_HEAD}<office:document-content {_XMLNS} office:version="1.3"><office:automatic-styles>{_STYLES}{widths}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(map(_build_table, sheets))}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _build_table(sheet: Sheet) -> str:
    columns = "".join(f'<table:table-column table:style-name="width{width}"/>' for width in sheet.widths)
    rows = "".join(_build_rows(sheet))
    return f"<table:table table:name={quoteattr(sheet.name)}>{columns}{rows}</table:table>"


def _build_rows(sheet: Sheet) -> Iterator[str]:
    header = "".join(_build_text(name, ' table:style-name="header"') for name in sheet.header)
    yield f"<table:table-header-rows><table:table-row>{header}</table:table-row></table:table-header-rows>"
    for row in sheet.rows:
        cells = (_build_cell(cell, "roc-" if sheet.uses_roc_dates else "") for cell in row)
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"


def _build_cell(cell: Cell, calendar: str) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            return _build_text(cell)
        case date():
            style = "instant" if isinstance(cell, datetime) else "day"
            return _build_value("date", "date", cell.isoformat(), str(cell)[:19], f"{calendar}{style}")
        case timedelta():
            hours, minutes = divmod(int(cell.total_seconds()) // 60, 60)
            return _build_value("time", "time", f"PT{hours}H{minutes:02}M00S", f"{hours}:{minutes:02}", "length")
        case Share():
            return _build_value("percentage", "", repr(float(cell)), f"{cell * 100:.1f}%", "share")
        case _:
            return _build_value("float", "", str(cell), str(cell), "money" if isinstance(cell, Money) else "")


def _build_value(kind: str, attribute: str, value: str, text: str, style: str) -> str:
    """A typed cell; a number has its value in `office:value`, a date in `office:date-value`."""
    name = f"{attribute}-value" if attribute else "value"
    styled = f' table:style-name="cell-{style}"' if style else ""
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"{styled}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def _build_text(text: str, style: str = "") -> str:
    """A cell with a text; runs of spaces and line breaks have elements of their own."""
    paragraphs = "".join(f"<text:p>{_SPACES.sub(_build_spaces, escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string"{style}>{paragraphs}</table:table-cell>'


def _build_spaces(match: re.Match[str]) -> str:
    return f'<text:s text:c="{len(match[0])}"/>'


def _build_settings(names: Sequence[str]) -> str:
    """The view of the sheets, each with its header row frozen."""
    items = "".join(
        f'<config:config-item config:name="{item}" config:type="{kind}">{value}</config:config-item>'
        for item, kind, value in (
            ("VerticalSplitMode", "short", 2),
            ("VerticalSplitPosition", "int", 1),
            ("PositionBottom", "int", 1),
        )
    )
    entry = "config:config-item-map-entry"
    tables = "".join(f"<{entry} config:name={quoteattr(name)}>{items}</{entry}>" for name in names)
    return (
        f'{_HEAD}<office:document-settings {_XMLNS} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings" xmlns:ooo="http://openoffice.org/2004/office">'
        f'<config:config-item-map-indexed config:name="Views"><{entry}>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{tables}'
        f"</config:config-item-map-named></{entry}></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
