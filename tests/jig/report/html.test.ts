import { describe, expect, it } from "@jest/globals";

import type { Attempt } from "../../../jig/attempt/attempt.js";
import { analyse } from "../../../jig/report/analysis.js";
import { htmlReport } from "../../../jig/report/html.js";
import { attempt } from "../records/records-fixture.js";
import { simulatedAttempts } from "./simulated-attempts.js";

const report = (attempts: readonly Attempt[]): string =>
  htmlReport(analyse(attempts), { atMilliseconds: Date.UTC(2026, 2, 3), head: "ab".repeat(32) });

describe("the HTML report", () => {
  const page = report(simulatedAttempts(200, 4, 1));

  it("stands for itself: no script, nothing from elsewhere", () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/i);
  });

  it("tells yield, causes and capability", () => {
    expect(page).toContain("first pass: ");
    expect(page).toMatch(/Most frequent failure: [a-z]+ \/ [\w ]+, \d+ times\./);
    expect(page).toMatch(/Cpk below 1\.33: .*sleep \/ sleep current \(0\.\d+\)/);
  });

  it("has a control chart for every measurement and slot", () => {
    expect(page.match(/<figure/g)).toHaveLength(8 * 4);
    expect(page).toContain('aria-label="sleep / sleep current, slot 3"');
  });

  it("draws no number that is none", () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(report(simulatedAttempts(1, 1, 2))).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it("takes what units say for text, never for markup", () => {
    const hostile = "<script>alert('x')</script>";
    const text = report([
      attempt("a", { unit: { serialNumber: hostile }, outcome: "FAIL", reason: hostile }),
    ]);
    expect(text).not.toContain("<script");
    expect(text).toContain("&#60;script&#62;");
  });

  it("says that there is nothing where nothing was stored", () => {
    expect(report([])).toContain("No attempt has been stored yet.");
  });

  it("is the same for the same records", () => {
    expect(report(simulatedAttempts(200, 4, 1))).toBe(page);
  });
});
