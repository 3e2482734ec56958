"""`kiosk prove`: that an event stands in the log, or that the log extends a head, for a person who does not have it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import click

from domain.log.chain import Head
from domain.log.checkpoint import ProvedEvent, ProvedHead
from domain.log.errors import LogNotWhole
from domain.log.event_log import EventLog
from domain.log.event_rows import LAST_POSITION
from domain.log.proofs import prove_event, prove_head
from kiosk.backups.heads.comparison import list_stated_objections
from kiosk.backups.heads.head_notes import find_newest, list_keys, list_log_keys, read_kept_heads
from kiosk.backups.heads.kept_head import KeptHead, is_meant_as_head, parse_head
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import WholeNumber, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import HEADS_FOLDER
from kiosk.home_log import open_log_to_read
from kiosk.words.command_line import CommandLineText
from kiosk.words.heads import ProofHelp, ProofText, SignedHeadText
from kiosk.words.log_errors import explain_log_error

Proved = TypeVar("Proved", ProvedEvent, ProvedHead)


@click.command(
    epilog=format_example("kiosk prove 581 > 581.tlog-proof", "kiosk prove --from /mnt/usb/heads"),
    help=ProofHelp.PROVE.fill(),
)
@click.argument("position", type=WholeNumber(1, LAST_POSITION), metavar="[N]", required=False)
@click.option("--from", "older", metavar="HEAD", help=ProofHelp.OPTION_FROM.fill())
@pass_home_folder
def prove(folder: Path, position: int | None, older: str | None) -> None:
    """Print the proof."""
    if (position is None) == (older is None):
        raise UserError(ProofText.N_OR_FROM.fill())
    try:
        with closing(open_log_to_read(folder)) as log:
            if position is not None:
                proved = _prove_event(log, folder, position)
            else:
                proved = _prove_extension(log, folder, _read_head(older or "", log.log_id))
    except LogNotWhole as error:
        raise UserError(explain_log_error(error), EXIT_NO) from None
    click.echo(proved.format(), nl=False)
    if not proved.note.lines:
        click.echo(f"kiosk: {ProofText.NOT_SIGNED_YET.fill()}", err=True)


def _read_head(text: str, log_id: UUID) -> KeptHead:
    """A head as it was typed, or of those in a file or a folder the furthest of this log. Raises: UserError.

    In a folder those come first that a key beside them signed.
    """
    if is_meant_as_head(text):
        kept = parse_head(text, "--from")
    else:
        found = read_kept_heads(Path(text))
        for sentence in found.unread:
            click.echo(f"kiosk: {sentence}", err=True)
        keys = list_keys(Path(text))
        signed = [head for head in found.heads if head.proved and head.proved.is_signed_by(keys)]
        kept = max(signed or found.heads, key=lambda head: (head.log_id == log_id, head.position or 0))
    if kept.position is None:
        raise UserError(ProofText.NO_POSITION.fill(source=kept.source))
    return kept


def _prove_event(log: EventLog, folder: Path, position: int) -> ProvedEvent:
    """That an event stands in the log. Raises: UserError, LogError."""
    end = log.head().position
    if position > end:
        raise UserError(ProofText.NO_SUCH_EVENT.fill(position=position, end=end), EXIT_NO)
    return _prove_signed(log, folder, position, lambda head: prove_event(log, position, head))


def _prove_extension(log: EventLog, folder: Path, older: KeptHead) -> ProvedHead:
    """That the log extends a head. Raises: UserError, LogError."""
    for objection in list_stated_objections(log, [older]):
        raise UserError(CommandLineText.HEAD_NOT_EXTENDED.fill(objection=objection).removeprefix("kiosk: "), EXIT_NO)
    old = older.position or 0
    later = min(old + 1, log.head().position)
    return _prove_signed(log, folder, later, lambda head: prove_head(log, head, old))


def _prove_signed(log: EventLog, folder: Path, position: int, build: Callable[[Head], Proved]) -> Proved:
    """A proof by the last signed head that holds a position; by the head of now where none does."""
    source = folder / HEADS_FOLDER
    signed = find_newest(source, log.log_id, list_log_keys(source))
    if signed is None or signed.checkpoint.head.position < position:
        return build(log.head())
    head = signed.checkpoint.head
    proved = None if log.find_objection(head) else build(head)
    if proved is None or proved.note.text != signed.note.text:
        raise UserError(SignedHeadText.OTHER_TREE.fill(source=source, position=head.position), EXIT_NO)
    return proved._replace(note=signed.note)
