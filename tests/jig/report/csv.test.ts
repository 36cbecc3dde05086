import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";

import type { Attempt } from "../../../jig/attempt/attempt.js";
import { csvReport } from "../../../jig/report/csv.js";
import { attempt } from "../records/records-fixture.js";

const csv = (...attempts: readonly Attempt[]): string =>
  [...csvReport(attempts.map((one, index) => ({ sequence: index + 2, digest: "00", attempt: one })))].join(
    "",
  );
const rows = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: "\r\n" });

describe("the CSV report", () => {
  it("has a row for each measurement", () => {
    expect(rows(csv(attempt("a")))).toMatchObject([
      {
        station: "S1",
        sequence: "2",
        attempt: "a",
        outcome: "PASS",
        phase: "rails",
        measurement: "battery",
        value: "3612",
        unit: "mV",
        minimum: "3500",
        maximum: "3700",
        limits: "3500 to 3700 mV",
        marginal: "false",
        started_at: "2026-01-01T00:00:00.000Z",
      },
    ]);
  });

  it("leaves out no attempt and no phase that measured nothing", () => {
    const [phase] = attempt("b").phases;
    const lost = attempt("a", { outcome: "ERROR", phases: [] });
    const empty = attempt("b", { phases: phase ? [{ ...phase, measurements: [] }] : [] });
    expect(rows(csv(lost, empty))).toMatchObject([
      { attempt: "a", outcome: "ERROR", phase: "", measurement: "" },
      { attempt: "b", phase: "rails", measurement: "" },
    ]);
  });

  it("quotes what needs it and ends lines with CRLF, as RFC 4180 has it", () => {
    const reason = 'a "quoted", long\r\nreason';
    const text = csv(attempt("a", { outcome: "ERROR", reason, phases: [] }));
    expect(text).toContain('"a ""quoted"", long\r\nreason"');
    expect(text.endsWith("\r\n")).toBe(true);
    expect(rows(text)[0]?.["reason"]).toBe(reason);
  });

  it("has as many cells in every row", () => {
    const text = csv(attempt("a"), attempt("b", { phases: [] }));
    expect(new Set(parse(text).map((cells) => cells.length)).size).toBe(1);
  });
});
