import type { FlashChange } from "../world/flash/faulty-flash.js";
import type { Findings } from "./findings.js";
import { MeterState } from "./meter-state.js";
import type { Shard } from "./shard.js";

/** A meter just before a change of its flash, which a cut can hit. */
export interface CutMoment {
  readonly state: MeterState;
  readonly change: FlashChange;
  /** The change's number, from 0. */
  readonly operation: number;
}

/**
 * Keeps what a meter is just before each change of its flash: from there runs go on in other ways once the one that is
 * under way has come to a rest, for an application can't be left in the middle of a call and taken up again.
 */
export class Moments {
  /** Changes so far, those of other shards among them. */
  operations = 0;
  readonly #watched: MeterState;
  readonly #shard: Shard;
  readonly #findings: Findings;
  #kept: CutMoment[] = [];
  #taken: readonly CutMoment[] = [];
  /** States that nobody looks at any longer. */
  #spare: MeterState[] = [];

  constructor(watched: MeterState, shard: Shard, findings: Findings) {
    this.#watched = watched;
    this.#shard = shard;
    this.#findings = findings;
    this.begin();
  }

  /** Watches the meter from here on, with the number 0 for the next change. */
  begin(): void {
    this.operations = 0;
    this.#watched.board.onChange = (change) => {
      const operation = this.operations++;
      if (operation % this.#shard.count === this.#shard.index && !this.#findings.isDecided)
        this.#keep(change, operation);
    };
  }

  /** What was kept since it was last taken, valid until the next call. */
  take(): readonly CutMoment[] {
    for (const { state } of this.#taken) this.#spare.push(state);
    this.#taken = this.#kept;
    this.#kept = [];
    return this.#taken;
  }

  #keep(change: FlashChange, operation: number): void {
    const state = this.#spare.pop() ?? new MeterState();
    state.copyFrom(this.#watched);
    // The application may use its buffer for something else by then.
    this.#kept.push({ state, change: { ...change, bytes: change.bytes?.slice() }, operation });
  }
}
