"""What the hub says on the command line, in English."""

from collections.abc import Mapping
from typing import Literal

from typing_extensions import override

from kiosk.words.sentence import Sentence


class HubHelp(Sentence):
    """The commands and their options."""

    SHORT_HUB = "the coordinator's web page, and the kiosks of the unit"
    HUB = (
        "Serve the hub of a unit: the desk as a web page, and beside it what the kiosks of the unit send and are "
        "sent.\n\nA kiosk joins with a code. The hub need not run for a kiosk to record: what it missed arrives "
        "later. It listens on this machine alone by default."
    )
    SHORT_HUB_CERTIFICATE = "make a certificate for the hub"
    HUB_CERTIFICATE = (
        "Make a certificate and its key for the hub, as hub.pem and hub.key in the home, where `kiosk hub` finds them."
        "\n\nIt is good for ten years, and signed by nobody else: a kiosk compares its fingerprint when it joins, and "
        "believes no other from then on; a browser warns once, and shows the same fingerprint."
    )
    OPTION_CERTIFIED_HOST = "A name or address by which kiosks and browsers call the hub. May be given several times."

    OPTION_CERTIFIED_UNITS = "The folder of many units, in place of a home."
    OPTION_UNITS = (
        "The folder in which many units are, each a home in a folder of its own that is called NAME.DOMAIN, in "
        "place of one home."
    )
    OPTION_METRICS = "Serve figures for a monitoring system (Prometheus) here, without a password and without names."
    OPTION_DOMAIN = "With --units: the domain under which units are called. May be given several times."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class HubText(Sentence):
    """What the hub says."""

    LISTENS = "the hub is at {url} (Ctrl+C ends it)"
    UNIT_AT = "each unit has an address of its own, such as {unit} at {url}"
    IS_A_KIOSK = "{path} is the home of a kiosk that has joined a hub: serve the hub from the home of the unit"
    BAD_KIOSK_NAME = "the name of a kiosk must be {forms}"
    BAD_HOST = "--host takes the name of a machine or its IP address, such as hub.example.org or 192.0.2.10, not {host}"
    CERTIFICATE_EXISTS = (
        "{path} is there already, and the kiosks know it: to replace it, move it and its key away, make another, and "
        "give that to each kiosk"
    )
    CERTIFICATE_MADE = "{path} is good until {until}\nSHA-256 {fingerprint}"
    NO_CERTIFICATE = "none, as no hub needs one here"
    CERTIFICATE_GOOD = "good until {until}"
    CERTIFICATE_UNREADABLE = "{path} is no certificate: put the right file in its place"
    CERTIFICATE_WARNING = "warning: {text}"
    CERTIFICATE_ENDS = (
        "the certificate {path} ends on {until}, and no kiosk believes it from then on: make another with "
        "`kiosk hub-certificate`, and give it to each kiosk"
    )
    BEHIND_PROXY = "the hub waits for its proxy {proxy} at {url} (Ctrl+C ends it)"
    CANNOT_OPEN = "the unit {unit} cannot be opened: {reason}"
    BAD_METRICS = "--metrics takes an IP address and a port, such as 127.0.0.1:9187, not {place}"
    METRICS_AT = "figures for monitoring are at {url}"
    RUNNING = "another hub serves {folder} already: end it first"
    NO_UNITS = "{folder} is no folder: name the one in which the homes of the units are"
    UNIT_CLOSED = "本單位目前無法使用，請聯絡系統管理人員。\nThis unit cannot be used now: tell its administrator."


# --- What each figure for a monitoring system is; English, as its queries are ---

Metric = Literal[
    "kiosk_unit_up",
    "kiosk_collected_age_seconds",
    "kiosk_log_position",
    "kiosk_views_lag_events",
    "kiosk_last_night_age_seconds",
    "kiosk_last_backup_age_seconds",
    "kiosk_alarms_open",
    "kiosk_heard_age_seconds",
    "kiosk_events_shown",
    "kiosk_events_taken_total",
]
"""The names, which monitoring systems know."""

METRIC_HELP: Mapping[Metric, str] = {
    "kiosk_unit_up": "1 where the log of the unit could be read, else 0.",
    "kiosk_collected_age_seconds": "How long ago the unit was looked at.",
    "kiosk_log_position": "The last position of the log of the unit.",
    "kiosk_views_lag_events": "Events that the read models have not followed yet; none where they are to be rebuilt.",
    "kiosk_last_night_age_seconds": "How long ago the report of the last reconciled day was written.",
    "kiosk_last_backup_age_seconds": "How long ago the home of the unit was last backed up.",
    "kiosk_alarms_open": "Kiosks whose log contradicts itself: nothing of them is taken until a person decides.",
    "kiosk_heard_age_seconds": "How long ago the kiosk was last heard, by the clock of the hub.",
    "kiosk_events_shown": "Where the log of the kiosk ended when it was last heard.",
    "kiosk_events_taken_total": "Events taken from the kiosk: what it has shown beyond is still to come.",
}
