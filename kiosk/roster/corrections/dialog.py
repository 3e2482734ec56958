"""How questions are put to whoever stands at the screen, one after the other, and the home is reached in between."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from kiosk.roster.corrections.question_screen import Question, accept_any
from kiosk.roster.formatting import StyledLine
from kiosk.words.staff_words import CorrectionWords

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
