"""Questions of a correction, each on a screen of its own: a text, a secret, a choice, a confirmation, a message."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.screen import ModalScreen
from textual.widgets import Input

from kiosk.text.wrapping import wrap_text
from kiosk.tui.steady_screen import SteadyScreen
from kiosk.tui.text import StyledLine, StyledLines, TextLine
from kiosk.words.staff_words import CorrectionWords

LONGEST_ANSWER = 2000
"""Characters of a reason, as in a batch."""


def accept_any(_: str) -> str:
    """Accept any answer."""
    return ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question or message for the coordinator."""

    kind: Literal["text", "secret", "choice", "yes", "message", "wait"]
    question: str
    keys: str
    title: str = ""
    facts: Sequence[StyledLine] = ()
    choices: Sequence[str] = ()
    suggestion: str = ""
    validate: Callable[[str], str] = accept_any
    """The complaint about an answer; empty where it is accepted."""


class QuestionScreen(SteadyScreen[str | None], ModalScreen[str | None], inherit_bindings=False):
    """Asks, and is dismissed with the answer: the text, the number of the choice, `y`, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "refuse", show=False),
        Binding("enter", "go_on", show=False),
        Binding("y,Y", "agree", show=False),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("ctrl+q,ctrl+c", "app.quit", show=False),
    ]

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._chosen = 0
        self._complaint = ""

    def compose(self) -> ComposeResult:
        """The widgets, once."""
        question = self._question
        yield TextLine("title")
        with ScrollableContainer(id="facts_and_choices", can_focus=question.kind in ("yes", "message")):
            yield StyledLines("facts")
            yield StyledLines("question")
            yield StyledLines("choices")
        typed = question.kind in ("text", "secret")
        secret = question.kind == "secret"
        yield Input(question.suggestion, id="answer", password=secret, max_length=LONGEST_ANSWER, disabled=not typed)
        yield TextLine("complaint")
        yield TextLine("keys", question.keys)

    def on_mount(self) -> None:
        """Focus the input, if the question has one."""
        answer = self.query_one("#answer")
        answer.set_class(not answer.disabled, "open")
        if not answer.disabled:
            answer.focus()
        self._draw()

    def on_resize(self, _: events.Resize) -> None:
        """Wrap the lines to the new width."""
        self._draw()

    def _draw(self) -> None:
        width = max(self.size.width - 3, 20)
        question = self._question
        for name, text in (("title", question.title), ("complaint", self._complaint)):
            self.query_one(f"#{name}", TextLine).set_text("\n".join(wrap_text(text, width)))
        self._styled_lines("facts").set_class(bool(question.facts), "filled")
        self._styled_lines("facts").set_lines(
            [StyledLine(line, fact.style) for fact in question.facts for line in wrap_text(fact.text, width)]
        )
        self._styled_lines("question").set_lines(
            [StyledLine(line, "waiting") for line in wrap_text(question.question, width)]
        )
        lines = [(n, line) for n, choice in enumerate(question.choices) for line in wrap_text(choice, width - 4)]
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
            return  # an empty PIN is a slip of the finger, not an attempt
        self._complaint = self._question.validate(message.value)
        if self._complaint:
            self._draw()
        else:
            self._answer(message.value)

    def action_go_on(self) -> None:
        """Close a message, or take the choice under the cursor. A confirmation has its own key."""
        if self._question.kind == "choice":
            self._answer(str(self._chosen))
        elif self._question.kind == "message":
            self._answer("")

    def action_agree(self) -> None:
        """Confirm."""
        if self._question.kind == "yes":
            self._answer("y")

    def action_choose(self, step: int) -> None:
        """Move to another choice."""
        if self._question.choices:
            self._chosen = (self._chosen + step) % len(self._question.choices)
            self._draw()

    def action_refuse(self) -> None:
        """Cancel."""
        self._answer(None)

    def _answer(self, answer: str | None) -> None:
        """Once: of two keys that come together the second finds this screen gone, and would take down another."""
        if self.is_current:
            self.dismiss(answer)


R = TypeVar("R")


class ThreadRunner(Protocol):
    """Calls a function in a thread, one call at a time, while the screen goes on."""

    async def __call__(self, call: Callable[..., R], *args: Any) -> R:
        """The result of the call. Raises: whatever the call raises."""
        ...


class Waiter(Protocol):
    """Calls a function in a thread of its own, beside those calls, while a message is shown."""

    async def __call__(self, message: Question, call: Callable[..., R], *args: Any) -> R | None:
        """The result; None where the message was closed before. Raises: whatever the call raises."""
        ...


async def wait_for_call(
    app: App[None], calls: Executor, message: Question, call: Callable[..., R], *args: Any
) -> R | None:
    """The result of a slow call; None where the message is closed before, and a call that waits still is never made."""
    screen = QuestionScreen(message)
    closed = app.push_screen(screen, wait_for_dismiss=True)
    answer = asyncio.wrap_future(calls.submit(call, *args))
    try:
        await asyncio.wait((closed, answer), return_when=asyncio.FIRST_COMPLETED)
        return None if closed.done() else answer.result()
    finally:
        answer.cancel()
        if screen.is_current:
            await screen.dismiss(None)


class Prompter:
    """Asks questions in one language. The answer None means that the coordinator cancelled."""

    def __init__(
        self, ask: Callable[[Question], Awaitable[str | None]], wait_for: Waiter, words: CorrectionWords
    ) -> None:
        self._ask = ask
        self._wait_for = wait_for
        self._words = words

    async def ask_text(
        self,
        question: str,
        title: str,
        suggestion: str = "",
        validate: Callable[[str], str] = accept_any,
    ) -> str | None:
        """A typed text that `validate` accepts."""
        keys = self._words.keys_text
        return await self._ask(Question("text", question, keys, title, suggestion=suggestion, validate=validate))

    async def ask_secret(self, question: str, trouble: Sequence[StyledLine]) -> str | None:
        """A typed text that is not shown."""
        return await self._ask(Question("secret", question, self._words.keys_text, facts=trouble))

    async def ask_choice(self, question: str, choices: Sequence[str]) -> int | None:
        """The index of a choice; a single one is taken without a question."""
        if len(choices) == 1:
            return 0
        answer = await self._ask(Question("choice", question, self._words.keys_choice, choices=choices))
        return None if answer is None else int(answer)

    async def confirm(self, question: str, title: str, facts: Sequence[StyledLine]) -> bool:
        """Whether the coordinator confirms."""
        return await self._ask(Question("yes", question, self._words.keys_confirm, title, facts)) is not None

    async def show_message(self, text: str, title: str = "", facts: Sequence[StyledLine] = ()) -> None:
        """Show a message until Enter is pressed."""
        await self._ask(Question("message", text, self._words.keys_message, title, facts))

    async def wait_for(self, text: str, keys: str, call: Callable[..., R], *args: Any) -> R | None:
        """The result of a slow call; None where nobody waited for it. Raises: as the call."""
        return await self._wait_for(Question("wait", text, keys), call, *args)
