"""Every command that a batch knows, by the name after `do`; and a line of text turned into one of them."""

import json
import re
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec
from msgspec import inspect

from devices.faults import TextForm, build_choices
from devices.validation import find_field_error
from domain.ids import compose
from domain.typed_decoding import build_json_decoder
from kiosk.batch import (
    awards,
    kiosks,
    month,
    papers,
    people,
    roster,
    sessions,
    settlement,
    spot_checks,
    trainings,
    unit,
    unit_ledgers,
    visits,
)
from kiosk.batch.command import BatchCommand, UnusableLine
from kiosk.batch.fields import build_field_decoder
from kiosk.words.errors import BatchText, JsonText
from kiosk.words.sentence import shorten
from kiosk.words.validation import explain_field_fault, format_field

COMMAND_TYPES: tuple[type[BatchCommand], ...] = (
    unit.OpenUnit,
    cast("type[BatchCommand]", unit.AdoptPolicy),
    unit.ImportCalendar,
    people.EnrolVolunteer,
    people.ChangePerson,
    people.RenewAgreement,
    people.EndAgreement,
    trainings.CompleteTraining,
    people.IssueCard,
    people.RevokeCard,
    papers.RegisterRecordBook,
    papers.ReissueRecordBook,
    papers.ApplyForRecordBook,
    papers.StateBookCustody,
    papers.IssueBadge,
    papers.TakeBackBadge,
    papers.EnrolInsurance,
    papers.EndInsurance,
    roster.ScheduleShift,
    roster.ScheduleEvent,
    roster.ScheduleDeskSession,
    roster.CancelDeskSession,
    roster.Assign,
    roster.Unassign,
    roster.ChangeShift,
    roster.CancelShift,
    roster.Swap,
    roster.RequestLeave,
    roster.WithdrawLeave,
    roster.ExcuseAbsence,
    sessions.ScheduleSession,
    sessions.CancelSession,
    sessions.AddSessionAttendance,
    sessions.CompleteSessionTraining,
    people.Suspend,
    people.Resume,
    visits.Tap,
    visits.CorrectClock,
    visits.ConfirmClock,
    visits.CloseVisit,
    visits.AddVisit,
    visits.VoidVisit,
    visits.AnnotateMisuse,
    settlement.Acknowledge,
    settlement.Retract,
    people.RecordAssessment,
    settlement.ReportMisconduct,
    settlement.Counsel,
    settlement.DecideExit,
    awards.GrantAward,
    awards.GrantTeamAward,
    awards.GrantHonorCard,
    awards.IssueCertificate,
    awards.AttestHours,
    awards.AttestSeniority,
    awards.AttestCondition,
    awards.AttestFamily,
    awards.AttestTeam,
    unit.RecordDrill,
    unit.Reconcile,
    month.CloseMonth,
    month.EnterRecordBooks,
    kiosks.SettleKioskAlarm,
    kiosks.RevokeKiosk,
    spot_checks.DrawSpotCheck,
    spot_checks.RecordSpotCheck,
    unit_ledgers.DescribeDuty,
    unit_ledgers.DescribePost,
    unit_ledgers.RecordServedCount,
    unit_ledgers.BookTour,
    unit_ledgers.FilePlan,
    unit_ledgers.ReportResults,
    unit_ledgers.TerminatePlan,
    unit_ledgers.ElectLeader,
    unit_ledgers.WithdrawElection,
    unit_ledgers.EndLeaderTerm,
)
"""In the order of the documentation."""

COMMANDS = {str(kind.__struct_config__.tag): kind for kind in COMMAND_TYPES}


class CommandName(msgspec.Struct):
    """The one field that decides on the others."""

    do: str


