"""Which scope of a token each command of a batch needs."""

from collections.abc import Mapping

from domain.model.api_tokens import Scope
from kiosk.batch.commands import COMMANDS

SCOPE_OF_MODULE: Mapping[str, Scope] = {
    "kiosk.batch.unit": "unit",
    "kiosk.batch.people": "people",
    "kiosk.batch.papers": "people",
    "kiosk.batch.spot_checks": "people",
    "kiosk.batch.trainings": "people",
    "kiosk.batch.awards": "people",
    "kiosk.batch.roster": "roster",
    "kiosk.batch.sessions": "roster",
    "kiosk.batch.visits": "corrections",
    "kiosk.batch.settlement": "corrections",
    "kiosk.batch.month": "corrections",
    "kiosk.batch.unit_ledgers": "unit",
    "kiosk.batch.kiosks": "unit",
}
EXCEPTIONS: Mapping[str, Scope] = {
    "tap": "taps",
    "excuse_absence": "corrections",
    "record_drill": "corrections",
    "describe_duty": "roster",
    "describe_post": "roster",
    "book_tour": "roster",
}
SCOPE_OF_COMMAND: Mapping[str, Scope] = {
    do: EXCEPTIONS.get(do) or SCOPE_OF_MODULE.get(kind.__module__, "unit") for do, kind in COMMANDS.items()
}
"""A policy line is made from the table of parameters, in a module of its own making: it is the unit's."""
