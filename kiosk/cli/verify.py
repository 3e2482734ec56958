"""`kiosk verify`: verify the hash chain of the event log."""

from contextlib import suppress
from pathlib import Path
from time import monotonic

import click
import msgspec

from domain.clock import MachineClock
from domain.log.chain_walk import Verdict
from domain.log.errors import LogError
from kiosk.backups.restore import demand_genuine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import output_format, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_folder import find_log_file_to_read, is_backup, is_ours_to_write, open_log_to_read
from kiosk.nightly.last_verification import write_verification
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_fault, explain_log_error, explain_verdict


@click.command(epilog=format_example("kiosk verify", "kiosk verify --format json"), help=HelpText.VERIFY.fill())
@output_format("table", "json")
@pass_home_folder
def verify(folder: Path, output: str) -> int:
    """Walk the chain, remember the verdict for `kiosk status`, and print it."""
    began = monotonic()
    find_log_file_to_read(folder)
    if is_backup(folder):
        demand_genuine(folder)
    verdict = _verify_log(folder)
    if is_ours_to_write(folder):
        with suppress(OSError):  # a full disk does not keep the verdict back; `kiosk status` asks for another
            write_verification(folder, verdict, MachineClock().now())
    rate = round(verdict.events / max(monotonic() - began, 1e-6))
    click.echo(_format_json(verdict) if output == "json" else _format_lines(verdict, rate))
    if not verdict.whole:
        click.echo(CommandLineText.LOG_NOT_WHOLE.fill(verdict=explain_verdict(verdict)), err=True)
    return 0 if verdict.whole else EXIT_NO


def _verify_log(folder: Path) -> Verdict:
    try:
        log = open_log_to_read(folder)
    except LogError as error:
        raise UserError(explain_log_error(error), EXIT_NO) from None
    try:
        return log.verify()
    finally:
        log.close()


def _format_json(verdict: Verdict) -> str:
    facts = {
        "ok": verdict.whole,
        "events": verdict.events,
        "head": verdict.head.chain.hex(),
        "first_bad": verdict.first_bad,
        "why": explain_fault(verdict.fault) if verdict.fault else None,
    }
    return msgspec.json.encode(facts).decode()


def _format_lines(verdict: Verdict, rate: int) -> str:
    return CommandLineText.CHAIN_FITS.fill(events=verdict.events, rate=rate, chain=verdict.head.chain.hex())
