import { describe, expect, it } from "@jest/globals";
import { RegisterChecker } from "../../../sim/chaos/register-checker.js";
import { CheckerBench, meterRecord } from "./checker-bench.js";

/** A meter that has counted 100 pulses, of which 90 are written down. */
class RegisterBench extends CheckerBench {
  readonly checker: RegisterChecker;

  constructor() {
    super();
    const { world: scheduler, input, truth, findings, journal } = this;
    this.checker = new RegisterChecker({
      scheduler,
      input,
      truth,
      findings,
      journal,
      checkpointPulses: 20,
      checkpointSeconds: 60,
    });
    this.checker.powerOn();
    this.count(90);
    this.record(1, 90);
    this.count(100);
  }

  count(forward: number, reverse = 0): void {
    this.counted = { ...this.counted, forward, reverse };
  }

  record(sequence: number, forwardPulses: number): void {
    const record = meterRecord({ sequence, forwardPulses });
    this.write(record);
    this.checker.onJournal(record);
  }
}

describe("the register's checker", () => {
  it("finds nothing in a removal of the battery that loses what was not written down", () => {
    const bench = new RegisterBench();
    bench.checker.onTold(90);
    bench.checker.powerOff();
    expect(bench.messages).toEqual([]);
    expect(bench.findings.worstLossPulses).toBe(10);
  });

  it("finds a journal that lost a complete record", () => {
    const bench = new RegisterBench();
    bench.eraseJournal();
    bench.checker.powerOff();
    expect(bench.messages).toContain("register: forwardPulses 90 was written, 0 is left");
  });

  it("finds a journal that shows more than was counted", () => {
    const bench = new RegisterBench();
    bench.write(meterRecord({ sequence: 2, forwardPulses: 101 }));
    bench.checker.powerOff();
    expect(bench.messages).toEqual(["register: forwardPulses in flash is 101, counted were 100"]);
  });

  it("finds reverse pulses in flash that nobody counted", () => {
    const bench = new RegisterBench();
    bench.write(meterRecord({ sequence: 2, forwardPulses: 90, reversePulses: 1 }));
    bench.checker.powerOff();
    expect(bench.messages).toEqual(["register: reversePulses in flash is 1, counted were 0"]);
  });

  it("finds that the head-end was told what no flash holds as the battery goes", () => {
    const bench = new RegisterBench();
    bench.checker.onTold(95);
    bench.checker.powerOff();
    expect(bench.messages).toEqual([
      "register: the head-end was told 95 pulses, but flash holds 90 as the battery goes",
    ]);
  });

  it("finds an interval value that is ahead of the journal as the battery goes", () => {
    const bench = new RegisterBench();
    bench.checker.onInterval(meterRecord({ cause: "interval", forwardPulses: 96 }));
    bench.checker.powerOff();
    expect(bench.messages).toEqual([
      "register: the interval log shows 96 pulses, but the journal holds 90 as the battery goes",
    ]);
  });

  it("finds a bad sector that took two records", () => {
    const bench = new RegisterBench();
    bench.record(2, 100);
    bench.eraseJournal();
    bench.checker.onJournalSpoilt();
    expect(bench.messages).toEqual(["register: one bad sector took forwardPulses back to 0, two records"]);
  });

  it("does not mind a bad sector that took the last record only", () => {
    const bench = new RegisterBench();
    bench.record(2, 100);
    bench.eraseJournal();
    bench.write(meterRecord({ sequence: 1, forwardPulses: 90 }));
    bench.checker.onJournalSpoilt();
    expect(bench.messages).toEqual([]);
  });

  it("finds a head-end that was told more than was counted", () => {
    const bench = new RegisterBench();
    bench.checker.onTold(101);
    expect(bench.messages).toEqual(["head-end: was told 101 pulses, only 100 were counted"]);
  });

  it.each([
    ["one too many", 101],
    ["one too few", 99],
  ])("finds a record with %s", (_, forwardPulses) => {
    const bench = new RegisterBench();
    bench.record(2, forwardPulses);
    expect(bench.messages).toEqual([
      `register: journal: forwardPulses is ${forwardPulses}, counted were 100`,
    ]);
  });

  it("finds an interval value that is not exact as it is taken", () => {
    const bench = new RegisterBench();
    bench.checker.onNewInterval(meterRecord({ cause: "interval", forwardPulses: 99 }));
    expect(bench.messages).toEqual(["register: interval log: forwardPulses is 99, counted were 100"]);
  });

  it("finds more pulses that were not written down than a checkpoint allows", () => {
    const bench = new RegisterBench();
    bench.count(110);
    bench.checker.powerOff();
    expect(bench.messages).toEqual([]);
    const late = new RegisterBench();
    late.count(111);
    late.checker.powerOff();
    expect(late.messages).toEqual([
      "register: 21 pulses were not written down as the battery went, at most 20 may",
    ]);
  });
});
