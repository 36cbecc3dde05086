import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MeteringBench, midnightSeconds, type Run } from "./metering-bench.js";

fc.configureGlobal({ seed: 2026 });

const hour = 3600;

/** What happens to a meter: an hour passes, it learns the date, somebody pulls the battery for a while, it is reset. */
type Happening = "hour" | "date" | "power-loss" | "reset";

/** A meter, and the true time that it does not know. */
class UndatedBench extends MeteringBench {
  run: Run;
  /** Seconds after the bench's midnight. */
  trueSeconds = 0;
  #poweredAt = 0;
  #undatedHours: number[] = [];
  /** True moments whose values must be shown, and those of power periods that ended without a date, which must not. */
  readonly dated: number[] = [];
  readonly lost: number[] = [];

  constructor() {
    super();
    this.run = this.start("power-on");
    this.run.metering.recordWhatIsDue();
  }

  get isDated(): boolean {
    return this.clock.wallTime.trust !== "unset";
  }

  /** Seconds pass, a pulse in each minute, and what is due is recorded. */
  pass(seconds: number): void {
    this.trueSeconds += seconds;
    this.clock.ticks += seconds * 1000;
    this.input.pass(seconds / 60);
    this.run.metering.recordWhatIsDue();
  }

  /** Until the meter's own clock, whatever it shows, has come to its next full hour. */
  passHour(): void {
    const own = this.isDated ? this.clock.wallTime.epochMilliseconds : this.clock.ticks;
    this.pass(hour - ((own / 1000) % hour));
    (this.isDated ? this.dated : this.#undatedHours).push(this.trueSeconds);
  }

  learnDate(): void {
    if (!this.isDated && this.#undatedHours.length > 0) {
      this.dated.push(...this.#undatedHours, this.trueSeconds);
      this.#undatedHours = [];
    }
    this.run.metering.setTime((midnightSeconds + this.trueSeconds) * 1000, "network");
  }

  /** Far enough from full hours, its own and true ones, that no value is taken late. */
  learnDateAfterHour(): void {
    this.passHour();
    this.pass(120);
    if (this.trueSeconds % hour < 120) this.pass(120);
    this.learnDate();
  }

  pullBattery(seconds: number): void {
    this.run.metering.checkpoint("reading");
    this.losePower();
    this.lost.push(...this.#undatedHours);
    this.#undatedHours = [];
    this.trueSeconds += seconds;
    this.#poweredAt = this.trueSeconds;
    this.run = this.start("power-on");
    this.run.metering.recordWhatIsDue();
  }

  reset(): void {
    this.run.retained.save();
    this.run = this.start("watchdog");
    this.run.metering.recordWhatIsDue();
  }

  /** What the head-end would be told: true moments, as far as the meter can say. */
  get shown(): number[] {
    const seen: number[] = [];
    this.run.metering.visitIntervals(0, (_, seconds) => {
      const isOwnTime = !this.isDated && seconds < midnightSeconds;
      seen.push(isOwnTime ? this.#poweredAt + seconds : seconds - midnightSeconds);
      return true;
    });
    return seen;
  }

  get expected(): number[] {
    return [...this.dated, ...(this.isDated ? [] : this.#undatedHours)].sort((one, other) => one - other);
  }
}

describe("values that were taken without a date", () => {
  it("are dated by the moment at which the meter learns it", () => {
    const bench = new UndatedBench();
    for (let count = 0; count < 30; count++) bench.passHour();
    bench.pass(900);
    bench.learnDate();
    bench.passHour();
    const hours = Array.from({ length: 30 }, (_, index) => (index + 1) * hour);
    expect(bench.shown).toEqual([...hours, 30.25 * hour, 31 * hour]);
  });

  it("hold the register of their moment", () => {
    const bench = new UndatedBench();
    for (let count = 0; count < 3; count++) bench.passHour();
    bench.pass(600);
    bench.learnDate();
    const seen: number[][] = [];
    bench.run.metering.visitIntervals(
      0,
      (sequence, seconds, forwardPulses) =>
        seen.push([sequence, seconds - midnightSeconds, forwardPulses]) < 99,
    );
    expect(seen).toEqual([
      [2, hour, 60],
      [3, 2 * hour, 120],
      [4, 3 * hour, 180],
      [5, 3 * hour + 600, 190],
    ]);
  });

  it("are told by the meter's own time while it knows none", () => {
    const bench = new UndatedBench();
    bench.passHour();
    bench.pullBattery(5 * hour);
    bench.passHour();
    bench.passHour();
    expect(bench.shown).toEqual([7 * hour, 8 * hour]);
  });

  it("are not shown when the power period ended before it had a date", () => {
    const bench = new UndatedBench();
    bench.passHour();
    bench.pullBattery(5 * hour);
    bench.pass(100);
    bench.learnDate();
    bench.passHour();
    expect(bench.lost).toEqual([hour]);
    expect(bench.shown).toEqual([7 * hour]);
  });

  it("are dated by the last of them where the date is learned as it is taken", () => {
    const bench = new UndatedBench();
    bench.passHour();
    bench.learnDate();
    expect(bench.run.metering.newestIntervalSequence).toBe(3);
    bench.passHour();
    expect(bench.shown).toEqual([hour, 2 * hour]);
  });

  it("take no room in a log where the date is known within the hour", () => {
    const bench = new UndatedBench();
    bench.pass(500);
    bench.learnDate();
    bench.passHour();
    expect(bench.run.metering.newestIntervalSequence).toBe(1);
  });

  it("are one mark more for each power period, not for each start", () => {
    const bench = new UndatedBench();
    for (let count = 0; count < 5; count++) {
      bench.passHour();
      bench.reset();
    }
    expect(bench.run.metering.newestIntervalSequence).toBe(6);
    for (let count = 0; count < 50; count++) bench.pullBattery(10);
    expect(bench.run.metering.newestIntervalSequence).toBe(6);
  });

  it("are taken once, although a reset comes before the run has ended", () => {
    const bench = new UndatedBench();
    bench.passHour();
    bench.passHour();
    bench.run = bench.start("brown-out");
    bench.pass(30);
    expect(bench.shown).toEqual([hour, 2 * hour]);
  });

  it("are found from any of them on", () => {
    const bench = new UndatedBench();
    for (let count = 0; count < 4; count++) bench.passHour();
    bench.learnDate();
    bench.passHour();
    for (let first = 0; first <= bench.run.metering.newestIntervalSequence; first++) {
      const seen: number[] = [];
      bench.run.metering.visitIntervals(first, (sequence, seconds) => {
        expect((seconds - midnightSeconds) % hour).toBe(0);
        return seen.push(sequence) > 0;
      });
      expect(seen[0]).toBe(Math.max(first, 2));
    }
  });

  it("have their true moment and register, whatever the clock and the power do", () => {
    const happening = fc.constantFrom<Happening>("hour", "hour", "hour", "date", "power-loss", "reset");
    const outOf = fc.array(fc.tuple(happening, fc.integer({ min: 1, max: 50 })), { maxLength: 40 });
    fc.assert(
      fc.property(outOf, (happenings) => {
        const bench = new UndatedBench();
        for (const [what, minutes] of happenings) {
          if (what === "hour") bench.passHour();
          else if (what === "power-loss") bench.pullBattery(60 * minutes);
          else if (what === "reset") bench.reset();
          else bench.learnDateAfterHour();
        }
        expect(bench.shown).toEqual(bench.expected);
      }),
      { numRuns: 300 },
    );
  });
});
