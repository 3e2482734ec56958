"""What stands on every document, whatever it says: labels of its foot, figures that are not known, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language
from kiosk.words.sentence import Sentence


class DocumentText(Sentence):
    """Why a document is not handed out."""

    UNKNOWN_DOCUMENT = "there is no document `{name}`: the documents are {names}"
    UNKNOWN_ARGUMENT = "the document {document} takes no `{name}`: it takes {names}"
    NO_ARGUMENTS = "nothing"
    NOT_AN_ARGUMENT = "`{text}` is not NAME=VALUE, such as month=2026-11"
    ARGUMENT_TWICE = "`{name}` is given twice"
    MISSING_ARGUMENT = "the document {document} needs {name}, such as {name}={example}"
    BAD_MONTH = "{name} is a month, such as 2026-11 or 115-11, not `{text}`"
    BAD_DATE = "{name} is a date, such as 2026-11-19 or 115-11-19, not `{text}`"
    BAD_YEAR = "{name} is a year, such as 2026 or 115, not `{text}`"
    BAD_COUNT = "{name} is a whole number, not `{text}`"
    BAD_CHOICE = "{name} is one of {choices}, not `{text}`"
    BAD_FORM = "a document is written as {forms}: give the file such an ending"
    WHICH_TABLE = "this document has several tables, and a CSV file has one: choose one with --table: {tables}"
    NO_TABLE = "the document has no table `{name}`: its tables are {tables}"
    TABLE_IS_FOR_CSV = "--table is for a CSV file: every other form has all tables"
    MATCHES = (
        "The document {code}, {title}, {period}, handed out at {at} by {by}, says what the log says up to position "
        "{position}."
    )
    DIFFERS = (
        "The document {code}, {title}, {period}, handed out at {at} by {by}, does not say what the log says now up to "
        "position {position}: {tables} differ. The log was altered, or this program computes otherwise: run "
        "`kiosk verify`"
    )
    CATALOGUE_CHANGED = (
        "The document {code}, {title}, {period}, handed out at {at} by {by}, rests on conditions of an award that have "
        "changed since: awards.toml of the home differs, or the catalogue of the program. It can be checked with the "
        "catalogue of that time"
    )
    CATALOGUE_LACKS = (
        "the document {code}, {name}, handed out at {at} by {by}, cannot be built: the award catalogue has no such "
        "award now, or awards.toml of the home is not understood. It can be checked with the catalogue of that time"
    )
    REVERSED = "{name} is before {first}"
    NO_AWARD = "the award catalogue has no `{award}` for {year}: it has {awards}"
    ARGUMENTS_DIFFER = "its arguments"
    UNKNOWN_CODE = (
        "no document with the code {code} was handed out from this home: compare each character with the paper"
    )
    NOT_BUILT = (
        "the document {code}, {name}, handed out at {at} by {by}, is of a kind that this program does not build: check "
        "it with the version that made it"
    )
    PDF_FAILED = "the PDF could not be written: {reason}. The other forms say the same"
    WRITTEN = "{path}: {title}, code {code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWords:
    """The words of one language. Braces stand for numbers and dates."""

    unknown: str
    """A figure that is not known."""
    erased: str
    """A person who was erased, and what was kept of them."""
    no_note: str
    """A text of the people store that is not there any more."""
    box: str
    """What a person ticks on paper."""
    minutes: str
    """With {hours} and {minutes}."""
    money: str
    """With {amount}."""
    day: str
    """With {year}, {month} and {day}, numbers."""
    before_republic: str
    """With {year}: a year before 1912, counted back; dates in English are not of the ROC."""
    month: str
    period: str
    """With {first} and {last}, days."""
    one_day: str
    """With {day}: the period of a document that speaks of one."""
    genders: Mapping[str, str]
    yes: str
    no: str
    total: str
    no_rows: str
    """Under a table that is empty, where its document says nothing else."""
    unit: str
    of_period: str
    """The label of the period."""
    as_of: str
    past: str
    """The label of the instant where later entries do not count."""
    position: str
    chain: str
    code: str
    check_hint: str
    """How the code is checked, with {code}."""
    page: str
    """With {page} and {pages}."""
    masked: str
    """Under a document in which names are masked."""
    simulation: str
    rare: str
    """With {characters}: what no font has."""
    about: str
    """The sheet of a workbook that holds what stands around the tables."""
    document: str


DOCUMENT: Mapping[StaffLanguage, DocumentWords] = {
    "zh-TW": DocumentWords(
        unknown="未記錄",
        erased="（已刪除）",
        no_note="（已刪除）",
        box="□",
        minutes="{hours} 小時 {minutes:02} 分",
        money="{amount:,} 元",
        day="{year}/{month:02}/{day:02}",
        before_republic="民前{year}",
        month="{year} 年 {month} 月",
        period="民國 {first} 至 {last}",
        one_day="民國 {day}",
        genders={"female": "女", "male": "男", "other": "其他"},
        yes="是",
        no="否",
        total="合計",
        no_rows="沒有資料。",
        unit="單位",
        of_period="期間",
        as_of="資料時間",
        past="資料時間（之後登錄的不計）",
        position="紀錄位置",
        chain="紀錄雜湊",
        code="查驗碼",
        check_hint="查驗：志工櫃台的「查驗文件」或 kiosk verify --document {code}",
        page="第 {page} 頁，共 {pages} 頁",
        masked="姓名及個人資料已遮蔽。",
        simulation="模擬資料，不是真實紀錄",
        rare="字型沒有這些字，以字碼代替，請手寫補上：{characters}",
        about="說明",
        document="文件",
    ),
    "en": DocumentWords(
        unknown="not recorded",
        erased="(erased)",
        no_note="(erased)",
        box="□",
        minutes="{hours} h {minutes:02} min",
        money="NT$ {amount:,}",
        day="{year}-{month:02}-{day:02}",
        before_republic="{year}",
        month="{year}-{month:02}",
        period="{first} to {last}",
        one_day="{day}",
        genders={"female": "female", "male": "male", "other": "other"},
        yes="yes",
        no="no",
        total="Total",
        no_rows="Nothing to list.",
        unit="Unit",
        of_period="Period",
        as_of="As of",
        past="As of (what was recorded later does not count)",
        position="Log position",
        chain="Hash of the log",
        code="Code",
        check_hint="To check it: “Check a document” at the desk, or kiosk verify --document {code}",
        page="Page {page} of {pages}",
        masked="Names and personal data are masked.",
        simulation="SIMULATION, not a real record",
        rare="The font lacks these characters; their codes stand instead, please write them in by hand: {characters}",
        about="About",
        document="Document",
    ),
}


def find_document_words() -> DocumentWords:
    """The words in the language of the one that reads them."""
    return DOCUMENT[find_language()]
