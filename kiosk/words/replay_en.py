"""A replay in English."""

from kiosk.words.replay_words import PlaybackWords

WORDS = PlaybackWords(
    title="REPLAY 重播",
    weekdays="Mon Tue Wed Thu Fri Sat Sun",
    next_day="next day",
    states={"playing": "playing", "standing": "paused", "over": "ended", "so_far": "ended"},
    ended={"over": "The day is over, replay stopped", "so_far": "No more is known, replay stopped"},
    taps="tap {number}/{count}",
    exceptions="exception {number}/{count}",
    kinds={
        "late": "late",
        "absent": "absent",
        "uncovered": "nobody on duty",
        "without_duty": "in without a duty",
        "forgotten": "no tap-out",
        "refused": "card refused",
        "unmatched": "tap-out without a tap-in",
    },
    more="{count} more",
    no_more_taps="Nobody taps after this",
    no_earlier_taps="Nobody taps before this",
    no_more_exceptions="No exception after this",
    nothing_changes="This is a replay: nothing can be changed",
    keys="Space play  n p taps  e exception  + - speed  Home End",
)
