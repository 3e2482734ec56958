"""Important changes ask for the visitor's own password again: a browser that was left open does not make them."""

from anyio import to_thread

from domain.authentication_errors import PasswordTooSoon
from kiosk.accounts.passwords import Password
from kiosk.desk.forms import Form
from kiosk.desk.login import LoginAccounts
from kiosk.desk.pages import Visitor

OWN_PASSWORD = "password_own"  # noqa: S105 - the name of a field


class Confirmation:
    """Checks the password in a form; attempts are recorded and throttled as those of a login."""

    def __init__(self, accounts: LoginAccounts) -> None:
        self._accounts = accounts

    async def find_fault(self, visitor: Visitor, form: Form) -> str:
        """Why the form is not carried out; empty where the password is right. Raises: LogError, UserError."""
        password = Password(form.get(OWN_PASSWORD))
        try:
            right = await to_thread.run_sync(self._accounts.authenticate, visitor.session.actor, password)
        except PasswordTooSoon as refusal:
            wait = refusal.until - self._accounts.now()
            return visitor.words.wait.format(minutes=max(-(-int(wait.total_seconds()) // 60), 1))
        return "" if right else visitor.words.wrong_password
