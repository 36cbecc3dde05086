import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

interface Reporter {
  onRunComplete: (contexts: unknown, results: unknown) => void;
  getLastError: () => Error | undefined;
}
type CreateReporter = new (config: { testNamePattern?: string; ci: boolean }) => Reporter;

const SkippedReporter = createRequire(import.meta.url)("./skipped-reporter.cjs") as CreateReporter;

describe("what jest tells of skipped tests", () => {
  let written: string;
  beforeEach(() => {
    written = "";
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** What becomes of a run with two suites that skip tests of these names. */
  function errorOf(names: readonly string[], config: { testNamePattern?: string; ci: boolean }) {
    const reporter = new SkippedReporter(config);
    const passed = { status: "passed", fullName: "adds" };
    const tests = names.map((fullName) => ({ status: "pending", fullName }));
    reporter.onRunComplete(new Set(), {
      testResults: [{ testResults: [passed, ...tests] }, { testResults: tests.slice(0, 1) }],
    });
    return reporter.getLastError()?.message;
  }

  it("is how many there are for each reason", () => {
    const names = [
      "a port [not run: no socat] opens",
      "a port [not run: no socat] closes",
      "SQL [not run: none]",
    ];
    expect(errorOf(names, { ci: true })).toBeUndefined();
    expect(written).toBe("skipped 3: no socat\nskipped 1: none\n");
  });

  it("is nothing where none was skipped", () => {
    expect(errorOf([], { ci: true })).toBeUndefined();
    expect(written).toBe("");
  });

  it("makes a run of CI fail when one has no reason", () => {
    expect(errorOf(["a port opens"], { ci: true })).toBe("tests were skipped without a reason, see above");
    expect(errorOf(["a port opens"], { ci: false })).toBeUndefined();
    expect(written).toContain("skipped 2: no reason is told: a port opens\n");
  });

  it("is nothing when a pattern chose the tests", () => {
    expect(errorOf(["a port opens"], { ci: true, testNamePattern: "closes" })).toBeUndefined();
    expect(written).toBe("");
  });
});
