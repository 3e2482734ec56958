"""Signed heads, proofs and witnesses, in English: what was signed, what is proved, and what is wrong with it."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class SignedHeadText(Sentence):
    """Heads in files, and the keys that signed them."""

    CANNOT_READ = "{path} cannot be read ({reason}): name a file, or a folder with files of signed heads"
    CANNOT_READ_KEYS = "{path} cannot be read ({reason}): name the file keys.txt that stood beside the heads"
    NOT_A_NOTE = "{path} is no signed head: take it as `kiosk reconcile` wrote it, every line of it"
    NOT_A_KEY = "{path} holds no key: write the line of keys.txt that stood beside the heads"
    ROW = "{source}, row {row}"
    NO_HEADS = "{path} holds no signed head"
    LEFT_OUT = "{path} is no signed head and was left out; where it holds heads in another form, name the file itself"
    MORE_LEFT_OUT = "{files} more {files:file|files} that {files:is|are} no signed {files:head was|heads were} left out"
    NOT_SIGNED = "the head of the log is not signed: {reason}"
    NOT_SIGNED_ANOTHER_WAY = (
        "the head of the log is not signed: it does not extend the last one in {path}; keep the files, look who "
        "restored or changed the log"
    )
    NOT_COPIED = "the signed heads are not in {path} ({reason}): see that the folder is there and can be written"
    WITNESS_CLOSED = (
        "{path} cannot be read ({reason}): what a witness co-signed there is compared with nothing; let the account of "
        "this home read it"
    )
    ANOTHER_HEAD = (
        "{path} is a folder, or holds another head than the one that belongs there: keep it elsewhere, and look who "
        "wrote it"
    )
    NOT_SIGNED_BY = "the head in {source} is not signed by a key of {path} (if it was replaced, ask for the new one)"
    OTHER_TREE = "the head in {source} names another tree than that of the events up to {position}"


class HeadStatusText(Sentence):
    """What `kiosk status` says of signed heads."""

    NONE_SIGNED = "none yet: each night signs one"
    NONE_BY_ITS_KEYS = (
        "{path} holds heads, and none that a key in keys.txt there signed: run `kiosk reconcile` as the nightly "
        "job does, and read what it says"
    )
    NOT_SIGNED_SINCE = (
        "the last signed head stands at position {position}, and a day was settled at {settled}: run "
        "`kiosk reconcile` as the nightly job does, and read what it says"
    )
    NEVER_SIGNED = (
        "no head of this log is signed, and a day was settled at {settled}: run `kiosk reconcile` as the nightly job "
        "does, and read what it says"
    )
    REMOVED = (
        "{folder} has a signed head at position {position}, and {path} has none as late: look who removed it; the next "
        "night signs another"
    )
    NOT_COPIED_TO = "the signed head at position {position} is not in {folders}: see that it can be written"
    WITNESS_AWAY = (
        "the witness {name} co-signed nothing behind position {position} of {folder}, and {heads} "
        "{heads:head|heads} came since: look whether it runs, and what it says"
    )
    ONLY_HERE = "signed up to position {position}; kept in the home alone, name a folder elsewhere in [heads]"
    COPIED = "signed up to position {position}; also in {folders}"
    KEY_REPLACED = "; the key was replaced, now it is {key} in keys.txt: who compares heads, and a witness, needs it"


class ProofHelp(Sentence):
    """`kiosk prove`, and what other commands ask about signed heads."""

    SHORT_PROVE = "prove that an event stands in the log, or that the log extends a head"
    PROVE = (
        "Print a proof for a person who does not have the log: that event N stands in it, with what is stored of the "
        "event (C2SP tlog-proof), or with --from that the log extends an older head (C2SP tlog-witness). The proof "
        "ends with the head of the last night that holds it, signed, else with that of now, not signed yet.\n\n"
        "It names no person: an event says what the log says, with ids and keyed digests."
    )
    OPTION_FROM = "A file or folder of signed heads, or POSITION:HASH: prove that the log extends it."
    OPTION_SIGNED_BY = "A file of keys, as keys.txt: each head that is named must be signed by one of them."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class ProofText(Sentence):
    """What proofs and comparisons say."""

    EVENTS_SINCE_HEADS = (
        "{events:,} {events:event|events} came after the newest of these heads: only a later head speaks of "
        "{events:it|them}"
    )
    MORE_NOT_EXTENDED = "the log does not extend {heads:,} more of these heads"
    N_OR_FROM = "name the number of an event, or with --from a head"
    NO_SUCH_EVENT = "the log has no event {position}: it ends at {end}"
    NOTHING_SIGNED = "--signed-by is about heads that were kept: name them with --heads or --head"
    PEOPLE_NOT_COMPARED = "there is no people store at {path}: the log alone was verified"
    NOT_SIGNED_YET = "nobody has signed the head of this proof yet: the next night signs one, prove it again then"
    NO_POSITION = "{source} is a hash alone: a proof needs its position too"


class WitnessHelp(Sentence):
    """`kiosk witness` and its options."""

    SHORT_WITNESS = "co-sign, on a second machine, heads that extend the last ones"
    WITNESS = (
        "For a second machine, of another owner: look at HEADS, files or folders of signed heads, and co-sign of each "
        "log the last head, if its proofs show that it extends the one that was co-signed before. What was co-signed "
        "is kept in DIR, and copied into a folder beside the heads.\n\n"
        "Exits 1 and says why where a head is not co-signed. It opens no home; let cron run it once a day."
    )
    OPTION_STATE = "The folder of the witness: its key, the keys that it trusts, the heads that it co-signed."
    OPTION_TRUST = "A file of keys, as keys.txt: believe these from now on, after a person compared them."
    OPTION_NAME = "The name of the witness, under which it signs: one for each folder, witness by itself."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class WitnessText(Sentence):
    """What a witness says."""

    COSIGNED = "{log}: co-signed up to position {position}"
    BAD_NAME = "a witness is called by small letters, digits and hyphens, 32 at most"
    KEY_LOST = (
        "{path} is missing, and this witness has co-signed before: bring it back from a copy, or begin a witness of "
        "another name in a new folder, and make its key known"
    )
    OWN_HEAD_DAMAGED = (
        "{path} was damaged or changed: this witness does not know what it co-signed; bring its folder back from a copy"
    )
    OWN_KEYS_DAMAGED = (
        "{path} was damaged or changed, or cannot be read: this witness does not know its keys; bring its folder back "
        "from a copy"
    )
    NOT_ITS_FOLDER = "{path} is a home, or holds heads of a log: give the witness a folder of its own"
    ANOTHER_NAME = (
        "{path} is the folder of the witness {name}: write `--name {name}`, or give a witness of another name a folder "
        "of its own"
    )
    RUNNING = "another `kiosk witness` works in {path}: wait for it"
    CANNOT_KEEP = "{path} cannot be written ({reason}): a witness must keep what it co-signed"
    NONE_SHOWN = "{path} holds no signed head: look whether the share is mounted, and whether the nights sign"
    UNKNOWN_LOG = (
        "{path}: {name} is a log that this witness does not trust; it may be a log that was restored: look, "
        "compare the key, then name it with --trust"
    )
    NOT_SIGNED = "{path}: the head is not signed by a key that this witness trusts"
    NO_PROOF = (
        "{path}: the head brings no proof that it extends the one that was co-signed at position {position}, only one "
        "from {old}: ask for `kiosk prove --from` that head, and name the file"
    )
    ANOTHER_WAY = (
        "{path}: the head does not extend the one that was co-signed at position {position}: the log went another way; "
        "keep the files of both, and look who changed the log"
    )
    WENT_BACK = (
        "{path}: no head that is shown of this log goes further, and position {position} was co-signed: look whether "
        "the later heads were deleted or stand in a folder that is not shown; if not, the log went back, and may have "
        "gone another way: keep the files of both, and look who restored or changed the log"
    )
    WAS_RESTORED = (
        "{path}: this witness co-signed position {position} and knew of {known} only: its folder was restored from an "
        "older copy; it goes on from there"
    )
    NAME_TAKEN = (
        "{path} is of another witness that is called {name} too: begin this one anew under a name of its own, in a new "
        "folder; if that other one is no more, move {path} away"
    )
    NOT_HANDED_BACK = (
        "{path} cannot be written ({reason}): what was co-signed stands in the folder of the witness alone"
    )
