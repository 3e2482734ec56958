"""`kiosk verify`: verify the hash chain of the event log, and that it extends the heads that were kept of it."""

from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import tzinfo
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import click
import msgspec

from domain.clock import MachineClock
from domain.log.chain_walk import Verdict
from domain.log.errors import CannotRead, LogError, LogNotWhole
from domain.log.event_log import EventLog
from domain.log.read_connection import connect_unchanged, connect_without_room
from kiosk.backups.heads.comparison import (
    Restore,
    find_positions,
    find_seen_objection,
    list_restores,
    list_stated_objections,
    list_unsigned,
)
from kiosk.backups.heads.head_notes import KeptHeads, read_kept_heads, read_keys
from kiosk.backups.heads.kept_head import parse_head
from kiosk.backups.heads.last_verification import write_verification
from kiosk.backups.restore import demand_genuine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, output_format, pass_home_folder
from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from kiosk.home import Home
from kiosk.home_files import JOINED_FILE, KEY_FILE, PEOPLE_FILE
from kiosk.home_folder import demand_home, is_backup, is_ours_to_write
from kiosk.home_log import open_log_to_read
from kiosk.home_unit import load_unit, read_own_key
from kiosk.people.people import People
from kiosk.people.proofs import build_keyed_hash
from kiosk.people_check import PeopleVerdict, check_people, explain_faults
from kiosk.settings import load_zone
from kiosk.source_proofs import find_source_fault
from kiosk.words.command_line import CommandLineText
from kiosk.words.heads import ProofHelp, ProofText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_fault, explain_log_error, explain_trouble, explain_verdict
from kiosk.words.sentence import format_instant

OBJECTIONS_SHOWN = 10
"""How many heads that the log does not extend are said one by one: a log that was made again extends none of a year."""


class Findings(NamedTuple):
    """What a verification came to."""

    verdict: Verdict
    objections: Sequence[str]
    """Why the log does not extend each head that was kept and that it does not extend."""
    stated: KeptHeads
    """Heads that were named."""
    restores: list[Restore]
    """Each is an event of the log: what its backup did not hold is gone."""
    people: PeopleVerdict | str
    """Of the people store, or the reason why it cannot be compared."""
    source_fault: str | None = None
    """Of a kiosk that joined, whose own log does not prove itself."""

    @property
    def ok(self) -> bool:
        """Nothing is wrong with the log."""
        return self.verdict.whole and not self.objections and self.source_fault is None

    def count_events_since(self) -> int | None:
        """How many events no stated head speaks of yet; None where the log has none of them, or each is beyond it."""
        end, positions = self.verdict.head.position, (kept.position for kept in self.stated.heads)
        return min((end - position for position in positions if position is not None and position <= end), default=None)

    @property
    def people_trouble(self) -> str:
        """What is wrong with the people store; empty where nothing is."""
        return self.people if isinstance(self.people, str) else explain_faults(self.people)


