import { storageOn } from "../../../../sim/run/flash/flash-access.js";
import { MirroredLog } from "../../../../firmware/legal/rings/mirrored-log.js";
import { FakeFlash, type FlashStep } from "../../fake-flash.js";
import { type Positions, range, record, sectorByteLength } from "./ring-bench.js";

/** Of the log's partition: half of them for each copy. */
export const sectors = 8;
export const halfByteLength = (sectors / 2) * sectorByteLength;

export type Half = 0 | 1;

export function openLog(flash: FakeFlash, positions?: Positions): MirroredLog {
  return new MirroredLog({ ...storageOn(flash), positions: () => positions }, { name: "events", kind: 9 });
}

export function append(log: MirroredLog, first: number, last: number): void {
  for (const sequence of range(first, last)) log.append(record(sequence));
}

/** A log of the records 1 to `count`. */
export function filled(count: number, positions?: Positions): FakeFlash {
  const flash = new FakeFlash(sectors);
  append(openLog(flash, positions), 1, count);
  return flash;
}

/** The half that a step of the flash touches. */
export function halfOf({ address }: FlashStep): number {
  return Math.floor(address / halfByteLength);
}

/** Lets every program of a half be refused. */
export function refuse(flash: FakeFlash, half: Half): void {
  flash.onStep = (step) => (step.kind === "program" && halfOf(step) === half ? "refused" : undefined);
}
