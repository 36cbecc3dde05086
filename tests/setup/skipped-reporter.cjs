const process = require("node:process");

/** As describeWith in needs.ts puts it into a test's name. */
const reason = /\[not run: (.*?)\]/;

/**
 * Jest's last words: how many tests were left out, and why. In CI a test may be left out only for a reason that its name
 * tells, so that no `skip` or `only` that somebody forgot is green.
 */
module.exports = class SkippedReporter {
  #isWholeRun;
  #isCi;
  #error;

  constructor({ testNamePattern, ci }) {
    // Jest counts as skipped what a pattern leaves out, too.
    this.#isWholeRun = !testNamePattern;
    this.#isCi = ci;
  }

  onRunComplete(_contexts, { testResults: files }) {
    if (!this.#isWholeRun) return;
    const counts = new Map();
    for (const { testResults: tests } of files)
      for (const { status, fullName } of tests) {
        if (status !== "pending" && status !== "todo") continue;
        const why = reason.exec(fullName)?.[1] ?? `no reason is told: ${fullName}`;
        counts.set(why, (counts.get(why) ?? 0) + 1);
      }
    for (const [why, count] of counts) process.stderr.write(`skipped ${count}: ${why}\n`);
    const untold = [...counts.keys()].filter((why) => why.startsWith("no reason"));
    if (this.#isCi && untold.length > 0)
      this.#error = new Error("tests were skipped without a reason, see above");
  }

  getLastError() {
    return this.#error;
  }
};
