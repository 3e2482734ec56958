"""What a kiosk says of its hub, in English: the help of its commands, how it joined, and why it is not heard."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class SyncHelp(Sentence):
    """The commands and their options."""

    SHORT_JOIN = "make this machine a kiosk of a unit whose desk is elsewhere"
    JOIN = (
        "Make the home of a kiosk that records by itself and sends what it recorded to the hub of its unit.\n\n"
        "ADDRESS is where the hub listens, https://HOST:PORT, and CODE the eight digits that the desk shows for a "
        "quarter of an hour. The kiosk keeps the certificate of the hub and talks to nothing else. Without "
        "--certificate and --fingerprint it prints the fingerprint that it sees, and changes nothing: compare it with "
        "the one of the hub. A command that was cut short is given again as it was."
    )
    OPTION_CERTIFICATE = "The certificate of the hub, or of the authority that signed it, as a file (PEM)."
    OPTION_FINGERPRINT = "The fingerprint of the hub's certificate (SHA-256), at least its first 32 digits."
    OPTION_SIMULATION = "Join a unit that is a simulation; any other is refused."
    OPTION_FROM = (
        "The home of a kiosk that this one replaces: what it has not sent yet is sent first, if the hub lets it."
    )
    SHORT_SYNC = "send what this kiosk records to its hub, and fetch what it needs"
    SYNC = (
        "Keep the home of a kiosk and the hub of its unit together until it is ended: new events go there at once, "
        "cards, volunteers and duties come from there. Without a network it goes on trying. The entrance does not "
        "need it; install-service lets systemd run both."
    )

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class JoinText(Sentence):
    """How joining ended."""

    JOINED = "{path} is now the kiosk {kiosk!r} of its unit; its hub is {address}"
    NEXT = (
        "next: enter its card reader into {settings}, then let systemd run it:\n"
        "  kiosk install-service --home {path} --user USER"
    )
    SENT_FROM = "sent first what {old} had not sent yet: {events:,} {events:event|events}"
    BAD_ADDRESS = "{address!r}: {complaint}"
    BAD_CODE = "{code!r} is no code to join: it has eight digits, as the desk shows them"
    BAD_FINGERPRINT = "{text!r} is no fingerprint: write at least its first 32 digits, 0 to 9 and a to f"
    BOTH_CERTIFICATES = "give --certificate or --fingerprint, not both"
    NO_CERTIFICATE = "{path}: no certificate (PEM) stands in this file: check it"
    COMPARE_FINGERPRINT = (
        "{address} shows the certificate with this fingerprint:\n  {fingerprint}\n"
        "Nothing was changed. If `kiosk hub-certificate` printed the same at the hub, or a browser shows it for the "
        "desk, give the command again with\n  --fingerprint {short}"
    )
    OTHER_FINGERPRINT = (
        "{address} shows another certificate, with the fingerprint\n  {fingerprint}\n"
        "Nothing was sent. Compare both once more; if they differ, another machine answers in the place of the hub"
    )
    WRONG_CODE = (
        "the hub does not take this code: it is mistyped, has been used, or is older than a quarter of an hour; let "
        "the desk show a new one"
    )
    NAME_TAKEN = (
        "another kiosk of the unit is, or was, called as the desk named this one: let it show a code for another name"
    )
    REFUSED = "the hub refused ({code}): {trouble}"
    NOT_REACHED = "{trouble} ({address}: {reason}); then give the same command again"
    IS_SIMULATION = (
        "the unit of this hub is a simulation: nothing that is recorded there counts. Check the address; to try it, "
        "give the same command again with --simulation"
    )
    NO_SIMULATION = "the unit of this hub is none that is simulated: give the command again without --simulation"
    NOT_A_KIOSK = "{path} is no home of a kiosk with a hub: give the home that `kiosk join` made"
    OLD_NOT_SENT = (
        "what {old} has not sent yet cannot be sent: {trouble}\nNothing was changed. Keep {old}; without --from this "
        "machine joins all the same"
    )


class SyncText(Sentence):
    """What `kiosk sync` says."""

    NO_HUB = "{path} has joined no hub: `kiosk join` makes the home of a kiosk that has one"
    RUNS_ALREADY = "another `kiosk sync` keeps {path} and its hub together already"
    RUNS = "{path}: sending to {address}, and fetching from there"


class TroubleText(Sentence):
    """Why the hub is not heard, or takes nothing, by the codes in the state of a kiosk."""

    NOT_REACHED = "the hub is not reached: check its address, the cable and the network"
    CUT_OFF = "the connection to the hub broke off: check the network"
    NO_HUB = "what answers at that address is no hub: check the address, and whether the network asks for a login"
    NOT_PROVED = (
        "what the hub sends of the unit's log does not prove itself, and is not copied: look at the hub with "
        "`kiosk verify`; taps are recorded all the same"
    )
    OTHER_CERTIFICATE = (
        "another certificate is shown than the one that this kiosk knows: if the hub has a new one, put it into "
        "hub.pem in the home; if not, another machine answers in its place"
    )
    CERTIFICATE_EXPIRED = "the certificate of the hub has run out: give the hub a new one, and put it into hub.pem"
    CERTIFICATE_NOT_YET_VALID = (
        "the certificate of the hub begins later than the clock of this machine shows: set the clock"
    )
    CERTIFICATE_MISSING = "hub.pem in the home of this kiosk holds no certificate: put that of the hub there"
    BUSY = "the hub has no time for this kiosk just now: it is asked again by itself"
    OWN_FILES = "a file in the home of this kiosk cannot be used: `kiosk status` says which"
    OWN_LOG_ALTERED = "the log of this kiosk is damaged or was altered: keep its files, and look with `kiosk verify`"
    STOPPED = "the hub stopped taking what this kiosk sends: a coordinator has to look at its alarm at the desk"
    KEY_NOT_VALID = "the key of this kiosk was revoked at the desk: let it join anew, into a new folder"
    UNKNOWN_SOURCE = "the hub does not know this kiosk (any more): let it join anew, into a new folder"
    NOT_SIGNED = "what arrives at the hub is not what this kiosk signed: it is changed on the way"
    NOT_UNDERSTOOD = "the hub does not understand this kiosk: install the same version on both"
    TOO_MUCH = "the hub takes no batch of this kiosk, however small: install the same version on both"


def explain_trouble(code: str) -> str:
    """The sentence for a code in the state of a kiosk; the code itself where there is none."""
    try:
        return TroubleText[code.upper()].fill()
    except KeyError:
        return code
