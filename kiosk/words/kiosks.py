"""What the command line says of the kiosks that joined, in English."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class KiosksHelp(Sentence):
    """The commands and their options."""

    SHORT_KIOSKS = "the kiosks that joined: when each was heard, what is still to come, and its alarm"
    KIOSKS = (
        "List the kiosks that joined this home, with what is known of each: when it was last heard, how many of its "
        "events are held and how many are still to come, and why it was stopped, where it was.\n\nThe batch command "
        "`settle_kiosk_alarm` hears a stopped kiosk again, `revoke_kiosk` takes nothing more from it."
    )
    OPTION_NOT_HELD = (
        "list the taps in DIR, the home of a kiosk, that this home does not have: a person enters what they came for"
    )
    SHORT_ADD_KIOSK = "print a code with which a kiosk joins"
    ADD_KIOSK = (
        "Print the code that a person types at a new kiosk, which joins with it under NAME. It is good for a quarter "
        "of an hour, and once. A name is given once for all time."
    )

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class KioskText(Sentence):
    """What is said of kiosks, and what to do."""

    CODE = "type this code at the kiosk {kiosk}: {code}\nit is good until {until}, and once"
    OF_ANOTHER_UNIT = "{path} is the home of a kiosk of another unit: name the home of its own unit with --home"
    NO_KIOSKS = "no kiosk has joined"
    READERS_AT_KIOSKS = "none here: volunteers tap at the kiosks that joined"
    ALL_HEARD = "heard: {kiosks}"
    HEARD = "{kiosk} {at}"
    NEVER_HEARD = "{kiosk} never"
    NOT_HEARD = (
        "not heard for {days} {days:day|days}: {kiosks}; see whether it is switched on and reaches the hub, or "
        "take it out with revoke_kiosk: until then its days stay provisional"
    )
    NO_ALARM = "none"
    ALARM = "{kiosk}: {what}, {remedy}"
    WENT_BACK = "its log ends at event {reached}, and {held} {held:is|are} held"
    FORKED = "its log holds other events than were taken of it before"
    RESTORED = "its log was restored from a backup"
    CLONE = "two machines go on writing its log"
    NOT_YOURS = "it sent an event that is not its own ({detail})"
    JOIN_ANEW = "so it joins anew under another name: revoke_kiosk, then `kiosk add-kiosk` and `kiosk join` there"
    STOP_ONE = "so switch one of them off, then revoke_kiosk, and let the other join anew under another name"
    LOOK_INTO_IT = "so look who may use it: settle_kiosk_alarm hears it again, revoke_kiosk ends it"
    UNKNOWN_SOURCE = "the log holds events as if they came from the log {source}, which never joined"
    EVENT_WITHOUT_ROW = (
        "event {position} stands in a stream of the kiosk {kiosk}, and the row that says when it was taken is missing"
    )
    SOURCE_FAULT = "the log of the kiosk {kiosk} does not prove itself at its event {position}: {fault}"
