import { areEqual, isBlank } from "../../../hal/base/bytes.js";
import type { FlashPartition } from "../../../hal/flash.js";
import type { Hardware } from "../../../hal/hardware.js";
import { pause } from "../../time/pause.js";

import type { FlashReport } from "../../contracts/service-results.js";

/** The partition that holds nothing. */
const partition = "scratch";
const pieceByteLength = 256;
/** Every bit of a cell is once 1 and once 0: erased, and programmed with these two by turns. */
const patterns: readonly number[] = Object.freeze([0x55, 0xaa]);

/** Erases, programs and reads every sector of the scratch partition and leaves it blank. */
export async function testFlash({ flash, clock }: Pick<Hardware, "flash" | "clock">): Promise<FlashReport> {
  const area = new flash.io({ partition });
  const { byteLength, sectorByteLength } = area.geometry;
  const sectors = Math.floor(byteLength / sectorByteLength);
  const failedSectors: number[] = [];
  const startTicks = clock.ticks;
  for (let sector = 0; sector < sectors; sector++) {
    const address = sector * sectorByteLength;
    const isGood = patterns.every((pattern) => isSectorGood(area, address, pattern)) && area.erase(address);
    if (!isGood) failedSectors.push(sector);
    // What else is due has its turn between two sectors.
    await pause(clock, 1);
  }
  return { sectors, failedSectors, milliseconds: clock.ticks - startTicks };
}

function isSectorGood(area: FlashPartition, start: number, pattern: number): boolean {
  if (!area.erase(start)) return false;
  const expected = new Uint8Array(pieceByteLength).fill(pattern);
  const found = new Uint8Array(pieceByteLength);
  const end = start + area.geometry.sectorByteLength;
  for (let address = start; address < end; address += pieceByteLength) {
    if (!area.read(address, found) || !isBlank(found)) return false;
    if (!area.program(address, expected)) return false;
    if (!area.read(address, found) || !areEqual(found, expected)) return false;
  }
  return true;
}
