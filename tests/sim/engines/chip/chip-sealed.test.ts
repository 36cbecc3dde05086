import { afterEach, describe, expect, it } from "@jest/globals";

import { logs } from "../../../../firmware/storage/logs.js";
import { Operation } from "../../../../sim/chip/boundary/port.js";
import { ChipBench, type Note } from "./chip-bench.js";

let bench: ChipBench;

afterEach(() => {
  bench.close();
});

/**
 * What the bootloader does at the first start of a production image (flash_encrypt.c): it encrypts partitions as it finds
 * them, so that blank ones read as blank and are not.
 */
const encryptsInPlace = `
  import { main as firmware } from "../../../../firmware/main.js";
  import { RecordedHardware } from "./recorded-hardware.js";
  export function main(hardware, build) {
    if (hardware.power.wakeCause === "power-on")
      for (const partition of ${JSON.stringify(Object.values(logs).map(({ name }) => name))}) {
        const flash = new hardware.flash.io({ partition });
        const blank = new Uint8Array(4096).fill(255);
        for (let address = 0; address < flash.geometry.byteLength; address += 4096) {
          flash.erase(address);
          flash.program(address, blank);
        }
      }
    return firmware(new RecordedHardware(hardware), build);
  }`;

const sectorOf = ({ a, b }: Note): string => `${a}:${Math.floor(b / 4096)}`;

describe("the first start of a sealed chip", () => {
  it("writes nothing to a sector that it has not erased, however blank that looks", async () => {
    const modules = { "sim/engines/chip/record/recorded-main.js": encryptsInPlace };
    const pulses = Array.from({ length: 100 }, (_, turn) => [100 + 100 * turn, 1] as const);
    bench = await ChipBench.create({ modules, pulses, chip: { isFlashEncrypted: true } });
    await bench.powerOn();
    await bench.pass(4 * 3600);
    const erased = new Set(bench.notes(Operation.flashErase).map(sectorOf));
    const written = bench.notes(Operation.flashProgram).map(sectorOf);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter((sector) => !erased.has(sector))).toEqual([]);
  });
});
