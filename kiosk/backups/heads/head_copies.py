"""Copies of signed heads in folders elsewhere: of what the nights signed, and of what a witness co-signed.

Rule: a copy is a file that holds the same head; a name alone is none. Others may write there too: what they left in one
file keeps no other head out, and no head of theirs is written over.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from domain.log.checkpoint import Checkpoint, ProvedHead
from domain.log.signed_note import NoteKey
from kiosk.backups.heads.head_notes import READABLE, add_key, format_name, list_names, read_note_file
from kiosk.errors import UserError
from kiosk.home_files import write_atomically
from kiosk.words.heads import SignedHeadText
from kiosk.words.sentence import Sentence


def find_copy(folder: Path, proved: ProvedHead, keys: Sequence[NoteKey]) -> Path | None:
    """The file of a folder that holds the same head, signed by one of the keys; None where it has none."""
    for name in list_names(proved.checkpoint):
        with suppress(UserError):
            found = read_note_file(folder / name)
            if found.checkpoint == proved.checkpoint and found.is_signed_by(keys):
                return folder / name
    return None


def copy_into(folder: Path, heads: Sequence[ProvedHead], keys: Sequence[NoteKey], refusal: Sentence) -> Iterator[str]:
    """Copy heads, and the keys that signed them, into a folder that lacks them; what is not there, a sentence each.

    What stands in the folder may be of others: no file of it keeps the other heads out. `refusal`: where the system
    refuses. Raises: OSError where the folder is away.
    """
    os.listdir(folder)  # a share that is away may take a minute to say so: once, and not for each head
    steps = (
        *(partial(_copy_head, folder, proved, keys) for proved in heads),
        *(partial(add_key, folder, key) for key in keys),
    )
    said = dict[str, None]()
    for step in steps:
        try:
            step()
        except UserError as bad:
            said[str(bad)] = None
        except OSError as refused:
            said[refusal.fill(path=folder, reason=refused.strerror)] = None
    yield from said


def _copy_head(folder: Path, proved: ProvedHead, keys: Sequence[NoteKey]) -> None:
    """Also over a file that is empty or holds no head. Raises: OSError, UserError.

    Another head under its name is never written over: it is needed to see what happened.
    """
    if find_copy(folder, proved, keys):
        return
    path = folder / format_name(proved.checkpoint)
    if _holds_other(path, proved.checkpoint):
        raise UserError(SignedHeadText.ANOTHER_HEAD.fill(path=path))
    write_atomically(path, proved.format().encode(), mode=READABLE)


def _holds_other(path: Path, checkpoint: Checkpoint) -> bool:
    try:
        return read_note_file(path).checkpoint != checkpoint
    except UserError:
        return path.is_dir()
