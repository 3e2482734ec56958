"""The words of the page of the kiosks, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.model.kiosk_register import AlarmKind
from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskPageWords:
    """The words of one language. Braces stand for values."""

    title: str
    hint: str
    none: str
    heard: str
    """With {at}."""
    never_heard: str
    unsent: str
    """With {count}."""
    complete: str
    """With {at}."""
    joined: str
    """With {at}."""
    stopped: str
    revoked: str
    alarms: Mapping[AlarmKind, str]
    """What each means."""
    remedies: Mapping[AlarmKind, str]
    """What to do."""
    settle: str
    settle_hint: str
    settle_button: str
    settled: str
    revoke: str
    revoke_hint: str
    revoke_button: str
    has_been_revoked: str
    reason: str
    add: str
    add_hint: str
    name: str
    name_hint: str
    add_button: str
    code: str
    """With {kiosk}."""
    code_hint: str
    """With {until}."""
    no_name: str
    long_name: str
    provisional_day: str
    """Of the last day that is over; with {kiosks}."""
    provisional_month: str
    """With {kiosks}."""
    close_despite: str
    close_unasked: str


KIOSKS: Mapping[StaffLanguage, KioskPageWords] = {
    "zh-TW": KioskPageWords(
        title="簽到機",
        hint="網路斷了，簽到機照樣可以刷卡；連上之後，會自己補傳。",
        none="還沒有其他簽到機加入。",
        heard="最近連線 {at}",
        never_heard="加入以後還沒有連線",
        unsent="還有 {count} 筆沒有傳完",
        complete="{at} 以前的都傳完了",
        joined="{at} 加入",
        stopped="暫停接收",
        revoked="已停用",
        alarms={
            "went_back": "這台的紀錄比先前傳來的少：可能換回舊的硬碟，或還原了舊的檔案。",
            "forked": "這台的紀錄和先前傳來的不一樣：可能用舊的檔案繼續刷了卡。",
            "restored": "這台的紀錄是從備份還原的，備份之後的刷卡可能不在裡面。",
            "clone": "有兩台機器用同一份紀錄在刷卡。",
            "not_yours": "這台傳來不屬於它的紀錄，可能有人動過它。",
        },
        remedies={
            "went_back": "請不要讓它繼續用這個名稱：停用它，再用新的名稱加入。已經傳來的刷卡都還在。",
            "forked": "請停用它，再用新的名稱加入。沒有傳來的刷卡，請看那台機器的畫面，由您補登。",
            "restored": "請停用它，再用新的名稱加入。已經傳來的刷卡都還在。",
            "clone": "請先關掉其中一台，停用這個名稱，另一台再用新的名稱加入。",
            "not_yours": "請先問管電腦的同事。確定沒有問題，才恢復接收；不能確定，就停用。",
        },
        settle="恢復接收",
        settle_hint="問題查清楚了，才恢復接收。問題還在的話，它會再停下來。",
        settle_button="恢復接收",
        settled="已經恢復接收。",
        revoke="停用這台",
        revoke_hint="停用以後，不再接收它的刷卡，也不能改回來。已經傳來的照樣採計。遺失或被偷的機器，請馬上停用。",
        revoke_button="停用",
        has_been_revoked="已經停用。",
        reason="理由",
        add="加入另一台",
        add_hint="取一個名稱，把這裡顯示的代碼輸入到那台簽到機。",
        name="名稱",
        name_hint="例如 後門、二樓。用過的名稱不能再用。",
        add_button="產生代碼",
        code="請在「{kiosk}」輸入這組代碼",
        code_hint="{until} 以前有效，只能用一次。",
        no_name="請寫名稱",
        long_name="名稱最多 60 個字",
        provisional_day="昨天的紀錄是暫定的：{kiosks} 還沒有傳完，數字可能再變。",
        provisional_month="這個月是暫定的：{kiosks} 還沒有傳完，時數可能再變。",
        close_despite="我知道還沒傳完，照現在的紀錄結清",
        close_unasked="還有簽到機沒有傳完。確定要現在結清，請先勾選。",
    ),
    "en": KioskPageWords(
        title="Kiosks",
        hint="A kiosk goes on without the network, and sends what it recorded once it is back.",
        none="No other kiosk has joined.",
        heard="last heard {at}",
        never_heard="not heard since it joined",
        unsent=CountedText("{count} {count:record is|records are} still to come"),
        complete="complete up to {at}",
        joined="joined {at}",
        stopped="stopped",
        revoked="revoked",
        alarms={
            "went_back": "It has fewer records than it sent before: an old disk or old files may have been put back.",
            "forked": "Its records differ from those that it sent before: old files may have been used again.",
            "restored": "Its records were restored from a backup; taps since that backup may be missing.",
            "clone": "Two machines record with the same files.",
            "not_yours": "It sent records that are not its own: it may have been tampered with.",
        },
        remedies={
            "went_back": "Do not let it go on under this name: revoke it, and let it join under another one. "
            "What it sent before is kept.",
            "forked": "Revoke it, and let it join under another name. Enter by hand what it recorded and did not send.",
            "restored": "Revoke it, and let it join under another name. What it sent before is kept.",
            "clone": "Switch one of the two off, revoke this name, and let the other join under another one.",
            "not_yours": "Ask your administrator first. Hear it again only when you are sure; else revoke it.",
        },
        settle="Hear it again",
        settle_hint="Only once you know what happened. Where it is not cured, the kiosk is stopped again.",
        settle_button="Hear it again",
        settled="It is heard again.",
        revoke="Revoke it",
        revoke_hint="Nothing more is taken from it, for good. What it sent counts on. Revoke a lost or stolen kiosk at "
        "once.",
        revoke_button="Revoke",
        has_been_revoked="It was revoked.",
        reason="Reason",
        add="Add another",
        add_hint="Choose a name, and type the code that is shown here at that kiosk.",
        name="Name",
        name_hint="Such as back door, second floor. A name that was used cannot be used again.",
        add_button="Make a code",
        code="Type this code at “{kiosk}”",
        code_hint="Good until {until}, and once.",
        no_name="Please enter a name",
        long_name="A name has at most 60 characters",
        provisional_day="Yesterday is provisional: not everything has come from {kiosks}, and figures may change.",
        provisional_month="This month is provisional: not everything has come from {kiosks}, and hours may change.",
        close_despite="I know that records are still to come; close it as it is",
        close_unasked="Records of a kiosk are still to come. Tick the box if you want to close the month now.",
    ),
}
