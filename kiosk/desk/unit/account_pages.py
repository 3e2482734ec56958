"""The accounts of the desk, for who runs the unit; and everybody's own account."""

from collections.abc import Callable, Iterable
from typing import Protocol, get_args
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.model.desk_account import Role
from kiosk.accounts.account_source import AccountEntry
from kiosk.accounts.passwords import InvalidPassword, Password
from kiosk.desk.confirmation import Confirmation
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.errors import UserError
from kiosk.words.desk.accounts import ACCOUNTS

ROLES: tuple[Role, ...] = get_args(Role)
MOST_NAME = 64
"""Characters of the name of an account."""
NEW_PASSWORD = "password_new"  # noqa: S105 - the name of a field


class AccountDirectory(Protocol):
    """The accounts of a home, to be changed. Threads may share it."""

    def list_entries(self) -> list[AccountEntry]:
        """All accounts, by name."""
        ...

    def find_entry(self, actor: UUID) -> AccountEntry | None:
        """The account of an actor; None without one."""
        ...

    def add(self, name: str, role: Role, password: Password, by: UUID) -> None:
        """Add an account. Raises: InvalidPassword, UserError, DomainError, LogError."""
        ...

    def change_password(self, name: str, password: Password, by: UUID) -> None:
        """Replace the password of an account. Raises: InvalidPassword, UserError, LogError."""
        ...

    def remove(self, name: str, by: UUID) -> None:
        """Remove an account. Raises: UserError, LogError."""
        ...


class AccountPages:
    """Answers `/unit/accounts` and `/account`."""

    def __init__(self, accounts: AccountDirectory, confirmation: Confirmation) -> None:
        self._accounts, self._confirmation = accounts, confirmation

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses of accounts."""
        self._pages = pages
        return (
            Route("/unit/accounts", pages.allow("unit", self._list)),
            Route("/unit/accounts/add", pages.receive("unit", self._add), methods=["POST"]),
            Route("/unit/accounts/password", pages.receive("unit", self._set_password), methods=["POST"]),
            Route("/unit/accounts/remove", pages.receive("unit", self._remove), methods=["POST"]),
            Route("/account", pages.allow(None, self._show_own)),
            Route("/account", pages.receive(None, self._change_own), methods=["POST"]),
        )

    # --- All accounts ---

    async def _list(self, _: Request, visitor: Visitor) -> Response:
        return await self._show(visitor)

    async def _show(self, visitor: Visitor, form: Form | None = None, message: str = "") -> Response:
        values = {
            "account_words": ACCOUNTS[visitor.words.language],
            "entries": await to_thread.run_sync(self._accounts.list_entries),
            "roles": [(role, visitor.words.roles[role]) for role in ROLES],
            "form": form or Form(()),
            "message": message,
        }
        return self._pages.show_to(visitor, "unit/accounts.html", values, REFUSED if message else 200)

    async def _add(self, _: Request, visitor: Visitor, form: Form) -> Response:
        name, role = form.get("name").strip(), form.get("role")

        def add() -> None:
            if role not in ROLES or not name.isprintable() or not 0 < len(name) <= MOST_NAME:
                raise UserError(ACCOUNTS[visitor.words.language].bad_account)
            self._accounts.add(name, role, Password(form.get(NEW_PASSWORD)), visitor.session.actor)

        done = ACCOUNTS[visitor.words.language].account_added.format(name=name)
        return await self._change(visitor, form, add, done)

    async def _set_password(self, _: Request, visitor: Visitor, form: Form) -> Response:
        def change() -> None:
            password = Password(form.get(NEW_PASSWORD))
            self._accounts.change_password(form.get("name"), password, visitor.session.actor)
            self._keep_own_session(visitor)

        return await self._change(visitor, form, change, ACCOUNTS[visitor.words.language].password_changed)

    async def _remove(self, _: Request, visitor: Visitor, form: Form) -> Response:
        name = form.get("name")

        def remove() -> None:
            if name == visitor.account.name:
                raise UserError(ACCOUNTS[visitor.words.language].not_oneself)
            self._accounts.remove(name, visitor.session.actor)

        return await self._change(visitor, form, remove, ACCOUNTS[visitor.words.language].removed.format(name=name))

    async def _change(self, visitor: Visitor, form: Form, change: Callable[[], None], done: str) -> Response:
        fault = await self._try(visitor, form, change)
        return await self._show(visitor, form, fault) if fault else self._pages.lead_to("/unit/accounts", visitor, done)

    async def _try(self, visitor: Visitor, form: Form, change: Callable[[], None]) -> str:
        """Make a change with the visitor's password; why it was not made."""
        fault = await self._confirmation.find_fault(visitor, form)
        if fault:
            return fault
        try:
            await to_thread.run_sync(change)
        except (InvalidPassword, UserError) as error:
            return str(error)
        return ""

    # --- The own account ---

    async def _show_own(self, _: Request, visitor: Visitor) -> Response:
        return self._show_account(visitor, "")

    def _show_account(self, visitor: Visitor, message: str) -> Response:
        values = {"account_words": ACCOUNTS[visitor.words.language], "message": message}
        return self._pages.show_to(visitor, "unit/own_account.html", values, REFUSED if message else 200)

    async def _change_own(self, _: Request, visitor: Visitor, form: Form) -> Response:
        def change() -> None:
            self._accounts.change_password(
                visitor.account.name, Password(form.get(NEW_PASSWORD)), visitor.session.actor
            )
            self._keep_own_session(visitor)

        fault = await self._try(visitor, form, change)
        if fault:
            return self._show_account(visitor, fault)
        return self._pages.lead_to("/account", visitor, ACCOUNTS[visitor.words.language].password_changed)

    def _keep_own_session(self, visitor: Visitor) -> None:
        """Who changes the own password stays logged in here; every other session of theirs ends."""
        entry = self._accounts.find_entry(visitor.session.actor)
        if entry is not None:
            visitor.session.password_digest = entry.password_digest
