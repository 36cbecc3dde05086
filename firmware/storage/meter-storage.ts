import type { FlashPartition, FlashPartitionConstructor } from "../../hal/flash.js";
import type { Power } from "../../hal/power.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import type { RingPosition } from "../legal/rings/ring-position.js";
import type { RetainedSlices } from "./retained-slices.js";

/** The board's flash, with the positions that outlive sleep. */
export class MeterStorage implements LogStorage {
  #flash: { readonly io: FlashPartitionConstructor };
  #power: Power;
  #retained: RetainedSlices;
  #eraseAheadMillivolts: number;

  /** @param eraseAheadMillivolts the supply's least voltage at which sectors are erased ahead of need */
  constructor(
    flash: { readonly io: FlashPartitionConstructor },
    power: Power,
    retained: RetainedSlices,
    eraseAheadMillivolts: number,
  ) {
    this.#flash = flash;
    this.#power = power;
    this.#retained = retained;
    this.#eraseAheadMillivolts = eraseAheadMillivolts;
  }

  get mayEraseAhead(): boolean {
    return this.#power.batteryMillivolts >= this.#eraseAheadMillivolts;
  }

  get hasSlept(): boolean {
    return this.#retained.hasSlept;
  }

  openPartition(log: string): FlashPartition {
    return new this.#flash.io({ partition: log });
  }

  positions(log: string): readonly [RingPosition, RingPosition] | undefined {
    return this.#retained.positions(log);
  }
}
