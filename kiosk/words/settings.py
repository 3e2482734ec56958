"""What is wrong with kiosk.toml, or with data that does not fit its type, in English."""

from kiosk.words.sentence import Sentence


class SettingsText(Sentence):
    """What is wrong with kiosk.toml."""

    HOW_KIOSK_CALLED_NAME_WRITTEN = (
        "# How this kiosk is called. Its name is written beside every tap: choose it before the first one.\n"
        'kiosk = "entrance"\n\n'
        "# Other kiosks whose taps are copied into this log.\n"
        "other_kiosks = []\n\n"
        "# The time zone in which days are reckoned; decided when the home is made.\n"
        'zone = "{zone}"\n\n'
        '# How a public screen writes a name: "surname-and-last" (王〇明) or "surname-only" (王〇〇).\n'
        'masking = "surname-and-last"\n\n'
        "# One block for each card reader; ports and profiles are listed in the README.\n"
        "# [[reader]]\n"
        '# name = "door"\n'
        '# port = "/dev/serial/by-id/usb-..."\n'
        '# profile = "rdm6300"\n'
        "# baud = 9600                # only where it differs from the profile's\n"
        '# direction = "in"           # only for a reader that is fixed to "in" or "out"\n'
        '# place = "front entrance"   # only for people: where to look when it is lost\n'
    )
    NO_TIME_ZONE = "there is no time zone {name!r}: write it as in the tz database, Asia/Taipei"
    FIELD_PROFILE_MISSING = "the field `profile` is missing: it says how the reader prints a card, {profiles}"
    NO_READER_PROFILE = "there is no reader profile {name!r}: {advice}"
    NO_KEYBOARD_TYPES_DESCRIBES = (
        "no keyboard types what {name!r} describes: choose a profile of lines, such as em-8h10d"
    )
    PROFILE_PCSC_BELONGS_PORTS_PCSC = "the profile 'pcsc' belongs to the ports pcsc:, and they to it"
    DID_YOU_MEAN = "did you mean {meant!r}?"
    ONE = "it is one of {profiles}"
    NOT_TOML = "{path}: this is not TOML: {error}"
    FILE_NOT_UTF_SAVE_UTF = "{path}: this file is not UTF-8: save it as UTF-8"
    CANNOT_READ_CHECK_FILE_OWNER = "{path}: cannot be read ({strerror}): check the file and its owner"
    EACH_KIOSK_NAME_OWN = "each kiosk has a name of its own, and none is called {desk!r}"
    TWO_READERS_CALLED = "two readers are called {name!r}: give each its own name"
    TWO_READERS_HANG = "two readers hang on {port!r}: give each its own port"
    READER_NO_SPEED = "a reader at {port!r} has no speed: take `baud` out"
    CHARACTERS_WITHOUT_INVISIBLE_ONES_SPACE = "1 to 128 characters, without invisible ones or a space at either end"
    TEXT_SAYS_SOMETHING_WITHOUT_INVISIBLE = "a text that says something, without invisible characters"
    TIME_DAY_SUCH = "a time of day such as 08:00"
    TRUE_FALSE = "true or false"
    NO_FIELD = "there is no field `{place}`{hint}"
    FIELD_MISSING = "the field `{place}` is missing"
    CANNOT = "`{place}` cannot be {match}: it is one of {choices}"
    DID_YOU_MEAN_2 = ": did you mean `{meant}`?"
    ONE_2 = ": it is one of {words}"
    MUST_NOT = "must be {wanted}, not {match}"
