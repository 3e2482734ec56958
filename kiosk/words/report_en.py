"""The night's report in English."""

from kiosk.words.report_words import ReportWords

WORDS = ReportWords(
    title="Settlement of service day {date} ({roc})",
    needed="Needs a person:",
    nothing_needed="Nothing needs a person.",
    sections={
        "no_check_out": "No check-out (volunteer, checked in at)",
        "absent": "Unexcused absence (volunteer, shift)",
        "uncovered": "Shifts without anybody",
        "unscheduled": "Presence outside the roster",
        "clocks": "Taps on a clock that nobody set: state by how much it was wrong with correct_clock "
        "(kiosk, boot session, taps, first and last as it showed them)",
        "unreadable": "Events that this program cannot read (event, kind, why)",
        "cases": "Cases for review (volunteer, rule, count, dates)",
    },
    totals="Totals:",
    figures={
        "duties": "duties",
        "attended": "attended",
        "no_check_out": "without check-out",
        "leave": "on leave",
        "swapped_away": "handed over",
        "cancelled": "cancelled",
        "absent": "unexcused absences",
        "unscheduled_visits": "visits outside the roster",
        "refused_taps": "refused taps",
        "late_facts": "settled days that late facts changed",
        "exits_raised": "cases raised",
        "exits_withdrawn": "cases withdrawn",
    },
    quiet="no duties on that day",
    head="Head of the log: {head}",
)
