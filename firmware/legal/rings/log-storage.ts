import type { FlashPartition } from "../../../hal/flash.js";
import type { RingPosition } from "./ring-position.js";

/** A log, and what it is told apart by. */
export interface LogDeclaration {
  /** Its partition has this name. */
  readonly name: string;
  /** Stands in every sector header, 1 to 255: never given to another log. The journal's second bank has the next. */
  readonly kind: number;
}

/** Asked before a sector is erased ahead of need: with a failing supply that can wait. */
export interface EraseSupply {
  readonly mayEraseAhead: boolean;
  /** False in a run that a reset began, and that may be one of many that are cut short. */
  readonly hasSlept: boolean;
}

/** What a log needs to be opened, whenever somebody asks for it. */
export interface LogStorage extends EraseSupply {
  /**
   * The partition that a log has for itself.
   * @throws {Error} when the board has none.
   */
  openPartition(log: string): FlashPartition;
  /** Where the log's two rings stood at the end of an earlier run; undefined where nobody keeps that. */
  positions(log: string): readonly [RingPosition, RingPosition] | undefined;
}
