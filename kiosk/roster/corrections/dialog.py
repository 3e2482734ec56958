"""Questions of a correction, each on a screen of its own: a text, a secret, a choice, a confirmation, a message."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.screen import ModalScreen
from textual.widgets import Input

from kiosk.roster.day.formatting import wrap_text
from kiosk.tui.lines import StyledLine, StyledLines, TextLine
from kiosk.words.staff_words import CorrectionWords

LONGEST_ANSWER = 2000
"""Characters of a reason, as in a batch."""


def accept_any(_: str) -> str:
    """Any answer will do."""
    return ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    kind: Literal["text", "secret", "choice", "yes", "told"]
    question: str
    keys: str
    title: str = ""
    facts: Sequence[StyledLine] = ()
    choices: Sequence[str] = ()
    suggestion: str = ""
    validate: Callable[[str], str] = accept_any
    """Why an answer will not do; empty when it does."""


class QuestionScreen(ModalScreen[str | None], inherit_bindings=False):
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
        self._question = asked
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """The tree, once."""
        asked = self._question
        yield TextLine("title", asked.title)
        with ScrollableContainer(id="facts_and_choices", can_focus=asked.kind in ("yes", "told")):
            yield StyledLines("facts")
            yield StyledLines("question")
            yield StyledLines("choices")
        typed = asked.kind in ("text", "secret")
        secret = asked.kind == "secret"
        yield Input(asked.suggestion, id="answer", password=secret, max_length=LONGEST_ANSWER, disabled=not typed)
        yield TextLine("complaint")
        yield TextLine("keys", asked.keys)

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
        asked = self._question
        self._styled_lines("facts").set_class(bool(asked.facts), "said")
        self._styled_lines("facts").set_lines(
            [StyledLine(line, fact.style) for fact in asked.facts for line in wrap_text(fact.text, width)]
        )
        self._styled_lines("question").set_lines(
            [StyledLine(line, "waiting") for line in wrap_text(asked.question, width)]
        )
        lines = [(n, line) for n, choice in enumerate(asked.choices) for line in wrap_text(choice, width - 4)]
        self._styled_lines("choices").set_lines([self._format_choice(n, line) for n, line in lines])

    def _format_choice(self, number: int, line: str) -> StyledLine:
        chosen = number == self._chosen
        return StyledLine(f" {'>' if chosen else ' '} {line}", "well" if chosen else "calm")

    def _styled_lines(self, name: str) -> StyledLines:
        return self.query_one(f"#{name}", StyledLines)

    # --- Keys ---

    @on(Input.Submitted)
    def _submit_answer(self, message: Input.Submitted) -> None:
        if self._question.kind == "secret" and not message.value:
            return  # a key pressed by chance is no try
        complaint = self._question.validate(message.value)
        self.query_one("#complaint", TextLine).set_text(complaint)
        if not complaint:
            self.dismiss(message.value)

    def action_go_on(self) -> None:
        """What is told was read; what is chosen is chosen. A yes wants its own key."""
        if self._question.kind == "choice":
            self.dismiss(str(self._chosen))
        elif self._question.kind == "told":
            self.dismiss("")

    def action_agree(self) -> None:
        """Yes."""
        if self._question.kind == "yes":
            self.dismiss("y")

    def action_choose(self, step: int) -> None:
        """Another one."""
        if self._question.choices:
            self._chosen = (self._chosen + step) % len(self._question.choices)
            self._draw()

    def action_refuse(self) -> None:
        """No."""
        self.dismiss(None)


R = TypeVar("R")


class ThreadRunner(Protocol):
    """Calls something of a home from a thread, while nothing else looks at the home and the screen goes on."""

    async def __call__(self, call: Callable[..., R], *args: Any) -> R:
        """What it returns. Raises: what it raises."""
        ...


class Prompter:
    """Puts questions in one language. None is always an answer, and means no."""

    def __init__(self, ask: Callable[[Question], Awaitable[str | None]], words: CorrectionWords) -> None:
        self._ask = ask
        self._words = words

    async def ask_text(
        self,
        question: str,
        title: str,
        proposed: str = "",
        complaint_of: Callable[[str], str] = accept_any,
    ) -> str | None:
        """Something that is typed, until there is no complaint of it."""
        keys = self._words.keys_text
        asked = Question("text", question, keys, title, suggestion=proposed, validate=complaint_of)
        return await self._ask(asked)

    async def ask_secret(self, question: str, trouble: Sequence[StyledLine]) -> str | None:
        """Something that is typed unseen."""
        return await self._ask(Question("secret", question, self._words.keys_text, facts=trouble))

    async def ask_choice(self, question: str, choices: Sequence[str]) -> int | None:
        """Which of these; a single one is not asked about."""
        if len(choices) == 1:
            return 0
        answer = await self._ask(Question("choice", question, self._words.keys_choice, choices=choices))
        return None if answer is None else int(answer)

    async def confirm(self, question: str, title: str, facts: Sequence[StyledLine]) -> bool:
        """Whether they are sure."""
        return await self._ask(Question("yes", question, self._words.keys_confirm, title, facts)) is not None

    async def show_message(self, what: str, title: str = "", facts: Sequence[StyledLine] = ()) -> None:
        """Nothing is asked; it stays until it was read."""
        await self._ask(Question("told", what, self._words.keys_message, title, facts))
