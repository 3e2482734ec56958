"""What the log asks of PostgreSQL.

`%b` sends a value as bytes, not as text: of a batch that is a third of the work.
"""

# --- A connection ----------------------------------------------------------------------------

SET = "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS wanted (name, value)"
SETTINGS = "SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY (%s)"
HAS_TABLES = "SELECT to_regclass('kiosk.event') IS NOT NULL, to_regclass('kiosk.schema_version') IS NOT NULL"
VERSION = "SELECT max(version) FROM kiosk.schema_version"
MAY_CHANGE = """
SELECT current_user FROM unnest(ARRAY['kiosk.event', 'kiosk.unit_name', 'kiosk.taken']) AS named
WHERE has_table_privilege(named, 'UPDATE, DELETE, TRUNCATE')
"""
GUARDS = """
WITH guarded AS (
    SELECT oid, relname, relrowsecurity FROM pg_catalog.pg_class WHERE oid = ANY (
        ARRAY['kiosk.unit', 'kiosk.unit_name', 'kiosk.event', 'kiosk.taken', 'kiosk.heard']::regclass[]
    )
)
SELECT 'trigger', tgname::text FROM pg_catalog.pg_trigger JOIN guarded ON guarded.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
UNION ALL SELECT 'policy', polname::text FROM pg_catalog.pg_policy JOIN guarded ON guarded.oid = polrelid
UNION ALL SELECT 'row security', relname::text FROM guarded WHERE relrowsecurity
"""

# --- A unit ----------------------------------------------------------------------------------

FIND_UNIT = "SELECT unit_no FROM kiosk.unit_name WHERE log_id = %s"
# Two statements of one transaction: the second sees whose unit the first has made.
MAKE_UNIT = "INSERT INTO kiosk.unit DEFAULT VALUES RETURNING unit_no"
NAME_UNIT = "INSERT INTO kiosk.unit_name (unit_no, ordinal, log_id) VALUES (%s, 1, %s)"
POSITIONS = "SELECT log_id, position FROM kiosk.unit JOIN kiosk.unit_name USING (unit_no) WHERE ordinal = 1"

# --- Its log ---------------------------------------------------------------------------------

LOCK_UNIT = """
SELECT position, chain, (SELECT chain FROM kiosk.event WHERE event.unit_no = unit.unit_no AND event.position = %s),
    current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes')
FROM kiosk.unit WHERE unit_no = %s FOR UPDATE
"""
# Rows and head in one round trip; where the head does not move, no row is added.
ADD = """
WITH moved AS (UPDATE kiosk.unit SET position = %b, chain = %b WHERE unit_no = %b RETURNING unit_no)
INSERT INTO kiosk.event (unit_no, position, originator_id, originator_version, topic, state, chain)
SELECT unit_no, unnest(%b::bigint[]), unnest(%b::uuid[]), unnest(%b::bigint[]), unnest(%b::text[]), unnest(%b::bytea[]),
    unnest(%b::bytea[]) FROM moved
"""
VERSIONS = """
SELECT originator_id, originator_version FROM kiosk.event WHERE unit_no = %s
    AND (originator_id, originator_version) IN (SELECT * FROM unnest(%b::uuid[], %b::bigint[]))
"""
PROBE = "UPDATE kiosk.unit SET position = position WHERE unit_no = %s"
RENAME = """
INSERT INTO kiosk.unit_name (unit_no, ordinal, log_id)
SELECT unit_no, max(ordinal) + 1, %s FROM kiosk.unit_name WHERE unit_no = %s GROUP BY unit_no
"""
NAMES = "SELECT log_id FROM kiosk.unit_name WHERE unit_no = %s ORDER BY ordinal"
HEAD = """
SELECT position, chain, (SELECT chain FROM kiosk.event WHERE unit_no = %s AND position = %s)
FROM kiosk.event WHERE unit_no = %s ORDER BY position DESC LIMIT 1
"""
LAST_GIVEN = """
SELECT greatest(position, (SELECT max(position) FROM kiosk.event WHERE unit_no = unit.unit_no))
FROM kiosk.unit WHERE unit_no = %s
"""
GROWTH = """
SELECT greatest(position, (SELECT max(position) FROM kiosk.event WHERE unit_no = unit.unit_no)), NULL, 0
FROM kiosk.unit WHERE unit_no = %s UNION ALL (
    SELECT position, encode(uuid_send(originator_id), 'hex'), originator_version FROM kiosk.event
    WHERE unit_no = %s AND position > %s ORDER BY position LIMIT %s
)
"""
CHAIN_AT = "SELECT chain FROM kiosk.event WHERE unit_no = %s AND position = %s"
POSITION_OF = """
SELECT position FROM kiosk.event WHERE unit_no = %s AND chain = %s AND position < %s ORDER BY position DESC LIMIT 1
"""
WITH_CHAIN = "SELECT chain, position FROM kiosk.event WHERE unit_no = %s AND chain = ANY (%b)"
EVENT = """
SELECT position, encode(uuid_send(originator_id), 'hex'), originator_version, topic, state
FROM kiosk.event
"""
STREAM = f"{EVENT} WHERE unit_no = %s AND originator_id = %s AND originator_version > %s ORDER BY originator_version"
TOPIC = f"{EVENT} WHERE unit_no = %s AND topic = %s ORDER BY position"
LAST_VERSION = """
SELECT coalesce(max(originator_version), 0) FROM kiosk.event WHERE unit_no = %s AND originator_id = %s
"""
ONWARD = f"{EVENT} WHERE unit_no = %s AND position > %s AND position <= %s ORDER BY position LIMIT %s"
RAW = """
SELECT position, convert_to(encode(uuid_send(originator_id), 'hex'), 'UTF8'), originator_version,
    convert_to(topic, 'UTF8'), state, chain, true
FROM kiosk.event WHERE unit_no = %s AND position >= %s AND position <= %s ORDER BY position LIMIT %s
"""
WRONG_HEAD = """
SELECT 1 FROM kiosk.unit WHERE unit_no = %s AND (position, chain) <> (
    SELECT event.position, event.chain FROM kiosk.event WHERE event.unit_no = unit.unit_no
    ORDER BY event.position DESC LIMIT 1
)
"""

