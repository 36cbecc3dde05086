import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { Attempt } from "../../../jig/attempt/attempt.js";
import type { RecordedKeys } from "../../../jig/records/record-reader.js";
import { postgresqlReport } from "../../../jig/report/postgresql.js";
import { attempt } from "../records/records-fixture.js";
import { describeWith } from "../../setup/needs.js";
import { needsPostgresql, PostgresqlServer } from "./postgresql-server.js";
import { simulatedAttempts } from "./simulated-attempts.js";

const sql = (attempts: readonly Attempt[], keys: readonly RecordedKeys[] = []): string =>
  [
    ...postgresqlReport(
      attempts.map((one, index) => ({ sequence: index + 2, digest: "0a0b", attempt: one })),
      keys,
    ),
  ].join("");

const nasty = "it's a \\x 'quote'; DROP TABLE tally_attempt; -- \0 :name \ud800 µA\n\\! true";

describe("the SQL for PostgreSQL", () => {
  it("is one transaction in which every text is quoted", () => {
    const text = sql([attempt("a", { outcome: "FAIL", reason: nasty })]);
    expect(text).toMatch(/^--.*\nBEGIN;\n[^]*COMMIT;\n$/);
    expect(text).toContain(
      "'it''s a \\x ''quote''; DROP TABLE tally_attempt; -- \ufffd :name \ufffd µA\n\\! true'",
    );
  });
});

describeWith(needsPostgresql(), "a PostgreSQL server", () => {
  let server: PostgresqlServer;
  beforeAll(() => {
    server = new PostgresqlServer();
  });
  afterAll(() => {
    server.stop();
  });

  it("takes an export, and the same one again changes nothing", () => {
    const attempts = simulatedAttempts(60, 4, 1);
    const counts = "SELECT count(*) FROM tally_attempt; SELECT count(*) FROM tally_measurement;";
    server.query(sql(attempts));
    const measurements = attempts.flatMap(({ phases }) =>
      phases.flatMap((phase) => phase.measurements),
    ).length;
    expect(server.query(counts)).toBe(`${attempts.length}\n${measurements}`);
    server.query(sql(attempts));
    expect(server.query(counts)).toBe(`${attempts.length}\n${measurements}`);
  });

  it("merges what many stations have", () => {
    for (const station of ["M1", "M2"]) server.query(sql([attempt("same", { station })]));
    expect(
      server.query("SELECT station, attempt FROM tally_attempt WHERE station LIKE 'M%' ORDER BY 1"),
    ).toBe("M1|same\nM2|same");
  });

  it("gets values, numbers, limits and attachments as they were", () => {
    server.query(sql([attempt("whole", { station: "W1" })]));
    const of = (columns: string, table: string): string =>
      server.query(`SELECT ${columns} FROM ${table} WHERE station = 'W1'`);
    expect(
      of(
        "measurement, value, number, unit, minimum, maximum, limits, outcome, marginal",
        "tally_measurement",
      ),
    ).toBe("battery|3612|3612|mV|3500|3700|3500 to 3700 mV|PASS|f");
    expect(of("name, media_type, convert_from(content, 'UTF8')", "tally_attachment")).toBe(
      "curve|text/csv|1,2",
    );
    expect(of("started_at AT TIME ZONE 'UTC', encode(digest, 'hex')", "tally_attempt")).toBe(
      "2026-01-01 00:00:00|0a0b",
    );
  });

  it("takes hostile text for text", () => {
    server.query(sql([attempt("x", { station: "H1", outcome: "FAIL", reason: nasty })]));
    expect(server.query("SELECT reason FROM tally_attempt WHERE station = 'H1'")).toBe(
      nasty.replace("\0", "\ufffd").replace("\ud800", "\ufffd"),
    );
  });

  it("keeps keys as they were wrapped", () => {
    const wrapped = { recipient: "ab", encapsulated: "AAEC", ciphertext: "/w==" };
    const keys: RecordedKeys = {
      type: "key",
      keyId: "k1",
      hardwareId: "hw",
      attemptId: "a",
      wrapped,
      atMilliseconds: 0,
      isInUse: true,
    };
    server.query(sql([], [keys]));
    expect(server.query("SELECT key_id, encapsulated, ciphertext FROM tally_keys")).toBe(
      "k1|\\x000102|\\xff",
    );
  });

  it("names an identity that two stations gave to two units", () => {
    for (const [station, hardwareId] of [
      ["D1", "hw-1"],
      ["D2", "hw-2"],
    ] as const)
      server.query(sql([attempt(station, { station, unit: { hardwareId, imei: "860000000000001" } })]));
    expect(server.query("SELECT * FROM tally_shared_identity WHERE kind = 'imei'")).toBe(
      "imei|860000000000001|{hw-1,hw-2}",
    );
  });
});