@click.command(
    epilog=format_example(
        "kiosk verify",
        "kiosk verify --head 120:6f1c...e9",
        "kiosk verify --heads /mnt/usb/heads.txt --format json",
        "kiosk verify --document 7K3M-Q2WX-9HTB",
    ),
    help=HelpText.VERIFY.fill(),
)
@click.option("--head", "heads", multiple=True, metavar="POSITION:HASH", help=HelpText.OPTION_HEAD.fill())
@click.option("--heads", "files", multiple=True, type=FOLDER_TYPE, metavar="FILE", help=HelpText.OPTION_HEADS.fill())
@click.option("--signed-by", "keys_file", type=FOLDER_TYPE, metavar="FILE", help=ProofHelp.OPTION_SIGNED_BY.fill())
@click.option("--document", "code", metavar="CODE", help=HelpText.OPTION_VERIFY_DOCUMENT.fill())
@output_format("table", "json")
@pass_home_folder
def verify(
    folder: Path, heads: tuple[str, ...], files: tuple[Path, ...], keys_file: Path | None, code: str | None, output: str
) -> int:
    """Walk the chain, compare heads and people store, remember the verdict for `kiosk status`, and print it."""
    stated = _read_stated(heads, files)
    if keys_file and not stated.heads:
        raise UserError(ProofText.NOTHING_SIGNED.fill())
    unsigned = list_unsigned(stated.heads, read_keys(keys_file), keys_file) if keys_file else []
    began = monotonic()
    demand_home(folder)
    if is_backup(folder):
        demand_genuine(folder)
    findings = _verify_log(folder, stated, unsigned)
    rate = round(findings.verdict.events / max(monotonic() - began, 1e-6))
    document = None if code is None or not findings.verdict.whole else _check_document(folder, code)
    lines = _format_lines(findings, rate, load_zone(folder), document)
    click.echo(_format_json(findings, document) if output == "json" else lines)
    _complain(findings, document)
    _tell_of_lost_people(folder)
    is_right = document is None or document.result == "matches"
    if not (findings.ok and not findings.people_trouble and is_right):
        return EXIT_NO
    return EXIT_USAGE if stated.unread else 0


def _read_stated(heads: Sequence[str], files: Sequence[Path]) -> KeptHeads:
    """The heads that were named; what of them cannot be read keeps none of the others back. Raises: UserError."""
    stated = KeptHeads([parse_head(head, f"--head {number}") for number, head in enumerate(heads, 1)], [], [])
    for file in files:
        try:
            found = read_kept_heads(file)
        except UserError as bad:
            stated.unread.append(str(bad))
        else:
            stated.add(found)
    if stated.unread and not stated.heads:
        raise UserError(stated.unread[0])
    return stated


class CheckedDocument(NamedTuple):
    """What checking a document came to."""

    code: str
    result: str
    sentence: str


def _check_document(folder: Path, code: str) -> CheckedDocument:
    from kiosk.documents.issue import check_document, explain_check  # noqa: PLC0415 - the chain alone needs no read model

    with Home.open_to_read(folder) as home:
        check = check_document(home, code)
        return CheckedDocument(check.code, check.result, explain_check(home, check))


def _tell_of_lost_people(folder: Path) -> None:
    """A log can be verified by itself; in a home it is said that nothing else was."""
    if (folder / KEY_FILE).exists() and not (folder / JOINED_FILE).exists() and not (folder / PEOPLE_FILE).exists():
        click.echo(f"kiosk: {ProofText.PEOPLE_NOT_COMPARED.fill(path=folder / PEOPLE_FILE)}", err=True)


def _complain(findings: Findings, document: CheckedDocument | None) -> None:
    if not findings.verdict.whole:
        click.echo(CommandLineText.LOG_NOT_WHOLE.fill(verdict=explain_verdict(findings.verdict)), err=True)
    for objection in findings.objections[:OBJECTIONS_SHOWN]:
        click.echo(CommandLineText.HEAD_NOT_EXTENDED.fill(objection=objection), err=True)
    if (more := len(findings.objections) - OBJECTIONS_SHOWN) > 0:
        click.echo(f"kiosk: {ProofText.MORE_NOT_EXTENDED.fill(heads=more)}", err=True)
    for sentence in findings.stated.list_not_compared():
        click.echo(f"kiosk: {sentence}", err=True)
    for trouble in filter(None, (findings.source_fault, findings.people_trouble)):
        click.echo(f"kiosk: {trouble}", err=True)
    if document and document.result != "matches":
        click.echo(f"kiosk: {document.sentence}", err=True)


