"""What is said of the ministry's import file, of its codes and of its layout, in English."""

from kiosk.words.sentence import Sentence


class MinistryText(Sentence):
    """Data files that are not understood, what cannot be written, and what was."""

    NOT_UTF_8 = "{path}: this file is not UTF-8: save it as UTF-8"
    CANNOT_READ = "{path}: cannot be read ({strerror}): check the file"
    NO_NUMBER_CODE = '{code} is no code of an item or a content: write it with four digits, as text: "0130"'
    NO_AREA_CODE = "{code} is no code of an area: write it as one capital letter"
    UNKNOWN_AREA = "the area {code} is not among [areas]: add it there, or correct it"
    UNKNOWN_ITEM = "{text} is not among [items]: add its code there, or correct it"
    UNKNOWN_CONTENT = "{text} is not among [contents]: add its code there, or correct it"
    COPIED = "{path} is there now: compare it with the ministry's own template, and change it"
    NOTHING_COPIED = "codes.toml and ministry.toml are there already: nothing was changed"
    NEEDS_MONTH = "name a month and a file: kiosk ministry 2026-11 --output FILE"
    BAD_MONTH = "is no month: {text!r}; write it as 2026-11 or 115-11"
    MONTH_NOT_OVER = "{month} is not over: the file is made once its last service day has ended"
    MONTH_NOT_CLOSED = "{month} is not closed yet: close it first, or compare the file with its statement afterwards"
    CANNOT_WRITE_ALL = (
        "{count} {count:thing|things} above cannot be written: settle {count:it|them}, or leave {count:it|them} "
        "out on purpose with --leave-out"
    )
    HOLE = "{path}: {duty} on {day}: {reason}"
    NO_ITEM = "no item is known: say it with describe_duty, or give its post or [without_post] here"
    NO_CONTENT = "no content is known: say it with describe_duty, or give its post or [without_post] here"
    UNKNOWN_ITEM_OF_DUTY = "the item {text} is not among [items]: add its code there, or correct it with describe_duty"
    UNKNOWN_CONTENT_OF_DUTY = (
        "the content {text} is not among [contents]: add its code there, or correct it with describe_duty"
    )
    UNKNOWN_POST = "the post {text} is not among [posts]: add it there"
    PERSON = "volunteer {volunteer}: {reason}"
    NO_NAME = "has no name: add it with change_person"
    NO_NATIONAL_ID = "has no national ID: add it with change_person"
    BAD_NATIONAL_ID = "has a national ID of the wrong form: correct it with change_person"
    WRONG_CHECK_DIGIT = "has a national ID whose check digit does not fit: a digit is mistyped"
    ERASED = "is erased: nobody knows the name any more"
    TOO_SHORT = (
        "volunteer {volunteer}, {item} {content}: {minutes} {minutes:minute|minutes}, less than the {least} of a "
        "row: left out"
    )
    SERVED_ELSEWHERE = (
        "{people} {people:person|people} served {people:stands|stand} in no row: no single volunteer served "
        "{people:that one|them}"
    )
    EVENT = "event {name}"
    SHIFT = "shift {name}"
    FLEXIBLE = "service without a roster"
    WRITTEN = "{path} is written: {count} {count:row|rows} of {month} in {columns} {columns:column|columns}"
