"""One question on a screen of its own: a text, a secret, a choice, a yes, or something that is only told.

Rule: Esc is always an answer, and means no. Nothing that is typed into a secret is shown or kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.screen import ModalScreen
from textual.widgets import Input

from kiosk.entrance.screen import Line
from kiosk.roster.day.formatting import folded
from kiosk.roster.formatting import Note
from kiosk.tui.notes import Notes

LONGEST_ANSWER = 2000
"""Characters of a reason, as in a batch."""


def nothing_to_complain_of(_: str) -> str:
    """Any answer will do."""
    return ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    kind: Literal["text", "secret", "choice", "yes", "told"]
    question: str
    keys: str
    title: str = ""
    facts: Sequence[Note] = ()
    choices: Sequence[str] = ()
    proposed: str = ""
    complaint_of: Callable[[str], str] = nothing_to_complain_of
    """Why an answer will not do; empty when it does."""


class AskScreen(ModalScreen[str | None], inherit_bindings=False):
    """Asks, and is dismissed with the answer: the text, the number of the choice, `y`, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "refuse", show=False),
        Binding("enter", "go_on", show=False),
        Binding("y,Y", "agree", show=False),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("ctrl+q,ctrl+c", "app.quit", show=False),
    ]

    def __init__(self, asked: Question) -> None:
        super().__init__()
        self._asked = asked
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """The tree, once."""
        asked = self._asked
        yield Line("title", asked.title)
        with ScrollableContainer(id="facts_and_choices", can_focus=asked.kind in ("yes", "told")):
            yield Notes("facts")
            yield Notes("question")
            yield Notes("choices")
        typed = asked.kind in ("text", "secret")
        secret = asked.kind == "secret"
        yield Input(asked.proposed, id="answer", password=secret, max_length=LONGEST_ANSWER, disabled=not typed)
        yield Line("complaint")
        yield Line("keys", asked.keys)

    def on_mount(self) -> None:
        """Where there is something to type, type it."""
        answer = self.query_one("#answer")
        answer.set_class(not answer.disabled, "asked")
        if not answer.disabled:
            answer.focus()
        self._draw()

    def on_resize(self, _: events.Resize) -> None:
        """Other lines fit."""
        self._draw()

    def _draw(self) -> None:
        width = max(self.size.width - 3, 20)
        asked = self._asked
        self._notes("facts").set_class(bool(asked.facts), "said")
        self._notes("facts").say([Note(line, fact.look) for fact in asked.facts for line in folded(fact.text, width)])
        self._notes("question").say([Note(line, "waiting") for line in folded(asked.question, width)])
        lines = [(n, line) for n, choice in enumerate(asked.choices) for line in folded(choice, width - 4)]
        self._notes("choices").say([self._choice(n, line) for n, line in lines])

    def _choice(self, number: int, line: str) -> Note:
        chosen = number == self._chosen
        return Note(f" {'>' if chosen else ' '} {line}", "well" if chosen else "calm")

    def _notes(self, name: str) -> Notes:
        return self.query_one(f"#{name}", Notes)

    # --- Keys ---

    @on(Input.Submitted)
    def _typed(self, message: Input.Submitted) -> None:
        if self._asked.kind == "secret" and not message.value:
            return  # a key pressed by chance is no try
        complaint = self._asked.complaint_of(message.value)
        self.query_one("#complaint", Line).say(complaint)
        if not complaint:
            self.dismiss(message.value)

    def action_go_on(self) -> None:
        """What is told was read; what is chosen is chosen. A yes wants its own key."""
        if self._asked.kind == "choice":
            self.dismiss(str(self._chosen))
        elif self._asked.kind == "told":
            self.dismiss("")

    def action_agree(self) -> None:
        """Yes."""
        if self._asked.kind == "yes":
            self.dismiss("y")

    def action_choose(self, step: int) -> None:
        """Another one."""
        if self._asked.choices:
            self._chosen = (self._chosen + step) % len(self._asked.choices)
            self._draw()

    def action_refuse(self) -> None:
        """No."""
        self.dismiss(None)
