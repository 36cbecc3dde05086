import { encodeMeterRecord, type MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import { recordByteLength, sealRecord } from "../../../firmware/legal/rings/record.js";
import { FaultyChip } from "../../../sim/chaos/faulty-chip.js";
import { ChaosFindings } from "../../../sim/chaos/findings.js";
import { World } from "../../../sim/kernel/world.js";
import { Truth } from "../../../sim/run/truth.js";
import type { FaultyFlash } from "../../../sim/world/flash/faulty-flash.js";
import { FlashChip } from "../../../sim/world/flash/partition-table.js";
import type { PulseInputModel } from "../../../sim/world/sensors/pulse-input.js";
import { pulsesAt } from "../../scenarios/run-meter.js";

/** 2026-01-01T00:00:00Z */
export const start = 1_767_225_600;

/** A register value as the meter writes it down; it has no reverse pulses unless told. */
export function meterRecord(changes: Partial<MeterRecord>): MeterRecord {
  return {
    sequence: 1,
    cause: "pulses",
    forwardPulses: 0,
    reversePulses: 0,
    epochSeconds: start,
    timeTrust: "network",
    inputForward: 0,
    inputReverse: 0,
    valve: "open",
    magnetPresent: false,
    sensorFault: false,
    batteryLow: false,
    calibrationEpoch: 0,
    ...changes,
  };
}

/** What checkers look at: time, what flowed, what the pulse input says it counted, and a flash chip. */
export class CheckerBench {
  readonly world = new World();
  readonly findings = new ChaosFindings(() => this.world.nowMicroseconds);
  readonly truth: Truth;
  readonly chip = new FaultyChip(
    new FlashChip([
      { label: "journal", sectors: 2 },
      { label: "events", sectors: 40 },
    ]),
  );
  /** What the pulse input reads. */
  counted = { forward: 0, reverse: 0, magnetPresent: false, magnetEvents: 0 };
  readonly input = { read: () => this.counted } as unknown as PulseInputModel;
  #slots = 0;

  /** Pulses that flow, each at its second; negative ones backwards. */
  constructor(pulses: readonly (readonly [seconds: number, direction: 1 | -1])[] = []) {
    this.truth = new Truth(pulsesAt(pulses), 1e6);
    while (this.truth.next());
  }

  get journal(): FaultyFlash {
    return this.chip.partition("journal");
  }

  get messages(): string[] {
    return this.findings.violations.map(({ checker, message }) => `${checker}: ${message}`);
  }

  passTo(seconds: number): void {
    this.world.schedule(seconds * 1e6 - this.world.nowMicroseconds, () => undefined);
    while ((this.world.nextMicroseconds ?? Infinity) <= seconds * 1e6) this.world.step();
  }

  /** Programs a record of the journal, as the meter does. */
  write(record: MeterRecord): void {
    const bytes = encodeMeterRecord(record, record.sequence);
    sealRecord(bytes);
    this.journal.program(this.#slots++ * recordByteLength, bytes);
  }

  /** All that was written is gone. */
  eraseJournal(): void {
    this.journal.nor.image.fill(0xff);
    this.#slots = 0;
  }
}
