"""The words of the page of service items and contents, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


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
    always: str
    """The button beside `save`: from the first day of the month on."""
    usual_title: str
    usual_hint: str
    post: str
    since: str
    change: str
    usual_known: str
    """With {post}, {since}, {item} and {content}."""
    usual_saved: str
    """With {post} and {since}."""


PLANNED_WORK: Mapping[StaffLanguage, WorkWords] = {
    "zh-TW": WorkWords(
        title="服務項目與內容",
        hint="每個崗位這個月做什麼，一次填好整個月的班，或按「以後每個月都這樣」；單獨一班不同時，到那個班的頁面改。月報、時數條、紀錄冊和衛福部的匯入檔都用這裡的內容。"
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
        always="以後每個月都這樣",
        usual_title="崗位平常做什麼",
        usual_hint="填一次，從那一天起這個崗位的班都用這裡的內容，不必每個月再填；單獨一班另外填過的，以那一班為準。"
        "項目和內容都空白，就是從那一天起不再套用。",
        post="崗位",
        since="從哪一天起",
        change="更改",
        usual_known="{post} 從 {since} 起已經登錄為「{item}／{content}」，沒有儲存。要改的話，請按那一列的「更改」。",
        usual_saved="已儲存：{post} 從 {since} 起都這樣。",
    ),
    "en": WorkWords(
        title="Service items and contents",
        hint="What is done at each post, saved for all its duties of the month at once, or from this month on; a "
        "single one is changed on its own page. Statements, slips, record books and the ministry's file say it. Choose "
        "from the list, or write your own words.",
        none="There is no duty and no event in this month.",
        without_post="without a post",
        event="event {name}",
        duties=CountedText("{count} {count:duty|duties}"),
        item="Service item",
        content="Content",
        usual="The ministry's file takes {item} / {content} from the table of codes",
        missing="not filled in",
        unknown="not in the table of codes: the ministry's file will list these duties",
        left_out=CountedText(
            "{count} more {count:group is|groups are} not listed: {count:it appears|they appear} once those above are "
            "filled in."
        ),
        stated="This month is closed: what changes now is a difference, and the month is to be stated again.",
        save="Save",
        saved="Items and contents are saved.",
        nothing_said="Fill in the item or the content.",
        changed_meanwhile="Meanwhile another person changed these duties: nothing was saved. Below is what stands now.",
        back="Back to the plan",
        always="From this month on",
        usual_title="What is usually done at a post",
        usual_hint="Said once, it holds for the duties of the post from that day on, month after month; what is said "
        "of a single duty comes first. With item and content left empty, nothing is usual there from that day on.",
        post="Post",
        since="From",
        change="Change",
        usual_known="From {since} on {post} is on file with {item} / {content}: nothing was saved. To change it, "
        "choose “Change” in its row.",
        usual_saved="Saved: {post}, from {since} on.",
    ),
}
