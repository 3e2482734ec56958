"""Asking a coordinator who they are, and for the PIN that proves it."""

import unicodedata

from kiosk.pins import Pin
from kiosk.roster.corrections.corrections import Settlements
from kiosk.roster.corrections.dialog import Asker, AtTheHome
from kiosk.roster.corrections.pin_session import Believed, Proof
from kiosk.roster.formatting import Note
from kiosk.words.settling_words import SettlingWords


class Identity:
    """Asks until somebody is believed or gives up."""

    def __init__(self, asker: Asker, at_the_home: AtTheHome, settlements: Settlements, words: SettlingWords) -> None:
        self._asker = asker
        self._at_the_home = at_the_home
        self._settlements = settlements
        self._words = words

    async def prove(self, proof: Proof) -> bool:
        """Whether somebody is believed, after they were asked if need be. Raises: DomainError, LogError, Mistake."""
        if proof.holder:
            return True
        names = await self._at_the_home(self._settlements.coordinators)
        if not names:
            await self._asker.tell(self._words.nobody)
            return False
        people = [Believed(actor, name) for actor, name in names.items()]
        chosen = await self._asker.choice(self._words.who, [person.name for person in people])
        return chosen is not None and await self._give_the_pin(people[chosen], proof)

    async def _give_the_pin(self, person: Believed, proof: Proof) -> bool:
        """Ask until the PIN is right, they give up, or the next try has to wait."""
        trouble: list[Note] = []
        while True:
            await self._at_the_home(self._settlements.refuse_try, person.actor)
            typed = await self._asker.secret(self._words.pin.format(who=person.name), trouble)
            if typed is None:
                return False
            pin = Pin(unicodedata.normalize("NFKC", typed))  # an input method for Chinese types wide digits
            if await self._at_the_home(self._settlements.is_proved, person.actor, pin):
                proof.begin(person)
                return True
            trouble = [Note(self._words.wrong, "alarm")]
