"""The words of the list of insured volunteers and of that of record books to apply for, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperListWords:
    """The words of one language."""

    insured_title: str
    applications_title: str
    day: str
    shared: str
    """The table of those whom the shared contract takes."""
    other: str
    applications: str
    number: str
    name: str
    gender: str
    birth_date: str
    national_id: str
    book_number: str
    insured: str
    yes: str
    no: str
    trained_on: str
    photos: str
    coverage: str
    coverage_of: str
    """With {covered}, {counted} and {share}."""
    unknown: str
    layout: str
    age_limit: str
    """With {limit}."""
    other_insurance: str
    passport: str
    coordinator: str


PAPER_LISTS: Mapping[StaffLanguage, PaperListWords] = {
    "zh-TW": PaperListWords(
        insured_title="志工保險名冊",
        applications_title="志願服務紀錄冊申請名冊",
        day="日期",
        shared="領冊志工（可投保共同供應契約）",
        other="尚未領冊志工（須另行投保）",
        applications="申請名單",
        number="編號",
        name="姓名",
        gender="性別",
        birth_date="出生年月日",
        national_id="身分證統一編號",
        book_number="紀錄冊冊號",
        insured="當日有保險",
        yes="有",
        no="無",
        trained_on="訓練完成日",
        photos="一吋照片二張",
        coverage="投保率",
        coverage_of="{covered}／{counted} 位，{share}",
        unknown="沒有服務中的志工",
        layout="保險名冊沒有查到法定格式；欄位依一般投保需要列出。",
        age_limit="共同供應契約承保到 {limit} 歲，請依出生年月日確認；超過的請另行投保。",
        other_insurance="共同供應契約只承保領冊志工；沒有登記冊號的，請儘速申請或補登冊號。",
        passport="沒有身分證統一編號的，請填護照號碼。照片由承辦人備妥後打勾，申請在本系統以外辦理。",
        coordinator="承辦人",
    ),
    "en": PaperListWords(
        insured_title="List of insured volunteers",
        applications_title="Record books to apply for",
        day="Day",
        shared="Holders of a record book (shared contract)",
        other="Without a record book (other insurance needed)",
        applications="Applicants",
        number="Number",
        name="Name",
        gender="Gender",
        birth_date="Date of birth",
        national_id="National ID",
        book_number="Number of the record book",
        insured="Insured that day",
        yes="yes",
        no="no",
        trained_on="Training completed on",
        photos="Two 1-inch photos",
        coverage="Insured",
        coverage_of="{covered} of {counted}, {share}",
        unknown="nobody is in service",
        layout="No official layout of this list was found; its columns are those that insurers usually ask for.",
        age_limit="The shared contract insures up to the age of {limit}: check the dates of birth, and insure others "
        "elsewhere.",
        other_insurance="The shared contract takes holders of a record book only: apply for one, or enter its number.",
        passport="Without a national ID the number of the passport is needed. Tick the photos once they are there; the "
        "application is made outside this program.",
        coordinator="Coordinator",
    ),
}


def find_paper_list_words() -> PaperListWords:
    """The words in the language of the one that reads them."""
    return PAPER_LISTS[find_language()]
