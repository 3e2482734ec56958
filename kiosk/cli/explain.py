"""`kiosk explain`: every minute of a volunteer's day, credited or not, with the reason and the events behind it."""

from datetime import date, datetime
from typing import Any

import click
import msgspec

from domain.spans import Second
from domain.visits import Tap
from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.reads import ServiceDate, as_of_option, known_volunteer, recorded_instant, statements
from kiosk.home import Home
from kiosk.statements import Statements
from projections.explanation import ExplainedStretch, Explanation, explain
from projections.reckoning.outcomes import Duty


@click.command("explain", epilog=example("kiosk explain V001 2026-11-19", "kiosk explain V001 115-11-19 --format json"))
@click.argument("volunteer")
@click.argument("day", type=ServiceDate(), metavar="DATE")
@as_of_option
@output_format("table", "json")
@in_home
def explain_day(home: Home, volunteer: str, day: date, as_of: str | None, output: str) -> None:
    """Explain a service day of a volunteer."""
    who = known_volunteer(home, volunteer)
    with statements(home, as_of) as said:
        key = said.views.key_of(who)
        instant = recorded_instant(home, as_of) if as_of else None
        found = explain(said.views, key, day, instant) if key is not None else None
        told = _as_json(volunteer, day, found, said)
        click.echo(msgspec.json.encode(told).decode() if output == "json" else _as_lines(told, found, said))


def _as_json(volunteer: str, day: date, found: Explanation | None, said: Statements) -> dict[str, Any]:
    return {
        "volunteer": volunteer,
        "date": day.isoformat(),
        "credited_minutes": found.credited_minutes if found else 0,
        "stretches": [_stretch(stretch, said) for stretch in found.stretches] if found else [],
    }


def _stretch(stretch: ExplainedStretch, said: Statements) -> dict[str, Any]:
    return {
        "from": said.local(stretch.start),
        "to": None if stretch.end is None else said.local(stretch.end),
        "credited": stretch.credited,
        "reason": stretch.reason,
        "rule": stretch.rule.rule,
        "duty": stretch.duty,
        "events": stretch.events,
    }


# --- As a timeline ---


def _as_lines(told: dict[str, Any], found: Explanation | None, said: Statements) -> str:
    title = f"{told['volunteer']} on {told['date']}: {told['credited_minutes']} minutes credited"
    if found is None or not (found.facts.taps or found.stretches or found.reckoned.duties):
        return f"{title}\n  nothing was recorded"
    lines = [*_duties(found, said), *_taps(found, said), *_worth(found, said), _policy(found)]
    return "\n".join([title, *lines])


def _duties(found: Explanation, said: Statements) -> list[str]:
    day = found.date.toordinal()
    return [_duty(duty, said) for duty in found.reckoned.duties if duty.assignment.day == day]


def _duty(duty: Duty, said: Statements) -> str:
    shift = duty.assignment
    late = f", {duty.late_minutes} min late" if duty.late_minutes else ""
    early = f", {duty.early_minutes} min early" if duty.early_minutes else ""
    span = f"{_clock(shift.start, said)}-{_clock(shift.end, said)}"
    return f"  duty  {span}  {shift.shift}: {duty.outcome}{late}{early}  (event {shift.position})"


def _taps(found: Explanation, said: Statements) -> list[str]:
    return [f"  tap   {_clock(tap.at, said)}  {_where(tap)}  (event {tap.position})" for tap in found.facts.taps]


def _where(tap: Tap) -> str:
    return f"at {tap.kiosk}, {tap.direction}" if tap.direction else f"at {tap.kiosk}"


def _worth(found: Explanation, said: Statements) -> list[str]:
    return [
        f"  {'+' if stretch.credited else '-'}     {_clock(stretch.start, said)}-{_clock(stretch.end, said)}  "
        f"{stretch.rule.rule}  {stretch.rule.sentence}"
        f"{f' ({stretch.duty})' if stretch.duty else ''}  (events {', '.join(map(str, stretch.events))})"
        for stretch in found.stretches
    ]


def _policy(found: Explanation) -> str:
    """What of the policy in force that day is not the default."""
    policy = found.unit.policies.on(found.date.toordinal())
    changed = [
        f"{name} = {getattr(policy, name)}"
        for name in policy.__struct_fields__
        if getattr(policy, name) != getattr(type(policy)(), name)
    ]
    return f"  policy: {', '.join(changed) or 'as the product decided'}"


def _clock(at: Second | None, said: Statements) -> str:
    if at is None:
        return "?"
    return f"{datetime.fromisoformat(said.local(at)):%H:%M:%S}".removesuffix(":00")
