import { describe, expect, it } from "@jest/globals";
import { ConvergenceChecker } from "../../../sim/chaos/convergence-checker.js";
import { ChaosFindings } from "../../../sim/chaos/findings.js";
import { Readings } from "../../../sim/head-end/readings.js";
import { World } from "../../../sim/kernel/world.js";

const start = 1_767_225_600;
const day = 86_400;

/** Faults end after a day; three days later everything has to be delivered. */
class Bench {
  readonly #world = new World();
  readonly #findings = new ChaosFindings(() => this.#world.nowMicroseconds);
  readonly #readings = new Readings({
    endpoint: "meter",
    expectedPeriodSeconds: 3600,
    onFault: () => undefined,
  });
  readonly #clockErrorSeconds: number;
  readonly #checker: ConvergenceChecker;

  constructor(clockErrorSeconds = 0) {
    this.#clockErrorSeconds = clockErrorSeconds;
    this.#checker = new ConvergenceChecker({
      scheduler: this.#world,
      findings: this.#findings,
      startEpochSeconds: start,
      faultsEndSeconds: day,
      reportingDays: 3,
      readings: () => this.#readings,
      clockErrorSeconds: () => clockErrorSeconds,
    });
  }

  /** An interval value at `writtenSeconds`, while a report is on its way that holds all before it. */
  deliver(madeSeconds: number, writtenSeconds: number, sequence: number): void {
    this.#passTo(writtenSeconds);
    this.#checker.onInterval(sequence);
    this.#passTo(Math.max(madeSeconds, writtenSeconds) + 20);
    const epochSeconds = start + Math.floor(madeSeconds + this.#clockErrorSeconds);
    this.#readings.latest = { forwardPulses: 0, reversePulses: 0, epochSeconds };
    this.#checker.onWatermark(sequence - 1);
  }

  get violations(): string[] {
    this.#checker.finish();
    return this.#findings.violations.map(({ message }) => message);
  }

  #passTo(seconds: number): void {
    this.#world.schedule(seconds * 1e6 - this.#world.nowMicroseconds, () => undefined);
    this.#world.step();
  }
}

describe("the convergence checker", () => {
  // The daily moment of some meters lies seconds before the full hour: a value is always on its way.
  it("is content when all is delivered that was written down before the report was made", () => {
    const bench = new Bench();
    bench.deliver(2 * day + 7195.4, 2 * day + 7200, 50);
    expect(bench.violations).toEqual([]);
  });

  it.each([0, -7, 29])("allows for a meter's clock that is off by %d s", (error) => {
    const bench = new Bench(error);
    bench.deliver(2 * day + 7195.4, 2 * day + 7200, 50);
    expect(bench.violations).toEqual([]);
    const late = new Bench(error);
    late.deliver(2 * day + 7202.4, 2 * day + 7200, 50);
    expect(late.violations).toEqual(["not everything was delivered after the faults had stopped"]);
  });

  it("finds a value that was written down before the report was made and is not in it", () => {
    const bench = new Bench();
    bench.deliver(2 * day + 7200.5, 2 * day + 7200, 50);
    expect(bench.violations).toEqual(["not everything was delivered after the faults had stopped"]);
  });

  it("finds a delivery that is complete on the fourth day only", () => {
    const bench = new Bench();
    bench.deliver(4.5 * day - 5, 4.5 * day, 50);
    expect(bench.violations).toEqual(["it took 3.5 days after the faults until everything was delivered"]);
  });
});
