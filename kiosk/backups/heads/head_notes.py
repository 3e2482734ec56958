"""Heads as text files in folders: a checkpoint in a signed note, with the proof that it extends the one before it.

Rule: a file says everything about one head, and is never changed. Its name has the whole id of the log, so that no two
logs share one, and sorts by the position; but what a file holds, its content says and never its name. The keys that
signed stand beside, in a file that lines are only added to. Only what one of these keys signed counts as signed: a file
with another text, or without a signature, may stand there too.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.log.checkpoint import PREFIX, Checkpoint, ProvedHead, parse_proved_head
from domain.log.signed_note import COSIGNATURE, ED25519, MARK, NoteKey, parse_key
from kiosk.backups.heads.kept_head import KeptHead, read_heads_file
from kiosk.errors import UserError
from kiosk.home_files import HEADS_FOLDER, KEYS_FILE, clean_path, write_atomically
from kiosk.input_files import open_input_file, read_input_file
from kiosk.settings import Settings
from kiosk.words.heads import SignedHeadText

COSIGNED = "cosigned-"
"""Beside the heads: a folder for each witness with those that it co-signed, named after it."""
WITNESS = "witness/"
"""Before the name of a witness, where it signs."""
SUFFIX = ".txt"
LEFT_OUT_SHOWN = 10
"""Files that are no heads of which each is said: a disk may hold thousands beside them."""
LONGEST_FIRST_LINE = 64
"""Bytes, with those that mark the beginning of a text: the name of a log has 42."""
LONGEST_NOTE = 2**16
"""Bytes: a hundred times what one has."""
READABLE = 0o644
"""What is handed on is no secret."""
_NAME = re.compile(r"[0-9a-f]{8}([0-9a-f]{24})?-[0-9]{12,19}\.txt", re.IGNORECASE)
"""As `list_names` gives them; a disk of another system may have made capitals of it."""


def list_heads_folders(home: Path, settings: Settings) -> list[Path]:
    """The folder of the home, and those elsewhere."""
    elsewhere = settings.heads.folders if settings.heads else ()
    return [home / HEADS_FOLDER, *(clean_path(home / folder) for folder in elsewhere)]


def list_witness_folders(folder: Path) -> list[Path]:
    """The folders of the witnesses beside the heads in a folder."""
    return sorted(path for path in folder.glob(f"{COSIGNED}*") if is_folder(path))


def explain_closed_witnesses(folder: Path) -> Iterator[str]:
    """Why heads that witnesses co-signed in a folder are compared with nothing: a sentence for each that is closed."""
    for beside in list_witness_folders(folder):
        try:
            _demand_readable(beside)
        except OSError as refused:
            path = refused.filename or beside
            yield SignedHeadText.WITNESS_CLOSED.fill(path=path, reason=refused.strerror)


def _demand_readable(folder: Path) -> None:
    """Check that the heads and keys in a folder can be read; what is no file counts as none. Raises: OSError."""
    for file in (*list_note_files(folder), folder / KEYS_FILE):
        with suppress(UserError, FileNotFoundError, IsADirectoryError):
            open_input_file(file).close()


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; not where the system does not say, as of a link of a stranger to a closed place."""
    try:
        return path.is_dir()
    except OSError:
        return False


def name_witness(name: str) -> str:
    """The name under which a witness signs."""
    return f"{WITNESS}{name}"


def format_name(checkpoint: Checkpoint) -> str:
    """The name of the file of a head: the log, and how far it went."""
    return f"{checkpoint.log_id.hex}-{checkpoint.head.position:012}{SUFFIX}"


def list_names(checkpoint: Checkpoint) -> tuple[str, str]:
    """The names under which a file of a head may stand: that of now, and that of earlier versions of the program.

    The earlier one begins with 8 digits of the log: another log, whose owner may choose its id, can have the same.
    """
    return format_name(checkpoint), f"{checkpoint.log_id.hex[:8]}-{checkpoint.head.position:012}{SUFFIX}"


