"""`kiosk tap`: one tap from a script."""

import click
import msgspec

from devices.protocols.decoder import CardNumber, NotACardNumber
from domain.model.visits import Direction
from domain.use_cases.check_in import TapAnswer
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import output_format, parse_instant_option, parse_reader_name, pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.refusals import format_answer


@click.command(
    "tap",
    epilog=format_example(
        "kiosk tap 04A2B3C4D5E680", "kiosk tap E:01026F6C3A --reader door --direction in --format json"
    ),
    help=HelpText.TAP.fill(),
)
@click.argument("card", type=narrow)
@click.option("--reader", default="script", metavar="NAME", help=HelpText.OPTION_TAP_READER.fill())
@click.option("--direction", type=click.Choice(["in", "out"]), help=HelpText.OPTION_DIRECTION.fill())
@click.option("--at", "stated", type=narrow, metavar="INSTANT", help=HelpText.OPTION_HAPPENED_AT.fill())
@output_format("table", "json")
@pass_home
def tap_card(home: Home, card: str, reader: str, direction: Direction | None, stated: str | None, output: str) -> int:
    """Record the tap and print the answer."""
    number, reader = _parse_card(card), parse_reader_name("--reader", reader)
    _demand_matching_clock(home, stated)
    at = parse_instant_option(home, "--at", stated) if stated else None
    if at:
        home.set_clock(at)
    answer = home.record_tap(number, reader, direction, at)
    facts = _build_facts(home, answer)
    click.echo(msgspec.json.encode(facts).decode() if output == "json" else _format_line(facts, answer))
    return EXIT_NO if answer.outcome == "refused" else 0


def _parse_card(text: str) -> CardNumber:
    try:
        return CardNumber.parse(text)
    except NotACardNumber as error:
        from kiosk.words.devices import explain_not_a_card_number  # noqa: PLC0415 - a card number needs no sentence

        raise UserError(explain_not_a_card_number(error)) from None


def _demand_matching_clock(home: Home, stated: str | None) -> None:
    if home.simulation and stated is None:
        raise UserError(CommandLineText.SIMULATION_NEEDS_AT.fill())
    if stated is not None and not home.simulation:
        raise UserError(CommandLineText.REAL_HOME_REFUSES_AT.fill())


def _build_facts(home: Home, answer: TapAnswer) -> dict[str, object]:
    """The answer under its public field names, without those that are empty."""
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
