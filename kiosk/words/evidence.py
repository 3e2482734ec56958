"""What a bundle of evidence says of itself, in English."""

from kiosk.words.sentence import Sentence


class EvidenceText(Sentence):
    """The page that lies in the bundle, and what is said when it is written."""

    WRITTEN = (
        "{path}: {events:,} {events:event|events} up to position {position}, as of {as_of}; hand its code over by "
        "another way: {code}"
    )
    SIGNED = (
        "`head.txt` is the head of the log of the last night in it, signed with the key in `keys.txt`. Ask for the key "
        "by another way, or take it from an earlier bundle: a forged log could bring a key of its own."
    )
    NOT_SIGNED = (
        "No night has signed a head among these events, or none was found where this bundle was made: a backup holds "
        "no heads."
    )
    README = """\
# Evidence of {unit}, {since} to {until}

Made from the log up to event {position}, as of {as_of}. Check it with Python 3.6 or newer, on any
computer, without a network:

    python3 verify_bundle.py

It says `fits`, and the code of this bundle. Compare the code with the one that was handed over by another way, on
paper or by telephone, or let the program compare it: `python3 verify_bundle.py --code XXXX-XXXX-XXXX`. Whatever was
changed is named, a line each, behind `WRONG`. `python3 verify_bundle.py BUNDLE.zip` checks a ZIP file as it came:
better, with a verify_bundle.py from elsewhere.

If you kept a head of this log earlier, name it too: a signed head, which is put beside this folder and not into it, a
line such as `403:05133f95...`, or the short code of an entrance, `403:7K3M-Q2WX-9HTB`. Nobody, not even the owner of
the machine, can have changed what stood in the log then:

    python3 verify_bundle.py . ../kept-head.txt

One from before these events, or from after them, stands behind `NOT COMPARED`: only the log itself can speak of it, by
`kiosk verify --heads` at its owner's, or a bundle whose days reach it. Where none of the heads that you name can be
compared, the answer is `fits in itself, compared with no head`, with the exit status 2.

{head}

## What is in it

| file | is |
|---|---|
| `hours.csv`, `visits.csv`, `duties.csv` | credited minutes, visits and shifts of these days; nothing is rounded |
| `absences.csv`, `exceptions.csv`, `cases.csv` | absences; what waits for a person; cases that a rule raised |
| `corrections.csv` | what a person corrected: `event` is its number in the log, with author and reason |
| `policies.csv` | each version of the rules, and from which day it holds |
| `events.jsonl` | every event recorded since {since} or since the first tap of these days: {events}, without a gap |
| `proofs.json` | how these events lead to the head, and earlier events that the files cite, each with its proof |
| `manifest.json` | the SHA-256 of every other file; the code is computed of it |

Volunteers stand by number and in events by random ids, authors by masked name. A volunteer whose data was erased is
called `erased-…`; the reasons about that person are gone, the minutes stay.

That the CSV files follow from the events is shown by the program that made them, from a copy of the log:
`kiosk bundle --from {since} --to {until} --as-of {as_of} --output again.zip` makes this bundle again, byte for byte,
unless something of a person was changed or erased since, or a setting of how names are shown was changed, or the
signed head is no longer found.
"""
