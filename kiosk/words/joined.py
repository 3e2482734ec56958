"""What is said at a kiosk that belongs to a hub, in English: about its home, and what is done at the hub instead."""

from kiosk.words.sentence import Sentence


class JoinedText(Sentence):
    """About the home of such a kiosk."""

    HUB_BLOCK = (
        "\n# The hub that this kiosk belongs to, and the unit there, as `kiosk join` wrote them.\n"
        "[hub]\n"
        'address = "{address}"\n'
        'unit = "{unit}"\n'
    )
    NOT_A_HUB = "this is no address of a hub: write https://HOST:PORT"
    HUB_NOT_ENCRYPTED = "what a kiosk sends is encrypted, except to a hub on the same machine: write https://HOST:PORT"
    HUB_AND_STORE = "a kiosk that belongs to a hub keeps its log in a file: remove the block [store]"
    OTHER_KIOSK = (
        "{file}: this kiosk joined its hub as {given!r}, and what it records stands under that name: "
        'write kiosk = "{given}"; a kiosk with another name joins anew'
    )
    SETTINGS_DIFFER = (
        '{file}: the hub named this kiosk {kiosk!r}, in the zone {zone}: write kiosk = "{kiosk}" and zone = "{zone}", '
        "and remove `other_kiosks`"
    )
    JOIN_CUT_SHORT = "{path} is not made completely: run `kiosk join` again"
    ALREADY_JOINED = "{path} belongs to a kiosk that has joined already: nothing was changed"
    COPY_MISSING = "it was not there"
    DO_IT_THERE = "this kiosk belongs to the hub at {address}: `kiosk {command}` is run there"
    ROWS_CHANGED_SINCE = (
        "{count:,} {count:row is another|rows are others} today, by events recorded since: see `kiosk difference` at "
        "the hub"
    )
    JOIN_ANEW = (
        "this kiosk belongs to the hub at {address}, which has what it recorded: it is not restored; choose a new "
        "folder, and run `kiosk join`"
    )
    NO_BACKUP = (
        "this kiosk belongs to a hub, which has what it sent, and has no backup: keep {path}, and let it join anew, "
        "into a new folder; with `kiosk join --from {path}` where its log can still be read"
    )
    UNIT_HEAD_LOST = (
        "the log of the unit does not extend the head at {position} any more that its hub sent earlier; {file} keeps it"
    )
    OTHERS_MISSING = "without what other kiosks and the hub recorded since {since}"
    NO_PAST_YET = "nothing was sent to this kiosk yet that says what was known then: see `kiosk status`"
    PAST_AT_HUB = "{asked} is before what this kiosk holds, which begins on {begins:%Y-%m-%d}: ask at the hub"
    OTHERS_UNKNOWN = "without what other kiosks and the hub recorded: there is no copy yet"


class JoinedStatusText(Sentence):
    """What the checks of `kiosk status` find at such a kiosk."""

    HEARD = "heard at {at}; its clock minus this one: {offset} s"
    CLOCKS_DIFFER = (
        "heard at {at}; its clock minus this one: {offset} s: set the one that is wrong; taps that were recorded on a "
        "wrong clock wait for a person"
    )
    UNHEARD = "not heard since {since}, and taps are recorded all the same: {why}"
    NEVER_HEARD = "never heard: {why}"
    STOPPED = "takes nothing of this kiosk since {since}, and taps are recorded all the same: {why}"
    CLOCK_OF_KIOSK = (
        "{fault}. A batch is run at the hub: `correct_clock` names this kiosk there; `confirm_clock` is about the "
        "clock of the hub, and one that agrees with it is confirmed here by `kiosk sync`"
    )
    NO_SYNC = "`kiosk sync` does not run: start it, or look why its service does not"
    NOT_YET = "`kiosk sync` runs, and has no answer yet"
    ALARM = "{why} ({alarm})"
    ALL_SENT = "the hub has all {events:,} {events:event|events}"
    UNSENT = "{count:,} {count:event is|events are} not at the hub yet, the first of {since}"
    NOT_KNOWN_TO_BE_HELD = (
        "the hub took {held:,} {held:event|events}, and the log here, of {events:,}, went back or holds other ones: it "
        "may lack taps, and will not take them; see at the hub with `kiosk kiosks --not-held` and a copy of this "
        "folder which they are"
    )
    COPY_AS_OF = "of {at}, {events:,} {events:event|events}"
    COPY_EMPTY = "empty: no card is known until the hub is reached; every tap is recorded as refused"
    COPY_CUT_DOWN = "the hub was not heard since {since}, more than 30 days: names and taps of others were deleted"
    UNIT_HEADS_EXTENDED = "the log of the unit extends every head that the hub sent; the last: {position}, of {at}"
    NO_UNIT_HEADS = "none was sent yet"
    UNIT_HEAD_LOST = (
        "the log of the unit does not extend the head {head} any more, which the hub sent at {at}: it was restored, or "
        "changed; copy {file} to another machine, and compare it at the hub with `kiosk verify --heads`"
    )
    NOT_PROVED_SINCE = (
        "since {at} the hub proves nothing of what it sends: install the same version on both, or find out why"
    )
