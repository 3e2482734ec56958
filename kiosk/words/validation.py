"""What is wrong with data that does not fit its type, in English: a field of a batch line or of kiosk.toml."""

from kiosk.words.sentence import Sentence


class ValidationText(Sentence):
    """What a field must be. Members without fields stand behind "must be"."""

    SHORT_TEXT = "1 to 128 characters, without invisible ones or a space at either end"
    FREE_TEXT = "a text that says something, without invisible characters"
    CLOCK_TIME = "a time of day such as 08:00"
    TRUE_OR_FALSE = "true or false"
    UNKNOWN_FIELD = "there is no field `{place}`{hint}"
    FIELD_MISSING = "the field `{place}` is missing"
    NOT_A_CHOICE = "`{place}` cannot be {match}: it is one of {choices}"
    FIELD_HINT = ": did you mean `{meant}`?"
    FIELDS_ARE = ": it is one of {words}"
    WRONG_KIND = "must be {wanted}, not {match}"
