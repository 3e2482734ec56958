"""The settings file of a new home, and what is wrong with one, in English."""

from kiosk.words.sentence import Sentence


class SettingsText(Sentence):
    """What is wrong with kiosk.toml."""

    TEMPLATE = (
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
    UNKNOWN_ZONE = "there is no time zone {name!r}: write it as in the tz database, Asia/Taipei"
    PROFILE_MISSING = "the field `profile` is missing: it says how the reader prints a card, {profiles}"
    UNKNOWN_PROFILE = "there is no reader profile {name!r}: {advice}"
    NOT_A_KEYBOARD_PROFILE = "no keyboard types what {name!r} describes: choose a profile of lines, such as em-8h10d"
    PCSC_PROFILE_AND_PORT = "the profile 'pcsc' belongs to the ports pcsc:, and they to it"
    DID_YOU_MEAN = "did you mean {meant!r}?"
    PROFILES_ARE = "it is one of {profiles}"
    NOT_TOML = "{path}: this is not TOML: {error}"
    NOT_UTF_8 = "{path}: this file is not UTF-8: save it as UTF-8"
    CANNOT_READ = "{path}: cannot be read ({strerror}): check the file and its owner"
    KIOSK_NAME_TAKEN = "each kiosk has a name of its own, and none is called {desk!r}"
    READER_NAME_TAKEN = "two readers are called {name!r}: give each its own name"
    PORT_TAKEN = "two readers hang on {port!r}: give each its own port"
    PORT_HAS_NO_SPEED = "a reader at {port!r} has no speed: take `baud` out"
