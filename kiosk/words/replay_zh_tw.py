"""A replay in Chinese as written in Taiwan."""

from kiosk.words.replay_words import PlaybackWords

WORDS = PlaybackWords(
    title="重播 REPLAY",
    weekdays="星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    next_day="翌日",
    states={"playing": "播放中", "standing": "暫停", "over": "已結束", "so_far": "已結束"},
    ended={"over": "這一天到此結束，重播停止", "so_far": "紀錄到此為止，重播停止"},
    taps="刷卡 {number}/{count}",
    exceptions="例外 {number}/{count}",
    kinds={
        "late": "遲到",
        "absent": "缺席",
        "uncovered": "無人值勤",
        "without_duty": "無班到場",
        "forgotten": "未簽退",
        "refused": "卡片不受理",
        "unmatched": "簽退但沒有簽到",
    },
    more="另有 {count} 項",
    no_more_taps="之後沒有人刷卡",
    no_earlier_taps="之前沒有人刷卡",
    no_more_exceptions="之後沒有例外",
    nothing_changes="這是重播，什麼都不能更改",
    keys="空白 播放/停  n p 逐筆  e 例外  + - 快慢  Home End 頭尾",
)
