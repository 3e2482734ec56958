"""The help of `kiosk month`."""

from kiosk.words.sentence import Sentence


class MonthHelp(Sentence):
    """Its commands and their options."""

    MONTH = (
        "The hours of a month: look at what is open, close it, and hand out what follows.\n\nA closed month is not "
        "locked: what is corrected later shows as a difference, and with a reason the month is closed again."
    )
    LIST = "Every month that was closed, with what was stated.\n\nOf the last statement it says whose hours differ now."
    CHECK = "What of MONTH is open.\n\nNothing of it keeps the month from being closed."
    CLOSE = "Close MONTH, or with a reason once more.\n\nA registrar or a coordinator does so (R-122)."
    ENTER = "Say that what was stated of MONTH stands in the record books."
    LINES = "The monthly statement: a row per volunteer, category and service item."
    SLIPS = "The hour slips of MONTH: one a volunteer, and one for each event."
    DIFFERENCE = "What of MONTH differs from its last statement."
    OPTION_BY = "Who closes it."
    OPTION_REASON = "Why it is closed once more."
    THIS_MONTH = "{text!r} is no month: write it as 2026-11 or 115-11"
