"""What the forms of the plan change: each change is a line of a batch, with the rules of a batch.

Rule: a form that is sent again completes what an interruption left out, and doubles nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from domain.typed_decoding import decode_json
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands
from kiosk.desk.plan.lines import DutyLines
from kiosk.desk.plan.view_model import PersonLine
from kiosk.home import Home
from kiosk.text.search import fold


class SavedLine(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A duty of a preview as its page sends it back. Times are local."""

    shift: str
    start: str
    end: str
    post: str | None
    numbers: list[str]


def encode_line(line: SavedLine) -> str:
    """A duty as a field of a form."""
    return msgspec.json.encode(line).decode()


def decode_line(text: str) -> SavedLine:
    """A duty that a form sent. Raises: ValueError."""
    return decode_json(text, SavedLine)


class RefusedLine(NamedTuple):
    """A duty that was not saved, and why."""

    shift: str
    sentence: str


class PlanChanges:
    """The changes of one home's plan. Threads may share it."""

    def __init__(self, home: Home, commands: HomeCommands) -> None:
        self._home, self._commands = home, commands

    def change(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out one command. Raises: UserError."""
        return self._commands.run([command], by, form_id)[0]

    def save(self, lines: Sequence[SavedLine], by: str, form_id: str) -> list[RefusedLine]:
        """Put duties on the roster, each by itself: one that is refused keeps no other back. Raises: UserError."""
        refused: list[RefusedLine] = []
        for line in lines:
            fields = {"shift": line.shift, "start": line.start, "end": line.end, "post": line.post}
            command = {"do": "schedule_shift", **fields, "volunteers": line.numbers}
            result = self.change(command, by, f"{form_id} {line.shift}")
            if result.status:
                refused.append(RefusedLine(line.shift, result.sentence or ""))
        return refused

    def search(self, text: str) -> list[PersonLine]:
        """The volunteers with a number, which anything may follow, or with a part of a name or number."""
        people, lines, wanted = self._home.people, DutyLines(self._home), fold(text)
        if found := people.find_typed_id(text) or people.find_typed_id((text.split() or [text])[0]):
            return [lines.build_person(found)]
        details = people.load_all_details()
        named = (
            (one, number, details[one].name if one in details else None)
            for one, number in people.load_numbers().items()
        )
        matches = (one for one, *texts in named if any(wanted in fold(text or "") for text in texts))
        return sorted(lines.build_person(one) for one in matches)