# --- Its sources -----------------------------------------------------------------------------

ADD_TAKEN = """
INSERT INTO kiosk.taken (unit_no, position, source, received, source_position, chain, signature)
SELECT %b, unnest(%b::bigint[]), %b, %b, unnest(%b::bigint[]), unnest(%b::bytea[]), unnest(%b::bytea[])
"""
COPY_TAKEN = """
INSERT INTO kiosk.taken (unit_no, position, source, source_position, chain, signature, received)
SELECT %b, * FROM unnest(%b::bigint[], %b::uuid[], %b::bigint[], %b::bytea[], %b::bytea[], %b::bigint[])
"""
SOURCE_HEAD = """
SELECT source_position, chain FROM kiosk.taken WHERE unit_no = %s AND source = %s
ORDER BY source_position DESC LIMIT 1
"""
SOURCE_CHAIN_AT = "SELECT chain FROM kiosk.taken WHERE unit_no = %s AND source = %s AND source_position = %s"
SOURCE_EVENTS = """
SELECT source_position, coalesce(encode(uuid_send(originator_id), 'hex'), ''), coalesce(originator_version, 0),
    coalesce(topic, ''), coalesce(state, ''), taken.chain, signature
FROM kiosk.taken LEFT JOIN kiosk.event USING (unit_no, position)
WHERE unit_no = %s AND source = %s AND source_position > %s ORDER BY source_position LIMIT %s
"""
SOURCE_NAMES = "SELECT DISTINCT source::text FROM kiosk.taken WHERE unit_no = %s"
SOURCE_POSITIONS = """
SELECT position FROM kiosk.taken WHERE unit_no = %s AND source = %s AND position > %s AND position <= %s
"""
TAKEN = """
SELECT position, source, source_position, chain, signature, received FROM kiosk.taken
WHERE unit_no = %s AND position > %s AND position <= %s ORDER BY position LIMIT %s
"""
RECEIVED = """
SELECT position, received FROM kiosk.taken WHERE unit_no = %s AND position >= %s AND position <= %s ORDER BY position
"""
HEARD = "SELECT source, at, position, chain, complete_at FROM kiosk.heard WHERE unit_no = %s ORDER BY source"
WRITE_HEARD = """
INSERT INTO kiosk.heard (unit_no, source, at, position, chain, complete_at) VALUES (%b, %b, %b, %b, %b, %b)
ON CONFLICT (unit_no, source) DO UPDATE
SET at = excluded.at, position = excluded.position, chain = excluded.chain, complete_at = excluded.complete_at
"""
