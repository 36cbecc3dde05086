import type { FlashPartition, FlashPartitionConstructor } from "../../hal/flash.js";
import type { Power } from "../../hal/power.js";
import type { NotedLogName, RetainedState } from "./retained-state.js";
import type { RingPosition } from "../legal/rings/ring-position.js";

/** Each has a partition of this name. That of failures is opened too seldom for its positions to be noted. */
export type LogName = NotedLogName | "failures";

/** Asked before a sector is erased ahead of need: with a failing supply that can wait. */
export interface EraseSupply {
  readonly mayEraseAhead: boolean;
}

/** What a log needs to be opened, whenever somebody asks for it. */
export interface LogStorage extends EraseSupply {
  /**
   * The partition that a log has for itself.
   * @throws {Error} when the board has none.
   */
  openPartition(log: LogName): FlashPartition;
  /** Where the log's two rings stood at the end of an earlier run; undefined where nobody keeps that. */
  positions(log: LogName): readonly [RingPosition, RingPosition] | undefined;
}

/** The board's flash, with the positions that outlive sleep. */
export class MeterStorage implements LogStorage {
  #flash: { readonly io: FlashPartitionConstructor };
  #power: Power;
  #retained: RetainedState;
  #eraseAheadMillivolts: number;

  /** @param eraseAheadMillivolts the supply's least voltage at which sectors are erased ahead of need */
  constructor(
    flash: { readonly io: FlashPartitionConstructor },
    power: Power,
    retained: RetainedState,
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

  openPartition(log: LogName): FlashPartition {
    return new this.#flash.io({ partition: log });
  }

  positions(log: LogName): readonly [RingPosition, RingPosition] | undefined {
    return log === "failures" ? undefined : this.#retained.positions(log);
  }
}
