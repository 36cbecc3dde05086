/** Marks a file as records of Tally's station: "TALY" in ASCII. */
export const applicationId = 0x54414c59;

/** Raised whenever an older program could misread what a newer one has written. */
export const schemaVersion = 1;

const text = (path: string): string => `body ->> '$.${path}'`;
const isType = (type: string): string => `${text("type")} = '${type}'`;

/** That the unit of a passing attempt owns what it says it has. */
const claimMissing = (kind: string): string => `(
    NEW.body ->> '$.attempt.unit.${kind}' IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM entry WHERE ${isType("claim")} AND ${text("kind")} = '${kind}'
        AND ${text("value")} = NEW.body ->> '$.attempt.unit.${kind}'
        AND ${text("hardwareId")} = NEW.body ->> '$.attempt.unit.hardwareId'))`;

/**
 * One table, to which lines are only ever added. What must be unique is so by indexes over the lines' own text, so
 * that no column can contradict the text that the chain protects.
 */
export const schema = `
CREATE TABLE entry (
  sequence INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) AND ${text("type")} IS NOT NULL),
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

CREATE UNIQUE INDEX attempt_begins_once ON entry (${text("attemptId")}) WHERE ${isType("begin")};
CREATE UNIQUE INDEX attempt_ends_once ON entry (${text("attempt.id")}) WHERE ${isType("attempt")};
CREATE UNIQUE INDEX identifier_has_one_unit ON entry (${text("kind")}, ${text("value")}) WHERE ${isType("claim")};
CREATE UNIQUE INDEX unit_has_one_serial_number ON entry (${text("hardwareId")})
  WHERE ${isType("claim")} AND ${text("kind")} = 'serialNumber';
CREATE UNIQUE INDEX key_is_reserved_once ON entry (${text("keyId")}) WHERE ${isType("key")};
CREATE INDEX claims_of_unit ON entry (${text("hardwareId")}, ${text("kind")}) WHERE ${isType("claim")};
CREATE INDEX keys_of_unit ON entry (${text("hardwareId")}) WHERE ${isType("key")};
CREATE INDEX attempts_of_unit ON entry (${text("attempt.unit.hardwareId")}) WHERE ${isType("attempt")};

CREATE TRIGGER entry_is_never_altered BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry is never altered'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;
CREATE TRIGGER entry_follows_the_last BEFORE INSERT ON entry
  WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
CREATE TRIGGER attempt_was_begun BEFORE INSERT ON entry
  WHEN NEW.${isType("attempt")} AND NOT EXISTS (
    SELECT 1 FROM entry WHERE ${isType("begin")} AND ${text("attemptId")} = NEW.body ->> '$.attempt.id')
  BEGIN SELECT RAISE(ABORT, 'the attempt was never begun'); END;
CREATE TRIGGER passing_unit_owns_its_identity BEFORE INSERT ON entry
  WHEN NEW.${isType("attempt")} AND NEW.body ->> '$.attempt.outcome' = 'PASS' AND (
    NEW.body ->> '$.attempt.unit.hardwareId' IS NULL
    OR ${["serialNumber", "imei", "iccid"].map(claimMissing).join("\n    OR ")}
    OR (NEW.body ->> '$.attempt.unit.keyId' IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM entry WHERE ${isType("key")} AND ${text("keyId")} = NEW.body ->> '$.attempt.unit.keyId'
        AND ${text("attemptId")} = NEW.body ->> '$.attempt.id')))
  BEGIN SELECT RAISE(ABORT, 'a unit passed with an identity that is not its own'); END;

PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;
