"""What the people store keeps of secrets: the hashes of coordinators' PINs and of the desk's passwords.

Rule: nothing here can be compared without the site key of the home.
"""

from uuid import UUID

from kiosk.people.file import PeopleFile


class PeopleSecrets(PeopleFile):
    """The part of the store that is about PINs and passwords; both belong to actors."""

    # --- PINs ---

    def keep_pin_hash(self, actor_id: UUID, hashed: str) -> None:
        """Keep the hash of an actor's PIN; an earlier one is overwritten."""
        self._write("INSERT OR REPLACE INTO pins VALUES (?, ?)", (str(actor_id), hashed))

    def find_pin_hash(self, actor_id: UUID) -> str | None:
        """The hash of an actor's PIN."""
        return self._fetch_value("SELECT hash FROM pins WHERE actor = ?", str(actor_id))

    def drop_pin(self, actor_id: UUID) -> None:
        """Delete the hash of an actor's PIN."""
        self._write("DELETE FROM pins WHERE actor = ?", (str(actor_id),))

    def list_coordinators(self) -> dict[UUID, str]:
        """The actors who have a PIN, with their names, sorted by name."""
        found = self._fetch_rows(
            "SELECT pins.actor, name FROM pins JOIN actors ON actors.id = pins.actor ORDER BY name"
        )
        return {self._parse(UUID, actor): name for actor, name in found}

    # --- Passwords ---

    def keep_password_hash(self, actor_id: UUID, hashed: str) -> None:
        """Keep the hash of the password of an actor's account; an earlier one is overwritten."""
        self._write("INSERT OR REPLACE INTO accounts VALUES (?, ?)", (str(actor_id), hashed))

    def find_password_hash(self, actor_id: UUID) -> str | None:
        """The hash of the password of an actor's account."""
        return self._fetch_value("SELECT hash FROM accounts WHERE actor = ?", str(actor_id))

    def drop_password(self, actor_id: UUID) -> None:
        """Delete the hash of the password of an actor's account."""
        self._write("DELETE FROM accounts WHERE actor = ?", (str(actor_id),))

    def list_account_names(self) -> dict[UUID, str]:
        """The actors for whom a password is kept, with their names, sorted by name."""
        found = self._fetch_rows(
            "SELECT accounts.actor, name FROM accounts JOIN actors ON actors.id = accounts.actor ORDER BY name"
        )
        return {self._parse(UUID, actor): name for actor, name in found}
