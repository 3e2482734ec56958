"""How questions are put to whoever stands at the screen, one after the other, and the home is reached in between."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from kiosk.roster.corrections.question_screen import Question, nothing_to_complain_of
from kiosk.roster.formatting import Note
from kiosk.words.settling_words import SettlingWords

R = TypeVar("R")


class AtTheHome(Protocol):
    """Calls something of a home from a thread, while nothing else looks at the home and the screen goes on."""

    async def __call__(self, call: Callable[..., R], *args: Any) -> R:
        """What it returns. Raises: what it raises."""
        ...


class Asker:
    """Puts questions in one language. None is always an answer, and means no."""

    def __init__(self, ask: Callable[[Question], Awaitable[str | None]], words: SettlingWords) -> None:
        self._ask = ask
        self._words = words

    async def text(
        self,
        question: str,
        title: str,
        proposed: str = "",
        complaint_of: Callable[[str], str] = nothing_to_complain_of,
    ) -> str | None:
        """Something that is typed, until there is no complaint of it."""
        keys = self._words.keys_text
        asked = Question("text", question, keys, title, proposed=proposed, complaint_of=complaint_of)
        return await self._ask(asked)

    async def secret(self, question: str, trouble: Sequence[Note]) -> str | None:
        """Something that is typed unseen."""
        return await self._ask(Question("secret", question, self._words.keys_text, facts=trouble))

    async def choice(self, question: str, choices: Sequence[str]) -> int | None:
        """Which of these; a single one is not asked about."""
        if len(choices) == 1:
            return 0
        answer = await self._ask(Question("choice", question, self._words.keys_choice, choices=choices))
        return None if answer is None else int(answer)

    async def yes(self, question: str, title: str, facts: Sequence[Note]) -> bool:
        """Whether they are sure."""
        return await self._ask(Question("yes", question, self._words.keys_confirm, title, facts)) is not None

    async def tell(self, what: str, title: str = "", facts: Sequence[Note] = ()) -> None:
        """Nothing is asked; it stays until it was read."""
        await self._ask(Question("told", what, self._words.keys_told, title, facts))
