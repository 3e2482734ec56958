"""The words of the pages of meetings and training sessions, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingWords:
    """The words of one language."""

    title: str
    hint: str
    none: str
    month: str
    """With {month}."""
    earlier: str
    later: str
    kinds: Mapping[str, str]
    trainings: Mapping[str, str]
    when: str
    what: str
    came: str
    """The heading of how many came."""
    came_of: str
    """With {attended}, {invited} and {rate}, a percentage."""
    coming: str
    sums: str
    sum: str
    """With {kind}, {sessions} and {participants}."""
    back: str
    people: str
    number: str
    name: str
    arrived: str
    stayed: str
    minutes: str
    """With {minutes}."""
    no_departure: str
    without_card: str
    on_duty: str
    not_come: str
    not_come_hint: str
    nobody: str
    add: str
    add_hint: str
    reason: str
    add_it: str
    added: str
    take_back: str
    taken_back: str
    record: str
    record_hint: str
    """With {training}."""
    record_them: str
    """With {count}."""
    recorded: str
    cancel: str
    cancel_hint: str
    cancel_it: str
    cancelled: str
    new: str
    new_hint: str
    """Between a label and what it is of."""
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    save: str
    saved: str
    faults: Mapping[str, str]


MEETINGS: Mapping[Literal["zh-TW", "en"], MeetingWords] = {
    "zh-TW": MeetingWords(
        title="會議與訓練",
        hint="受邀的志工照常刷卡，畫面顯示「已報到」。這段時間不計入服務時數；沒來的人不算缺席。",
        none="這個月沒有會議或訓練。",
        month="{month}",
        earlier="上個月",
        later="下個月",
        kinds={
            "meeting": "志工會議",
            "liaison_meeting": "聯繫會議",
            "officer_meeting": "幹部會議",
            "training": "訓練",
        },
        trainings={
            "basic": "基礎訓練",
            "special": "特殊訓練",
            "growth": "成長訓練",
            "leadership": "領導訓練",
            "in_service": "在職訓練",
        },
        when="時間",
        what="名稱",
        came="出席",
        came_of="{attended}／{invited} 人（{rate}%）",
        coming="尚未開始",
        sums="這個月合計",
        sum="{kind} {sessions} 場，出席 {participants} 人次",
        back="回會議與訓練",
        people="出席的志工",
        number="編號",
        name="姓名",
        arrived="報到",
        stayed="在場",
        minutes="{minutes} 分鐘",
        no_departure="未簽退",
        without_card="補登",
        on_duty="當時值勤",
        not_come="未出席",
        not_come_hint="未出席不是缺席，不影響服務紀錄。",
        nobody="還沒有人報到。",
        add="補登出席",
        add_hint="志工忘記帶卡或沒有刷到卡時使用。",
        reason="理由",
        add_it="補登",
        added="已補登出席。",
        take_back="撤回補登",
        taken_back="補登已撤回。",
        record="登錄訓練",
        record_hint="為出席的志工登錄「{training}」。已登錄過的不會重複。",
        record_them="為出席的 {count} 人登錄",
        recorded="訓練已登錄。",
        cancel="取消這一場",
        cancel_hint="取消後，這段時間的到班紀錄改照排班計算。",
        cancel_it="取消這一場",
        cancelled="已取消。",
        new="新增會議或訓練",
        new_hint="會後才補也可以：時間內的刷卡會自動改列為出席。",
        labels={
            "session_kind": "種類",
            "session_title": "名稱",
            "day": "日期",
            "start": "開始",
            "end": "結束",
            "numbers": "邀請的志工",
            "training": "訓練種類",
            "category": "特殊訓練的類別",
            "hours": "訓練時數",
            "chair": "主持人",
            "volunteer": "志工編號",
        },
        hints={
            "session_title": "會顯示在簽到畫面上，請勿寫人名",
            "day": "例如 115/11/24",
            "start": "例如 10:00",
            "end": "例如 12:00",
            "numbers": "空白表示全部志工；只邀請部分人時填編號，用空格分開",
            "training": "訓練才要選",
            "category": "例如 戶政",
            "hours": "空白表示上完就完成",
            "chair": "可不填",
        },
        save="儲存",
        saved="已新增。",
        faults={
            "required": "請填寫",
            "date": "請寫成 115/11/24 或 2026-11-24",
            "time": "請寫成 10:00",
            "end": "結束要晚於開始",
            "hours": "請填數字，例如 2 或 1.5",
            "training": "請選擇訓練種類",
            "category": "特殊訓練要填類別",
        },
    ),
    "en": MeetingWords(
        title="Meetings and trainings",
        hint="Those who are invited tap as usual. The time is no service, and those who do not come are not absent.",
        none="No meeting or training in this month.",
        month="{month}",
        earlier="Earlier month",
        later="Later month",
        kinds={
            "meeting": "volunteers' meeting",
            "liaison_meeting": "liaison meeting",
            "officer_meeting": "officers' meeting",
            "training": "training",
        },
        trainings={
            "basic": "basic training",
            "special": "special training",
            "growth": "growth training",
            "leadership": "leadership training",
            "in_service": "in-service training",
        },
        when="Time",
        what="Title",
        came="Attendance",
        came_of="{attended} of {invited} ({rate}%)",
        coming="not begun",
        sums="In this month",
        sum=CountedText("{kind}: {sessions} held, {participants} {participants:participant|participants}"),
        back="Back to meetings and trainings",
        people="Who came",
        number="Number",
        name="Name",
        arrived="Came at",
        stayed="Stayed",
        minutes="{minutes} min",
        no_departure="no departure",
        without_card="added",
        on_duty="On duty meanwhile",
        not_come="Did not come",
        not_come_hint="This is no absence and changes no record of service.",
        nobody="Nobody has come yet.",
        add="Add a volunteer",
        add_hint="For a volunteer who came without the card.",
        reason="Reason",
        add_it="Add",
        added="The volunteer is added.",
        take_back="Take back",
        taken_back="The addition is taken back.",
        record="Record the training",
        record_hint="Records “{training}” for those who came; nobody gets it twice.",
        record_them=CountedText("Record it for {count} {count:volunteer|volunteers}"),
        recorded="The training is recorded.",
        cancel="Call it off",
        cancel_hint="Presence in this time then counts by the roster again.",
        cancel_it="Call it off",
        cancelled="It is called off.",
        new="New meeting or training",
        new_hint="It may be entered afterwards: taps in this time become attendance.",
        labels={
            "session_kind": "Kind",
            "session_title": "Title",
            "day": "Date",
            "start": "Begins",
            "end": "Ends",
            "numbers": "Invited volunteers",
            "training": "Training",
            "category": "Category of a special training",
            "hours": "Hours of the training",
            "chair": "Chair",
            "volunteer": "Number of the volunteer",
        },
        hints={
            "session_title": "Shown at the entrance: no names of persons",
            "day": "For example 2026-11-24",
            "start": "For example 10:00",
            "end": "For example 12:00",
            "numbers": "Empty for everybody, or numbers with spaces between them",
            "training": "For a training only",
            "category": "For example 戶政",
            "hours": "Empty: complete with this session",
            "chair": "May be left out",
        },
        save="Save",
        saved="It is scheduled.",
        faults={
            "required": "Please fill this in",
            "date": "Write it as 2026-11-24",
            "time": "Write it as 10:00",
            "end": "The end must be later than the beginning",
            "hours": "A number, such as 2 or 1.5",
            "training": "Choose a training",
            "category": "A special training has a category",
        },
    ),
}
