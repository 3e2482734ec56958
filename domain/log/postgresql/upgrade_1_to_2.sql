-- Brings the tables of event logs from version 1 to version 2, in which a unit belongs to one role. Run once, by the
-- role that owns them, while no program has a log in the database open. ROLE is the one as which the programs connect:
--
--     psql --single-transaction -v ON_ERROR_STOP=1 -v role=ROLE -f upgrade_1_to_2.sql DATABASE
--
-- All units that stand there are given to it; with several roles, hand over those of the others as schema.sql says.
-- No event is touched.

CREATE TABLE kiosk.schema_version (
    version integer PRIMARY KEY
);
INSERT INTO kiosk.schema_version VALUES (2);

ALTER TABLE kiosk.unit ADD COLUMN role name NOT NULL DEFAULT current_user;
UPDATE kiosk.unit SET role = :'role'::regrole::name;
CREATE INDEX unit_of_role ON kiosk.unit (role, unit_no);

-- The policy below demands what this key did.
ALTER TABLE kiosk.event DROP CONSTRAINT event_unit_no_fkey;

-- No program of version 1 took events from a source: the table is empty.
ALTER TABLE kiosk.taken ADD COLUMN received bigint NOT NULL;

CREATE TABLE kiosk.heard (
    unit_no integer NOT NULL,
    source uuid NOT NULL,
    at bigint NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    chain bytea NOT NULL CHECK (octet_length(chain) = 32),
    complete_at bigint,
    PRIMARY KEY (unit_no, source)
);

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

GRANT SELECT ON kiosk.schema_version, kiosk.heard TO kiosk_writer;
GRANT INSERT, UPDATE (at, position, chain, complete_at) ON kiosk.heard TO kiosk_writer;
