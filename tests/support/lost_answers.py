"""A server of PostgreSQL whose answer to a commit is lost: with its session, or with the server itself."""

from collections.abc import Callable
from threading import get_ident
from typing import Any

import psycopg
import pytest

from tests.support.postgresql_server import PostgreSQLServer


def end_sessions(server: PostgreSQLServer) -> None:
    """As a server does that is restarted, or a network that is cut."""
    server.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name LIKE 'kiosk on %'"
    )


def lose_answer_of_commit(monkeypatch: pytest.MonkeyPatch, cut: Callable[[], object]) -> None:
    """The next commit of this thread reaches the server; then `cut` keeps its answer from coming back."""
    leave, mine = psycopg.Transaction.__exit__, get_ident()

    def leave_and_lose(transaction: psycopg.Transaction, *why: Any) -> bool | None:
        if get_ident() != mine:
            return leave(transaction, *why)
        monkeypatch.undo()
        leave(transaction, None, None, None)
        connection = transaction.connection
        cut()
        with pytest.raises(psycopg.OperationalError) as lost:
            connection.execute("SELECT 1")
        raise lost.value

    monkeypatch.setattr(psycopg.Transaction, "__exit__", leave_and_lose)
