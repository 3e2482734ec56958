"""`kiosk tap`: one tap from a script."""

from datetime import datetime

import click
import msgspec

from devices.protocols.decoder import CardNumber, NotACardNumber
from domain.model.visits import Direction
from domain.use_cases.check_in import TapAnswer
from kiosk.batch.fields import parse_utc_instant
from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.tapping import record_tap
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText
from kiosk.words.taps import format_answer


@click.command(
    "tap",
    epilog=format_example(
        "kiosk tap 04A2B3C4D5E680", "kiosk tap E:01026F6C3A --reader door --direction in --format json"
    ),
    help=HelpText.TAP_CARD,
)
@click.argument("card")
@click.option("--reader", default="script", metavar="NAME", help=HelpText.READER_SAW)
@click.option("--direction", type=click.Choice(["in", "out"]), help=HelpText.DEFAULT_SYSTEM_DECIDES)
@click.option("--at", "stated", metavar="INSTANT", help=HelpText.WHEN_HAPPENED)
@output_format("table", "json")
@pass_home
def tap_card(home: Home, card: str, reader: str, direction: Direction | None, stated: str | None, output: str) -> int:
    """Tap a card, written TECH:HEX; bare hex digits mean an ISO 14443-A card."""
    number = _parse_card(card)
    _demand_matching_clock(home, stated)
    at = _parse_instant(home, stated) if stated else None
    if at:
        home.set_clock(at)
    answer = record_tap(home, number, reader, direction, at)
    facts = _build_facts(home, answer)
    click.echo(msgspec.json.encode(facts).decode() if output == "json" else _format_line(facts, answer))
    return EXIT_NO if answer.outcome == "refused" else 0


def _parse_card(text: str) -> CardNumber:
    try:
        return CardNumber.parse(text)
    except NotACardNumber as refusal:
        raise UserError(str(refusal)) from None


def _demand_matching_clock(home: Home, stated: str | None) -> None:
    if home.simulation and stated is None:
        raise UserError(CliText.HOME_SIMULATION)
    if stated is not None and not home.simulation:
        raise UserError(CliText.REAL_HOME_TAKES_TIME_TAP)


def _parse_instant(home: Home, text: str) -> datetime:
    try:
        return parse_utc_instant(text, home.zone)
    except ValueError as error:
        raise UserError(f"--at {error}") from None


def _build_facts(home: Home, answer: TapAnswer) -> dict[str, object]:
    """The answer, as the contract names its fields; what there is not is left out."""
    number = answer.volunteer_id and home.people.find_number(answer.volunteer_id)
    facts = {
        "outcome": answer.outcome,
        "reason": answer.reason,
        "volunteer": number,
        "at": answer.at.astimezone(home.zone).isoformat(timespec="seconds"),
        "event": answer.event,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _format_line(facts: dict[str, object], answer: TapAnswer) -> str:
    return f"{facts['at']}  {facts.get('volunteer', '-')}  {format_answer(answer)}"