class CommandParser:
    """Parses lines; local times are those of `zone`."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._field_decoder = build_field_decoder(zone)
        self._name_decoder = build_json_decoder(CommandName)
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}

    def parse(self, text: str) -> BatchCommand:
        """The command in a line. Raises: UnusableLine."""
        do = self._parse_name(text)
        try:
            _refuse_repeated_fields(text)
            return _compose_texts(self._get_decoder(do).decode(_clear_empty_fields(text, COMMANDS[do])))
        except msgspec.ValidationError as error:
            raise UnusableLine(f"{do}: {_format_field_error(error, COMMANDS[do])}") from None
        except (msgspec.DecodeError, RecursionError) as error:
            raise UnusableLine(_format_json_error(error)) from None

    def _parse_name(self, text: str) -> str:
        try:
            do = self._name_decoder.decode(text).do
        except msgspec.ValidationError as error:
            is_object = text.lstrip()[:1] == "{"
            raise UnusableLine(
                _format_field_error(error, CommandName) if is_object else BatchText.NOT_AN_OBJECT.fill()
            ) from None
        except (msgspec.DecodeError, RecursionError) as error:
            raise UnusableLine(_format_json_error(error)) from None
        if do not in COMMANDS:
            advice = format_field(build_choices(do, COMMANDS))
            raise UnusableLine(BatchText.UNKNOWN_COMMAND.fill(do=do, advice=advice))
        return do

    def _get_decoder(self, do: str) -> msgspec.json.Decoder[Any]:
        if do not in self._decoders:
            self._decoders[do] = build_json_decoder(COMMANDS[do], self._field_decoder)
        return self._decoders[do]


def _clear_empty_fields(text: str, kind: type[BatchCommand]) -> str:
    """A line with null where a field of the command that can be cleared is an empty text."""
    if not kind.clears_when_empty:
        return text
    fields = json.loads(text)
    return json.dumps(fields | {name: None for name in kind.clears_when_empty if fields.get(name) == ""})


# --- One spelling a text ---


def _compose_texts(command: BatchCommand) -> BatchCommand:
    """The command with its numbers, ids and labels in Unicode's normal form C; names and free texts stay."""
    for name in _list_composed_fields(type(command)):
        value = getattr(command, name)
        if isinstance(value, str):
            setattr(command, name, compose(value))
        elif isinstance(value, list):
            setattr(command, name, [compose(item) for item in value])
    return command


@cache
def _list_composed_fields(kind: type[BatchCommand]) -> tuple[str, ...]:
    struct = inspect.type_info(kind)
    fields = struct.fields if isinstance(struct, inspect.StructType) else ()
    return tuple(field.name for field in fields if any(map(_is_composed, _list_members(field.type))))


def _list_members(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    return kind.types if isinstance(kind, inspect.UnionType) else (kind,)


def _is_composed(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.ListType):
        return _is_composed(kind.item_type)
    return isinstance(kind, inspect.StrType) and kind.pattern in _COMPOSED_FORMS


_COMPOSED_FORMS = (TextForm.IDENTIFIER.value, TextForm.SHORT_TEXT.value)


# --- What is wrong with a line ---


def _format_field_error(error: msgspec.ValidationError, kind: type) -> str:
    return explain_field_fault(find_field_error(error, kind).fault)


def _refuse_repeated_fields(text: str) -> None:
    """Of two fields with one name the decoder keeps the last. Raises: UnusableLine."""

    def collect(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        if repeated := next((name for name in names if names.count(name) > 1), None):
            raise UnusableLine(BatchText.FIELD_TWICE.fill(name=shorten(repeated)))

    json.loads(text, object_pairs_hook=collect)


def _format_json_error(error: Exception) -> str:
    what = str(error)
    reason = next((text for words, text in _JSON_ERRORS.items() if words in what), JsonText.BAD_CHARACTER)
    if place := _BYTE.search(what):
        byte = int(place[1]) + (reason not in _PASSED)
        return BatchText.NOT_JSON.fill(error=JsonText.AT_BYTE.fill(reason=reason.fill(), byte=byte))
    return BatchText.NOT_JSON.fill(error=reason.fill())


_BYTE = re.compile(r"\(byte (\d+)\)")
"""Where msgspec stopped, counted from 0."""
_JSON_ERRORS = {
    "escape": JsonText.BAD_ESCAPE,
    "surrogate": JsonText.BAD_ESCAPE,
    "truncated": JsonText.CUT_SHORT,
    "end of": JsonText.CUT_SHORT,
    "trailing characters": JsonText.TRAILING,
    "trailing comma": JsonText.TRAILING_COMMA,
    "expected ','": JsonText.COMMA_EXPECTED,
    "expected ':'": JsonText.COLON_EXPECTED,
    "object keys": JsonText.BARE_NAME,
    "invalid number": JsonText.BAD_NUMBER,
    "recursion": JsonText.TOO_DEEP,
}
"""What msgspec says of malformed JSON, by words of it; half of an escaped pair is also an “end of” it."""
_PASSED = (JsonText.TRAILING, JsonText.BAD_ESCAPE)
"""Of these it has passed the byte when it stops."""
