/**
 * The beginning of an export: a transaction with the tables in it. A view names what two units share although each
 * station for itself had given it only once.
 */
export const postgresqlTables = `-- Records of a Tally station. Take them in with: psql --set ON_ERROR_STOP=1 --file THIS_FILE DATABASE
BEGIN;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL standard_conforming_strings = on;
SET LOCAL client_min_messages = warning;
-- Stations that export for the first time at the same moment make the tables one after the other.
DO $$ BEGIN PERFORM pg_advisory_xact_lock(1413565529); END $$;

CREATE TABLE IF NOT EXISTS tally_attempt (
  station text NOT NULL,
  attempt text NOT NULL,
  sequence bigint NOT NULL,
  digest bytea NOT NULL,
  slot integer NOT NULL,
  hardware_id text,
  serial_number text,
  imei text,
  iccid text,
  key_id text,
  firmware_version text,
  firmware_hash text,
  recipe text NOT NULL,
  recipe_version text NOT NULL,
  recipe_hash text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('PASS', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED')),
  reason text,
  PRIMARY KEY (station, attempt)
);
CREATE INDEX IF NOT EXISTS tally_attempt_hardware_id ON tally_attempt (hardware_id);
CREATE INDEX IF NOT EXISTS tally_attempt_serial_number ON tally_attempt (serial_number);

CREATE TABLE IF NOT EXISTS tally_phase (
  station text NOT NULL,
  attempt text NOT NULL,
  position integer NOT NULL,
  phase text NOT NULL,
  try integer NOT NULL,
  outcome text NOT NULL,
  reason text,
  started_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  PRIMARY KEY (station, attempt, position),
  FOREIGN KEY (station, attempt) REFERENCES tally_attempt
);

CREATE TABLE IF NOT EXISTS tally_measurement (
  station text NOT NULL,
  attempt text NOT NULL,
  position integer NOT NULL,
  measurement text NOT NULL,
  value text,
  number double precision,
  unit text,
  minimum double precision,
  maximum double precision,
  limits text,
  outcome text NOT NULL,
  marginal boolean NOT NULL,
  PRIMARY KEY (station, attempt, position, measurement),
  FOREIGN KEY (station, attempt, position) REFERENCES tally_phase
);

CREATE TABLE IF NOT EXISTS tally_attachment (
  station text NOT NULL,
  attempt text NOT NULL,
  position integer NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (station, attempt, position, number),
  FOREIGN KEY (station, attempt, position) REFERENCES tally_phase
);

CREATE TABLE IF NOT EXISTS tally_keys (
  key_id text PRIMARY KEY,
  hardware_id text NOT NULL,
  attempt text NOT NULL,
  recipient text NOT NULL,
  encapsulated bytea NOT NULL,
  ciphertext bytea NOT NULL,
  made_at timestamptz NOT NULL
);

CREATE OR REPLACE VIEW tally_shared_identity AS
  SELECT kind, value, array_agg(DISTINCT hardware_id ORDER BY hardware_id) AS hardware_ids
  FROM (
    SELECT hardware_id, 'serial_number' AS kind, serial_number AS value FROM tally_attempt WHERE outcome = 'PASS'
    UNION ALL SELECT hardware_id, 'imei', imei FROM tally_attempt WHERE outcome = 'PASS'
    UNION ALL SELECT hardware_id, 'iccid', iccid FROM tally_attempt WHERE outcome = 'PASS'
    UNION ALL SELECT hardware_id, 'key_id', key_id FROM tally_attempt WHERE outcome = 'PASS'
  ) AS identity
  WHERE value IS NOT NULL
  GROUP BY kind, value
  HAVING count(DISTINCT hardware_id) > 1;

`;
