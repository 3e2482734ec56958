"""The words of the page of service items and contents, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkWords:
    """The words of one language."""

    title: str
    hint: str
    none: str
    without_post: str
    event: str
    """With {name}."""
    duties: str
    """With {count}."""
    item: str
    content: str
    usual: str
    """With {item} and {content}: of the post, in the table of codes."""
    missing: str
    unknown: str
    left_out: str
    """With {count}."""
    stated: str
    save: str
    saved: str
    nothing_said: str
    changed_meanwhile: str
    back: str


PLANNED_WORK: Mapping[StaffLanguage, WorkWords] = {
    "zh-TW": WorkWords(
        title="服務項目與內容",
        hint="每個崗位這個月做什麼，一次填好整個月的班；單獨一班不同時，到那個班的頁面改。月報、時數條、紀錄冊和衛福部的匯入檔都用這裡的內容。"
        "可以從清單選，也可以自己寫。",
        none="這個月沒有班，也沒有活動。",
        without_post="未指定崗位",
        event="活動 {name}",
        duties="{count} 班",
        item="服務項目",
        content="服務內容",
        usual="匯入檔依代碼檔：{item}／{content}",
        missing="還沒填",
        unknown="代碼檔裡沒有，匯入檔會列出這些班",
        left_out="另有 {count} 組沒有列出，填好上面的就會出現。",
        stated="這個月已經結清。現在更改，月結會列出差異，請再結清一次。",
        save="儲存",
        saved="服務項目與內容已儲存。",
        nothing_said="請填服務項目或服務內容。",
        changed_meanwhile="這些班剛剛有別人更改，沒有儲存。下面是現在的內容，請確認。",
        back="回班表",
    ),
    "en": WorkWords(
        title="Service items and contents",
        hint="What is done at each post, saved for all its duties of the month at once; a single one is changed on its "
        "own page. Statements, slips, record books and the ministry's file say it. Choose from the list, or write your "
        "own words.",
        none="There is no duty and no event in this month.",
        without_post="without a post",
        event="event {name}",
        duties="{count} duties",
        item="Service item",
        content="Content",
        usual="The ministry's file takes {item} / {content} from the table of codes",
        missing="not filled in",
        unknown="not in the table of codes: the ministry's file will list these duties",
        left_out="{count} more groups are not listed: they appear once those above are filled in.",
        stated="This month is closed: what changes now is a difference, and the month is to be stated again.",
        save="Save",
        saved="Items and contents are saved.",
        nothing_said="Fill in the item or the content.",
        changed_meanwhile="Meanwhile another person changed these duties: nothing was saved. Below is what stands now.",
        back="Back to the plan",
    ),
}
