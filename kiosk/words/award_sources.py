"""Where the conditions of an award come from, as people read it: the catalogue names its sources by short tags.

Rule: readers of a list do not know the tags. A handbook or plan is named, a page on the web is `公開資料`, and the
number of our own rule is left out.
"""

import re

DOCUMENTS = {
    "S0": "臺中市政府秘書處 107 年度志願服務實施計畫 ",
    "S1": "110 年度臺北市政府志願服務工作計畫 ",
    "S2": "臺中市清水區戶政事務所 113 年民政業務志願服務工作計畫 ",
    "S3": "臺北市志願服務實務手冊 ",
    "S4": "臺中市政府政風處 110 年度志願服務實施計畫 ",
    "P20": "內政業務志願服務獎勵辦法",
}
"""By their tags; `P20` is a law, other tags with P are pages on the web."""
WEB_PAGE, NOT_FOUND = "公開資料", "未載明"
_RULE = re.compile(r"^R-\d+；")
_PAGES = re.compile(r"\bP\d+(?:、P\d+)*")


def format_source(source: str) -> str:
    """The sources of a row; what a unit wrote into its own catalogue stays as it is."""
    if not _RULE.match(source):
        return source
    text = _RULE.sub("", source).replace("[NOT FOUND]", NOT_FOUND)
    text = re.sub(r"\bS\d ?|\bP20\b", lambda tag: DOCUMENTS.get(tag[0].strip(), tag[0]), text)
    return _PAGES.sub(WEB_PAGE, text)