def read_note_file(path: Path) -> ProvedHead:
    """The head in a file. Raises: UserError."""
    try:
        return parse_proved_head(_read_text(path))
    except OSError as refused:
        raise UserError(SignedHeadText.CANNOT_READ.fill(path=path, reason=refused.strerror)) from None
    except ValueError:
        raise UserError(SignedHeadText.NOT_A_NOTE.fill(path=path)) from None


def _read_text(path: Path) -> str:
    """The text of a file, also where mail, an editor or a telephone ended its lines, or itself, otherwise.

    Raises: UserError, OSError, ValueError.
    A signature is over lines that end with a line feed: it still proves that nothing else was changed. What is scanned
    from a receipt has none, and ends with the empty line before it.
    """
    text = read_input_file(path, LONGEST_NOTE).decode("utf-8-sig").replace("\r\n", "\n").rstrip()
    return f"{text}\n" if f"\n\n{MARK}" in text else f"{text}\n\n"


def list_note_files(folder: Path) -> list[Path]:
    """The text files of a folder that are meant as heads, in the order of their names. Raises: OSError.

    Of another file a program may have written only a part by now: a person who names the folder is told of it.
    """
    return [file for file in _list_files(folder) if file.suffix.lower() == SUFFIX and _is_meant_as_head(file)]


def _list_files(folder: Path) -> list[Path]:
    """Without the keys, what has a dot before its name, and folders: but for one that is named as a head.

    With a dot a killed program was about to write it, or another system keeps it beside.
    """
    found = (file for file in folder.iterdir() if not file.name.startswith(".") and file.name.lower() != KEYS_FILE)
    return sorted(file for file in found if _NAME.fullmatch(file.name) or not is_folder(file))


def _is_meant_as_head(file: Path) -> bool:
    """Named as one, or beginning as one, or closed to this user; not a note of a person beside them, or a folder."""
    if _NAME.fullmatch(file.name):
        return True
    try:
        return file.is_file() and is_note(file)
    except OSError:
        return True


def find_newest(folder: Path, log_id: UUID, keys: Sequence[NoteKey]) -> ProvedHead | None:
    """The head of a log that goes furthest of those that a key signed; None where the folder has none."""
    return next(list_signed_heads(folder, {log_id}, keys), None)


def list_signed_heads(folder: Path, names: set[UUID], keys: Sequence[NoteKey]) -> Iterator[ProvedHead]:
    """The heads of such a log that a key signed, the newest first."""
    found = (proved for _, proved in list_heads_of(folder, names))
    newest_first = sorted(found, key=lambda one: one.checkpoint.head.position, reverse=True)
    return (proved for proved in newest_first if proved.is_signed_by(keys))


def list_heads_of(folder: Path, names: set[UUID]) -> Iterator[tuple[Path, ProvedHead]]:
    """The heads in a folder of a log that has had these names, signed or not; what cannot be read counts as none."""
    with suppress(OSError):
        for file in list_note_files(folder):
            with suppress(UserError):
                proved = read_note_file(file)
                if proved.checkpoint.log_id in names:
                    yield file, proved


class KeptHeads(NamedTuple):
    """What a file or a folder of heads that were kept holds."""

    heads: list[KeptHead]
    unread: list[str]
    """Of what is meant as a head and is none, why: the others are compared all the same."""
    left_out: list[Path]
    """Files of a folder that are not meant as heads."""

    def add(self, more: "KeptHeads") -> None:
        """Add what another file or folder holds."""
        self.heads.extend(more.heads)
        self.unread.extend(more.unread)
        self.left_out.extend(more.left_out)

    def list_not_compared(self) -> list[str]:
        """A sentence for each file or line that is compared with nothing; of many files that are no heads, one more."""
        left_out = [SignedHeadText.LEFT_OUT.fill(path=path) for path in self.left_out[:LEFT_OUT_SHOWN]]
        if (more := len(self.left_out) - LEFT_OUT_SHOWN) > 0:
            left_out.append(SignedHeadText.MORE_LEFT_OUT.fill(files=more))
        return [*self.unread, *left_out]


