import { describe, expect, it } from "@jest/globals";
import { EventLog } from "../../../firmware/events/event-log.js";
import { MagnetChecker } from "../../../sim/chaos/magnet-checker.js";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { CheckerBench, meterRecord, start } from "./checker-bench.js";

describe("the magnet's checker", () => {
  class MagnetBench extends CheckerBench {
    readonly checker = new MagnetChecker({
      scheduler: this.world,
      input: this.input,
      events: this.chip.partition("events"),
      findings: this.findings,
    });

    constructor() {
      super();
      this.checker.powerOn();
    }

    hold(isSeen: boolean, isLogged = false): void {
      this.checker.onMagnet(true);
      const crypto = { sha256: (): Uint8Array => new Uint8Array(32) };
      const log = new EventLog(storageOn(this.chip.partition("events")), { crypto });
      if (isLogged) log.append("magnet", 1, start);
      if (isSeen) this.counted = { ...this.counted, magnetEvents: 1 };
      this.passTo(60);
      this.checker.onMagnet(false);
      this.passTo(60 + 7201);
    }
  }

  it("finds a magnet that the input saw and the event log has no word of", () => {
    const bench = new MagnetBench();
    bench.hold(true);
    expect(bench.messages).toEqual(["magnet: the pulse input saw a magnet, the event log has no word of it"]);
  });

  it("finds nothing where the event log has it", () => {
    const bench = new MagnetBench();
    bench.hold(true, true);
    expect(bench.messages).toEqual([]);
  });

  it("asks for no word of a magnet that was too short to be seen", () => {
    const bench = new MagnetBench();
    bench.hold(false);
    expect(bench.messages).toEqual([]);
  });

  it.each([
    [true, false, "magnet: a record says magnet, the input differs"],
    [false, true, "magnet: a record says no magnet, the input differs"],
  ])("finds a record that says %s where the input says %s", (magnetPresent, isThere, message) => {
    const bench = new MagnetBench();
    bench.counted = { ...bench.counted, magnetPresent: isThere };
    bench.checker.onJournal(meterRecord({ magnetPresent }));
    expect(bench.messages).toEqual([message]);
  });
});
