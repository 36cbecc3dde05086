import type { LogStorage } from "../../firmware/legal/rings/log-storage.js";
import { PowerCut } from "../../sim/chip/boundary/power-cut.js";
import { Random } from "../../sim/kernel/random.js";
import { type CutWay, waysOf } from "../../sim/world/flash/cut-ways.js";
import { FaultyFlash } from "../../sim/world/flash/faulty-flash.js";

/** A partition with that many sectors, whose operations can be cut. */
export function faultyFlash(sectors: number): FaultyFlash {
  return new FaultyFlash("storm", { byteLength: sectors * 4096, sectorByteLength: 4096 });
}

/** As a run has it that a reset began: nobody knows where the log stood. */
export function storageAfterReset(flash: FaultyFlash): LogStorage {
  return { openPartition: () => flash, positions: () => undefined, mayEraseAhead: true, hasSlept: false };
}

/** Which operation of a start is cut, from 0, and how. */
export type DrawCut = (start: number) => { readonly operation: number; readonly way: CutWay["kind"] };

/** So many starts, each cut; `start` is what one does. */
export function cutStarts(flash: FaultyFlash, starts: number, draw: DrawCut, start: () => void): void {
  for (let index = 0; index < starts; index++) {
    const { operation, way } = draw(index);
    let left = operation;
    flash.onChange = (change) => {
      if (left-- > 0) return;
      const random = new Random(`${index}/${operation}/${way}`);
      const ways = waysOf(change).filter(({ kind }) => kind === way || kind === "before");
      flash.tear(change, ways[random.integer(0, ways.length - 1)] as CutWay, random);
      throw new PowerCut(`start ${index}, operation ${operation}`);
    };
    flash.noteStart();
    try {
      start();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
    }
  }
  flash.onChange = undefined;
  flash.noteStart();
}
