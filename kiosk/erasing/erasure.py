"""Erasing a person: ledger first, then log, then people store; what a kill cut short is done by the next run.

Rule: each step is safe to repeat. The hours stay, under a pseudonym: they belong to the unit's record.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.act import Act
from domain.clock import to_the_second
from domain.ids import SYSTEM
from kiosk.erasing.ledger import Basis, Erasure, enter, ledger_of
from kiosk.erasing.notes_about import notes_about
from kiosk.home import Home
from kiosk.refusals import UnknownNumber


class Erasing:
    """One person who may be erased.

    Raises:
        UnknownNumber, PersonErased, AgreementInForce; traces of an earlier run are wiped all the same.
    """

    def __init__(self, home: Home, number: str, basis: Basis) -> None:
        home.people.wipe()
        who = home.people.id_of(number)
        if who is None:
            raise UnknownNumber(number)
        begun = ledger_of(home.path).get(who) if home.people.knows(who) else None
        now = to_the_second(home.clock.now())
        if begun is None:
            home.desk.demand_erasable(who, now)
        self._home = home
        self._entry = begun or Erasure(who, now, basis)

    @property
    def name(self) -> str | None:
        """Whose it would be."""
        return self._home.people.name_of(self._entry.volunteer)

    def notes(self) -> int:
        """How many notes would go."""
        texts = map(self._home.people.note_text, notes_about(self._home.log, self._entry.volunteer))
        return sum(text is not None for text in texts)

    def carry_out(self, by: str) -> str:
        """Erase; the pseudonym. Raises: Mistake, LogError; then running it again finishes it."""
        home, who = self._home, self._entry.volunteer
        enter(home.path, [self._entry])
        carry_on(home, self._entry, Act(self._entry.at, home.people.actor(by), self._recorded()))
        return home.people.number_of(who) or str(who)

    def _recorded(self) -> datetime:
        return max(self._home.clock.now(), self._entry.at)


def carry_on(home: Home, entry: Erasure, act: Act) -> bool:
    """What follows the entry in the ledger, as far as it was not done; whether anything was left to do."""
    who = entry.volunteer
    told = home.desk.erase_person(who, entry.basis, act)
    if not home.people.knows(who):
        return told
    home.people.forget(who, notes_about(home.log, who))
    return True


def erase_again(home: Home, entries: Iterable[Erasure]) -> int:
    """After a restore: nobody comes back who was erased. How many would have."""
    entries = list(entries)
    enter(home.path, entries)
    now = home.clock.now()
    return sum(carry_on(home, entry, Act(entry.at, SYSTEM, max(now, entry.at))) for entry in entries)
