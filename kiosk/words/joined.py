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
    COPY_EMPTY = (
        "this kiosk has no copy of what the hub at {address} records: see that `kiosk sync` runs and reaches the hub"
    )