def read_kept_heads(path: Path) -> KeptHeads:
    """The heads in a file of any form, or those in a folder of signed ones. Raises: UserError where there is none."""
    try:
        files = _list_files(path) if path.is_dir() else None
        found = _read_file(path) if files is None else _read_files(files)
    except OSError as refused:
        raise UserError(SignedHeadText.CANNOT_READ.fill(path=path, reason=refused.strerror)) from None
    if not found.heads:
        raise UserError(found.unread[0] if found.unread else SignedHeadText.NO_HEADS.fill(path=path))
    return found


def _read_file(path: Path) -> KeptHeads:
    if is_note(path):
        return KeptHeads([build_kept_head(read_note_file(path), path)], [], [])
    return KeptHeads(*read_heads_file(path), [])


def _read_files(files: list[Path]) -> KeptHeads:
    found = KeptHeads([], [], [])
    for file in files:
        if not _is_meant_as_head(file):
            found.left_out.append(file)
            continue
        try:
            found.heads.append(build_kept_head(read_note_file(file), file))
        except UserError as bad:
            found.unread.append(str(bad))
    return found


def is_note(path: Path) -> bool:
    """Whether a file begins as a signed head does; a line of keys begins likewise. Raises: OSError."""
    with suppress(UserError), open_input_file(path) as file:
        first_line = file.read(LONGEST_FIRST_LINE).removeprefix(BOM_UTF8).partition(b"\n")[0]
        return first_line.startswith(_BEGINNINGS) and b"+" not in first_line
    return False


_BEGINNINGS = (b"old ", PREFIX.encode())


def build_kept_head(proved: ProvedHead, source: Path) -> KeptHead:
    """The same as any head that was kept."""
    checkpoint = proved.checkpoint
    position, chain = checkpoint.head
    return KeptHead(chain, str(source), position, checkpoint.log_id, proved)


# --- Keys ---


def read_keys(path: Path) -> list[NoteKey]:
    """The keys in a file. Raises: UserError, also where there is none in it."""
    try:
        lines = _read_text(path).splitlines()
        keys = [parse_key(line) for line in lines if line.strip() and not line.startswith("#")]
    except OSError as refused:
        raise UserError(SignedHeadText.CANNOT_READ_KEYS.fill(path=path, reason=refused.strerror)) from None
    except ValueError:
        raise UserError(SignedHeadText.NOT_A_KEY.fill(path=path)) from None
    if not keys:
        raise UserError(SignedHeadText.NOT_A_KEY.fill(path=path))
    return keys


def list_log_keys(folder: Path) -> list[NoteKey]:
    """The keys of logs that stand beside the heads in a folder; none where their file cannot be read."""
    return [key for key in list_keys(folder) if key.algorithm == ED25519]


def list_keys(folder: Path) -> list[NoteKey]:
    """The keys beside the heads in a folder, of logs and of witnesses; none where their file cannot be read."""
    with suppress(UserError):
        return read_keys(folder / KEYS_FILE)
    return []


def list_witness_keys(folder: Path) -> list[NoteKey]:
    """The keys of the witness that a folder beside the heads is named after."""
    name = name_witness(folder.name.removeprefix(COSIGNED))
    return [key for key in list_keys(folder) if (key.name, key.algorithm) == (name, COSIGNATURE)]


def add_key(folder: Path, key: NoteKey, mode: int = READABLE, file: str = KEYS_FILE) -> None:
    """Add a key to those of a folder, if it is not there. Raises: OSError, UserError."""
    path = folder / file
    keys = read_keys(path) if path.exists() else []
    if key not in keys:
        lines = (f"{one.format()}\n" for one in (*keys, key))
        write_atomically(path, "".join(lines).encode(), mode=mode)
