import { describe, expect, it } from "@jest/globals";
import { encodeMeterRecord, type MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { sealRecord } from "../../../firmware/legal/rings/record.js";
import { FaultyChip } from "../../../sim/chaos/faulty-chip.js";
import { FlashWitness } from "../../../sim/chaos/flash-witness.js";
import type { FaultyFlash } from "../../../sim/world/flash/faulty-flash.js";
import { FlashChip } from "../../../sim/world/flash/partition-table.js";
import { Random } from "../../../sim/kernel/random.js";

function sealed(record: MeterRecord): Uint8Array {
  const bytes = encodeMeterRecord(record, record.sequence);
  sealRecord(bytes);
  return bytes;
}

function interval(sequence: number): MeterRecord {
  return {
    sequence,
    cause: "interval",
    forwardPulses: 100 + sequence,
    reversePulses: 0,
    epochSeconds: 1_767_225_600 + 3600 * sequence,
    timeTrust: "network",
    inputForward: sequence,
    inputReverse: 0,
    valve: "open",
    magnetPresent: false,
    sensorFault: false,
    batteryLow: false,
    calibrationEpoch: 0,
  };
}

/** A meter's flash, and what the witness has told of it. */
class Bench {
  readonly told: string[] = [];
  readonly #flash: FaultyFlash;
  readonly #witness: FlashWitness;

  constructor(label: "journal" | "intervals") {
    const chip = new FaultyChip(new FlashChip([{ label, sectors: 8 }]));
    this.#flash = chip.partition(label);
    const tell =
      (what: string) =>
      ({ sequence }: MeterRecord): void => {
        this.told.push(`${what} ${sequence}`);
      };
    this.#witness = new FlashWitness(chip, {
      onJournal: tell("journal"),
      onTornJournal: tell("torn journal"),
      onNewInterval: tell("new"),
      onInterval: tell("interval"),
      onTornInterval: tell("torn"),
      onWatermark: () => undefined,
    });
  }

  program(address: number, record: MeterRecord): void {
    const bytes = sealed(record);
    expect(this.#flash.program(address, bytes)).toBe(true);
    this.#witness.onProgrammed(0, address, bytes);
  }

  tear(address: number, record: MeterRecord): void {
    const { label } = this.#flash;
    const bytes = sealed(record);
    const change = { kind: "program", label, address, byteLength: bytes.byteLength, bytes } as const;
    this.#flash.tear(change, { kind: "weak", variant: 0 }, new Random("torn"));
    this.#witness.onTorn(change);
  }
}

describe("the flash witness", () => {
  it("tells of a new interval value once, not for the second copy of it", () => {
    const bench = new Bench("intervals");
    bench.program(32, interval(1));
    bench.program(16_416, interval(1));
    bench.program(64, interval(2));
    expect(bench.told).toEqual(["new 1", "interval 1", "interval 1", "new 2", "interval 2"]);
  });

  // A log that is opened days after the cut settles then what was torn, as it stood on the register at the cut.
  it("takes a torn interval value for new as it is torn, and not when a later start writes it once more", () => {
    const bench = new Bench("intervals");
    bench.tear(32, interval(1));
    bench.program(256, interval(1));
    expect(bench.told).toEqual(["new 1", "torn 1", "interval 1"]);
  });

  it("takes a value for new that another one was torn before", () => {
    const bench = new Bench("intervals");
    bench.tear(32, interval(1));
    bench.program(256, { ...interval(1), forwardPulses: 102 });
    expect(bench.told).toEqual(["new 1", "torn 1", "new 1", "interval 1"]);
  });

  it("tells of the journal's records, whole and torn", () => {
    const bench = new Bench("journal");
    bench.program(32, interval(1));
    bench.tear(64, interval(2));
    expect(bench.told).toEqual(["journal 1", "torn journal 2"]);
  });
});