def _verify_log(folder: Path, stated: KeptHeads, unsigned: list[str]) -> Findings:
    """Verify the chain, then compare the heads, those of the home first; the verdict is kept where it extends them.

    `unsigned`: which stated heads were not signed by the keys that were named.
    Raises: UserError; LogError where the log cannot be read, and nothing is kept then.
    """
    try:
        log = open_log_to_read(folder)
    except LogNotWhole as error:
        raise UserError(explain_log_error(error), EXIT_NO) from error
    with closing(log):
        verdict = log.verify()
        if not verdict.whole:
            _keep_verdict(folder, verdict, PeopleVerdict())
            return Findings(verdict, [], stated, [], PeopleVerdict())
        people = PeopleVerdict() if (folder / JOINED_FILE).exists() else _check_people(folder, log)
        objection = find_seen_objection(log.own, folder, with_trees=True)
        if objection is None:  # else the last verification, one of the heads, stays as evidence
            _keep_verdict(folder, verdict, people)
        stated = stated._replace(heads=find_positions(log.own, stated.heads))
        objections = [*filter(None, [objection]), *list_stated_objections(log.own, stated.heads), *unsigned]
        return Findings(
            verdict, list(dict.fromkeys(objections)), stated, list_restores(log.own), people, find_source_fault(log.own)
        )


def _check_people(folder: Path, log: EventLog) -> PeopleVerdict | str:
    """A folder without a people store has a log that can be verified all the same. Nothing is written to the store.

    Raises: CannotRead of the log.
    """
    if not (folder / PEOPLE_FILE).exists():
        return PeopleVerdict()
    read_with = connect_without_room if is_ours_to_write(folder) else connect_unchanged
    try:
        unit = load_unit(log, folder)
        keyed_hash = build_keyed_hash(read_own_key(folder / KEY_FILE, unit))
        people = People.open(
            folder / PEOPLE_FILE, simulation=unit.simulation, keyed_hash=keyed_hash, read_with=read_with
        )
        with closing(people):
            return check_people(log, people, keyed_hash)
    except CannotRead:
        raise
    except (LogError, UserError) as error:
        return explain_trouble(error)


def _keep_verdict(folder: Path, verdict: Verdict, people: PeopleVerdict | str) -> None:
    """Nothing is kept on a full disk, or where people were not compared: `kiosk status` asks for another verdict."""
    if is_ours_to_write(folder) and not isinstance(people, str):
        with suppress(OSError):
            write_verification(folder, verdict, MachineClock().now(), len(people.faults))


def _format_json(findings: Findings, document: CheckedDocument | None) -> str:
    verdict, fault = findings.verdict, findings.verdict.fault
    facts: dict[str, object] = {
        "ok": findings.ok,
        "events": verdict.events,
        "head": verdict.head.chain.hex(),
        "first_bad": verdict.first_bad,
        "why": explain_fault(fault) if fault else next(iter(findings.objections), findings.source_fault),
    }
    if findings.stated.heads:
        facts |= {"heads": len(findings.stated.heads), "events_since_heads": findings.count_events_since()}
    if findings.objections:
        facts["objections"] = findings.objections
    if not_compared := findings.stated.list_not_compared():
        facts["not_compared"] = not_compared
    if findings.restores:
        facts["restores"] = [{"event": one.position, "backup": one.event.position} for one in findings.restores]
    if findings.people_trouble:
        facts["people"] = findings.people_trouble
    if document:
        facts["document"] = {"code": document.code, "result": document.result}
    return msgspec.json.encode(facts).decode()


def _format_lines(findings: Findings, rate: int, zone: tzinfo, document: CheckedDocument | None) -> str:
    verdict = findings.verdict
    lines = [CommandLineText.CHAIN_FITS.fill(events=verdict.events, rate=rate, chain=verdict.head.chain.hex())]
    lines += [
        CommandLineText.RESTORED_SINCE.fill(
            position=one.position, at=format_instant(one.event.at, zone), backup=one.event.position
        )
        for one in findings.restores
    ]
    if findings.ok and findings.stated.heads:
        lines.append(CommandLineText.HEADS_EXTENDED.fill(heads=len(findings.stated.heads)))
        if since := findings.count_events_since():
            lines.append(ProofText.EVENTS_SINCE_HEADS.fill(events=since))
    if document and document.result == "matches":
        lines.append(document.sentence)
    return "\n".join(lines)
