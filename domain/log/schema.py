"""The tables of the log, and the triggers that let rows be added and nothing else.

A log is made in format 1. With the first row of what is taken from sources it gets their tables: that is format 2,
which a program from before it refuses to open. A log that heard no source stays as it was.

The copy of its unit's log that a kiosk has is made in format 3: with a table that says how far it was copied.

Rule: the triggers hold for every connection, ours or not; who may write the file can drop them, and is found
by the chain.
"""

APPLICATION_ID = 0x4B_4C_4F_47
"""`KLOG` in the file's header: distinguishes a log from every other SQLite file."""
FORMAT, FORMAT_WITH_SOURCES, FORMAT_OF_COPY = 1, 2, 3
"""Versions of the tables, in the header too."""
FORMATS = (FORMAT, FORMAT_WITH_SOURCES, FORMAT_OF_COPY)

_EVENTS = """
CREATE TABLE stored_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    chain BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
) STRICT
"""

_IDENTITY = """
CREATE TABLE log_identity (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    log_id TEXT NOT NULL UNIQUE
) STRICT
"""
# One row at birth and one at every restore; the last says what the log is called now.

_NOT_REPLACED = """
CREATE TRIGGER stored_events_are_not_replaced BEFORE INSERT ON stored_events
WHEN NEW.position <= (SELECT max(position) FROM stored_events) OR EXISTS (
    SELECT 1 FROM stored_events
    WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version
)
BEGIN SELECT RAISE(ABORT, 'stored_events is append-only'); END
"""
# INSERT OR REPLACE fires the DELETE trigger only where recursive_triggers is on; it fires this one everywhere.


_TAKEN = """
CREATE TABLE taken (
    position INTEGER PRIMARY KEY REFERENCES stored_events,
    source TEXT NOT NULL,
    source_position INTEGER NOT NULL,
    chain BLOB NOT NULL,
    signature BLOB,
    received INTEGER NOT NULL,
    UNIQUE (source, source_position)
) STRICT
"""
# One row for each event that came from a source: where it stood there, the chain there, who signed for it, and when it
# came (microseconds since 1970).

_HEARD = """
CREATE TABLE heard (
    source TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    position INTEGER NOT NULL,
    chain BLOB NOT NULL,
    complete_at INTEGER
) STRICT
"""
# One row for each source, replaced whenever it is heard: no event rests on it.

_TAKEN_NOT_REPLACED = """
CREATE TRIGGER taken_is_not_replaced BEFORE INSERT ON taken
WHEN NEW.position <= (SELECT max(position) FROM taken) OR NEW.source_position <= (
    SELECT max(source_position) FROM taken WHERE source = NEW.source
)
BEGIN SELECT RAISE(ABORT, 'taken is append-only'); END
"""

_COPIED = """
CREATE TABLE copied (
    part TEXT NOT NULL PRIMARY KEY,
    log_id TEXT NOT NULL,
    upto INTEGER NOT NULL,
    chain BLOB NOT NULL,
    since TEXT
) STRICT
"""
# Of the log of the unit and of the kiosk's own: which log it was, how far it was copied, its chain there, and from
# which day on (ISO 8601) it holds visits and duties of the unit.


def _build_append_only_trigger(table: str, operation: str) -> str:
    return f"""
CREATE TRIGGER {table}_no_{operation.lower()} BEFORE {operation} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""


HEAD = "SELECT position, chain FROM stored_events ORDER BY position DESC LIMIT 1"
CHAIN_AT = "SELECT chain FROM stored_events WHERE position = ?"
NAMES = "SELECT log_id FROM log_identity ORDER BY ordinal"
"""Queries for the end of the log and its names, on its own connection and on that of a closed log."""

EVENT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
STREAM = EVENT + "WHERE originator_id = ? AND originator_version > ? ORDER BY originator_version"
ONWARD = EVENT + "WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"

# With AUTOINCREMENT's own count: a position whose event was cut off is not given a second time.
LAST_GIVEN = """
SELECT max(
    coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'), 0),
    coalesce((SELECT max(position) FROM stored_events), 0)
)
"""
GROWTH = f"""
SELECT *, NULL, 0 FROM ({LAST_GIVEN}) UNION ALL SELECT * FROM (
    SELECT position, originator_id, originator_version FROM stored_events WHERE position > ? ORDER BY position LIMIT ?
)
"""  # noqa: S608 - of queries of ours
# CAST keeps text that is no UTF-8 from ending the walk; the last column says that nothing was cast away.
RAW = """
SELECT position, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), state, chain,
    typeof(originator_id) = 'text' AND typeof(originator_version) = 'integer' AND typeof(topic) = 'text'
    AND typeof(state) = 'blob' AND typeof(chain) = 'blob'
FROM stored_events WHERE position >= ? AND position <= ? ORDER BY position LIMIT ?
"""

STATEMENTS = (
    f"PRAGMA application_id={APPLICATION_ID}",
    f"PRAGMA user_version={FORMAT}",
    _EVENTS,
    _IDENTITY,
    _NOT_REPLACED,
    *(
        _build_append_only_trigger(table, operation)
        for table in ("stored_events", "log_identity")
        for operation in ("UPDATE", "DELETE")
    ),
)
"""What makes a new log, in one transaction."""

SOURCE_STATEMENTS = (
    f"PRAGMA user_version={FORMAT_WITH_SOURCES}",
    _TAKEN,
    _HEARD,
    _TAKEN_NOT_REPLACED,
    *(_build_append_only_trigger("taken", operation) for operation in ("UPDATE", "DELETE")),
)
"""What makes a log of format 1 one of format 2, in one transaction."""

COPY_STATEMENTS = (*STATEMENTS, f"PRAGMA user_version={FORMAT_OF_COPY}", _COPIED)
"""What makes a new copy, in one transaction."""
