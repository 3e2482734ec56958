-- The tables of event logs in PostgreSQL 14 or newer. Run once in a database, by the role that shall own them:
--
--     psql --single-transaction -v ON_ERROR_STOP=1 -f schema.sql DATABASE
--
-- Programs connect as other roles, each a member of kiosk_writer, which may add rows and change none:
--
--     CREATE ROLE office LOGIN PASSWORD '…' IN ROLE kiosk_writer;
--
-- A unit is one log: positions of its own without a gap, a hash chain of its own, a row lock of its own. It belongs to
-- the role that made it, and no other role sees it or adds to it. The owner of the tables can hand it over:
--
--     UPDATE kiosk.unit SET role = 'north' WHERE unit_no = (
--         SELECT unit_no FROM kiosk.unit_name WHERE log_id = 'the unit in [store] of its kiosk.toml');
--
-- A database with older tables is brought up by upgrade_1_to_2.sql.

CREATE SCHEMA kiosk;

CREATE TABLE kiosk.schema_version (
    version integer PRIMARY KEY
);
INSERT INTO kiosk.schema_version VALUES (2);

CREATE TABLE kiosk.unit (
    unit_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- How far its log goes, and the chain there. Who appends locks this row to the commit: a sequence would leave gaps,
    -- and show a position before the one below it.
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    chain bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(chain) = 32),
    -- To whom it belongs.
    role name NOT NULL DEFAULT current_user
);
CREATE INDEX unit_of_role ON kiosk.unit (role, unit_no);

CREATE TABLE kiosk.unit_name (
    unit_no integer NOT NULL REFERENCES kiosk.unit,
    -- 1 at birth, one more at each restore; the last is in force.
    ordinal integer NOT NULL CHECK (ordinal > 0),
    log_id uuid NOT NULL UNIQUE,
    PRIMARY KEY (unit_no, ordinal)
);

-- That its unit exists follows from the policy below, and no unit is ever deleted: a foreign key would look it up again
-- for each event, a quarter of what the server does for a batch.
CREATE TABLE kiosk.event (
    unit_no integer NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    chain bytea NOT NULL CHECK (octet_length(chain) = 32),
    PRIMARY KEY (unit_no, position),
    CONSTRAINT event_version UNIQUE (unit_no, originator_id, originator_version)
);

-- Where an event that came from a source stood there, the chain of the source there, its signature, and when it came
-- (microseconds since 1970). Its rows come in the transaction of the events: a foreign key would look each of those up
-- again.
CREATE TABLE kiosk.taken (
    unit_no integer NOT NULL,
    position bigint NOT NULL,
    source uuid NOT NULL,
    source_position bigint NOT NULL CHECK (source_position > 0),
    chain bytea NOT NULL CHECK (octet_length(chain) = 32),
    signature bytea CHECK (octet_length(signature) = 64),
    received bigint NOT NULL,
    PRIMARY KEY (unit_no, position),
    CONSTRAINT taken_once UNIQUE (unit_no, source, source_position)
);

-- When each source was last heard, and how far its log went then. No event rests on it, so it may be changed.
CREATE TABLE kiosk.heard (
    unit_no integer NOT NULL,
    source uuid NOT NULL,
    at bigint NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    chain bytea NOT NULL CHECK (octet_length(chain) = 32),
    complete_at bigint,
    PRIMARY KEY (unit_no, source)
);

-- Against slips of the owner, whom no right holds back.

CREATE FUNCTION kiosk.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION kiosk.refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.unit_no <> OLD.unit_no OR NEW.position < OLD.position
        OR (NEW.position = OLD.position AND NEW.chain <> OLD.chain) THEN
        RAISE EXCEPTION 'unit goes forward only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON kiosk.event
    FOR EACH ROW EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON kiosk.event
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER unit_name_no_change BEFORE UPDATE OR DELETE ON kiosk.unit_name
    FOR EACH ROW EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER unit_name_no_truncate BEFORE TRUNCATE ON kiosk.unit_name
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER taken_no_change BEFORE UPDATE OR DELETE ON kiosk.taken
    FOR EACH ROW EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER taken_no_truncate BEFORE TRUNCATE ON kiosk.taken
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER unit_goes_forward BEFORE UPDATE ON kiosk.unit
    FOR EACH ROW EXECUTE FUNCTION kiosk.refuse_going_back();
CREATE TRIGGER unit_no_delete BEFORE DELETE ON kiosk.unit
    FOR EACH ROW EXECUTE FUNCTION kiosk.refuse_change();
CREATE TRIGGER unit_no_truncate BEFORE TRUNCATE ON kiosk.unit
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.refuse_change();

-- A role sees the units that belong to it, and what stands in them; nothing of another comes in or out. An array of them
-- is found once a query, and is the quickest for the few rows that a query reads; of a batch each row would be compared
-- with every unit of a city, so what is added is looked up in a hash.

ALTER TABLE kiosk.unit ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk.unit_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk.taken ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk.heard ENABLE ROW LEVEL SECURITY;

CREATE POLICY unit_own ON kiosk.unit USING (role = current_user);
CREATE POLICY unit_name_own ON kiosk.unit_name
    USING (unit_no = ANY (ARRAY(SELECT unit.unit_no FROM kiosk.unit WHERE unit.role = current_user)));
CREATE POLICY event_own ON kiosk.event
    USING (unit_no = ANY (ARRAY(SELECT unit.unit_no FROM kiosk.unit WHERE unit.role = current_user)))
    WITH CHECK (unit_no IN (SELECT unit.unit_no FROM kiosk.unit WHERE unit.role = current_user));
CREATE POLICY taken_own ON kiosk.taken
    USING (unit_no = ANY (ARRAY(SELECT unit.unit_no FROM kiosk.unit WHERE unit.role = current_user)))
    WITH CHECK (unit_no IN (SELECT unit.unit_no FROM kiosk.unit WHERE unit.role = current_user));
CREATE POLICY heard_own ON kiosk.heard
    USING (unit_no = ANY (ARRAY(SELECT unit.unit_no FROM kiosk.unit WHERE unit.role = current_user)));

-- What the programs may do.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kiosk_writer') THEN
        CREATE ROLE kiosk_writer NOLOGIN;
    END IF;
END $$;

GRANT USAGE ON SCHEMA kiosk TO kiosk_writer;
GRANT SELECT ON kiosk.schema_version, kiosk.unit, kiosk.unit_name, kiosk.event, kiosk.taken, kiosk.heard TO kiosk_writer;
GRANT INSERT ON kiosk.unit_name, kiosk.event, kiosk.taken, kiosk.heard TO kiosk_writer;
GRANT UPDATE (at, position, chain, complete_at) ON kiosk.heard TO kiosk_writer;
-- A new unit begins empty; only its head changes. UPDATE of the head is also the right to lock the row.
GRANT INSERT (unit_no), UPDATE (position, chain) ON kiosk.unit TO kiosk_writer;
