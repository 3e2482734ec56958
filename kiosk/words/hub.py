"""What the hub says on the command line, in English."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class HubHelp(Sentence):
    """The commands and their options."""

    SHORT_HUB = "the coordinator's web page, and the kiosks of the unit"
    HUB = (
        "Serve the hub of a unit: the desk as a web page, and beside it what the kiosks of the unit send and are "
        "sent.\n\nA kiosk joins with a code. The hub need not run for a kiosk to record: what it missed arrives "
        "later. It listens on this machine alone unless told otherwise."
    )

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class HubText(Sentence):
    """What the hub says."""

    LISTENS = "the hub is at {url} (Ctrl+C ends it)"
    BEHIND_PROXY = "the hub waits for its proxy {proxy} at {url} (Ctrl+C ends it)"
