"""Every command that a batch knows, by the name after `do`; and a line of text turned into one of them."""

from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec

from kiosk.batch import people, roster, unit, visits
from kiosk.batch.command import Line, Unusable
from kiosk.batch.fields import reader_of_words
from kiosk.validation import misfit, nearest

KINDS: tuple[type[Line], ...] = (
    unit.OpenUnit,
    cast("type[Line]", unit.AdoptPolicy),
    unit.ImportCalendar,
    people.EnrolVolunteer,
    people.RenewAgreement,
    people.EndAgreement,
    people.CompleteTraining,
    people.IssueCard,
    people.RevokeCard,
    roster.ScheduleShift,
    roster.ScheduleEvent,
    roster.Assign,
    roster.Unassign,
    roster.ChangeShift,
    roster.CancelShift,
    roster.Swap,
    roster.RequestLeave,
    roster.WithdrawLeave,
    roster.ExcuseAbsence,
    people.Suspend,
    people.Resume,
    visits.Tap,
    visits.CorrectClock,
    visits.CloseVisit,
    visits.AddVisit,
    visits.VoidVisit,
    visits.AnnotateMisuse,
    people.RecordAssessment,
    people.DecideExit,
    unit.Reconcile,
)
"""In the order of the contract."""

COMMANDS = {str(kind.__struct_config__.tag): kind for kind in KINDS}


class Command(msgspec.Struct):
    """The one field that says which the others are."""

    do: str


class Grammar:
    """Reads lines: local times are those of `zone`."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._words = reader_of_words(zone)
        self._which = msgspec.json.Decoder(Command)
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}

    def parse(self, text: str) -> Line:
        """The command that a line gives. Raises: Unusable."""
        do = self._command(text)
        try:
            return self._decoder(do).decode(text)
        except msgspec.ValidationError as error:
            raise Unusable(f"{do}: {misfit(error, COMMANDS[do])}") from None
        except msgspec.DecodeError as error:
            raise Unusable(_no_json(error)) from None

    def _command(self, text: str) -> str:
        try:
            do = self._which.decode(text).do
        except msgspec.ValidationError as error:
            raise Unusable(misfit(error, Command) if text.lstrip()[:1] == "{" else _NO_OBJECT) from None
        except (msgspec.DecodeError, RecursionError) as error:
            raise Unusable(_no_json(error)) from None
        if do not in COMMANDS:
            meant = nearest(do, COMMANDS)
            advice = f"did you mean {meant}?" if meant else f"it is one of {', '.join(COMMANDS)}"
            raise Unusable(f"there is no command {do!r}: {advice}")
        return do

    def _decoder(self, do: str) -> msgspec.json.Decoder[Any]:
        if do not in self._decoders:
            self._decoders[do] = msgspec.json.Decoder(COMMANDS[do], dec_hook=self._words)
        return self._decoders[do]


def _no_json(error: Exception) -> str:
    return f"this line is not JSON: {str(error).removeprefix('JSON is malformed: ')}"


_NO_OBJECT = 'this line is no JSON object: write {"do": …, …}'
