import { beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FlashViolation, NorFlash } from "../../../../sim/world/flash/nor-flash.js";

let flash: NorFlash;

beforeEach(() => {
  flash = new NorFlash({ byteLength: 16_384 });
});

function filled(byteLength: number, byte: number): Uint8Array {
  return new Uint8Array(byteLength).fill(byte);
}

describe("NOR flash", () => {
  it("reads 0xFF where it is erased", () => {
    expect(flash.read(0, 16_384)).toEqual(filled(16_384, 0xff));
  });

  it("reads back what was programmed, and nothing else has changed", () => {
    expect(flash.program(32, filled(16, 0x5a))).toBe(true);
    expect(flash.read(32, 16)).toEqual(filled(16, 0x5a));
    expect(flash.read(16, 16)).toEqual(filled(16, 0xff));
    expect(flash.read(48, 16)).toEqual(filled(16, 0xff));
  });

  it("gives copies, so that a reader can't change the cells", () => {
    flash.read(0, 16).fill(0);
    expect(flash.read(0, 16)).toEqual(filled(16, 0xff));
  });

  it("may be programmed again where only 0xFF was programmed", () => {
    flash.program(0, filled(16, 0xff));
    expect(flash.program(0, filled(16, 0))).toBe(true);
  });

  it("reports programming over a byte that was not erased, with its address", () => {
    const first = filled(16, 0xff);
    first[5] = 0xfe;
    flash.program(4096, first);
    let violation: unknown;
    try {
      flash.program(4096 - 16, filled(32, 0xff));
    } catch (error) {
      violation = error;
    }
    expect(violation).toBeInstanceOf(FlashViolation);
    expect(violation).toMatchObject({ code: "flash-violation", name: "FlashViolation", address: 4101 });
  });

  it("only clears bits, even when the rules are broken", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (first, second) => {
          flash.erase(0);
          flash.program(0, first);
          const isClean = first.every((byte) => byte === 0xff);
          if (isClean) flash.program(0, second);
          else
            expect(() => {
              flash.program(0, second);
            }).toThrow(FlashViolation);
          expect(flash.read(0, 16)).toEqual(first.map((byte, index) => byte & (second[index] as number)));
        },
      ),
      { seed: 5 },
    );
  });

  it("erases the whole of one sector and no other", () => {
    for (const address of [0, 4096, 8176, 8192]) flash.program(address, filled(16, 0));
    expect(flash.erase(4096)).toBe(true);
    expect(flash.read(4096, 4096)).toEqual(filled(4096, 0xff));
    expect(flash.read(0, 16)).toEqual(filled(16, 0));
    expect(flash.read(8192, 16)).toEqual(filled(16, 0));
  });

  it("counts programs, erases and the wear of each sector", () => {
    flash.program(0, filled(64, 0));
    flash.program(64, filled(16, 0));
    flash.erase(4096);
    flash.erase(12_288);
    flash.erase(4096);
    expect(flash.counters).toEqual({ programs: 2, erases: 3, erasesBySector: Uint32Array.of(0, 2, 0, 1) });
  });

  it("shows its cells, for a fault to be put into them", () => {
    flash.image[7] = 0x12;
    expect(flash.read(7, 1)).toEqual(Uint8Array.of(0x12));
    flash.erase(0);
    expect(flash.image[7]).toBe(0xff);
  });

  it("is read at any address and length", () => {
    flash.program(0, filled(16, 3));
    expect(flash.read(15, 3)).toEqual(Uint8Array.of(3, 0xff, 0xff));
    expect(flash.read(16_384, 0)).toHaveLength(0);
  });

  it.each([
    ["before the start", -1, 1],
    ["past the end", 16_380, 5],
    ["at half a byte", 0.5, 1],
    ["of a negative length", 16, -1],
    ["at no address", NaN, 1],
  ])("refuses a read %s", (_, address, byteLength) => {
    expect(() => flash.read(address, byteLength)).toThrow(RangeError);
  });

  it.each([
    ["past the end", 16_384, 16],
    ["at an address that is not aligned", 8, 16],
    ["of a length that is not aligned", 0, 20],
  ])("refuses programming %s and changes nothing", (_, address, byteLength) => {
    expect(() => flash.program(address, filled(byteLength, 0))).toThrow(RangeError);
    expect(flash.counters.programs).toBe(0);
    expect(flash.image).toEqual(filled(16_384, 0xff));
  });

  it.each([-4096, 16, 16_384])("refuses to erase at %d", (address) => {
    expect(() => flash.erase(address)).toThrow(RangeError);
    expect(flash.counters.erases).toBe(0);
  });

  it.each([
    { byteLength: 0 },
    { byteLength: 5000 },
    { byteLength: 4096, sectorByteLength: 1000 },
    { byteLength: 4096, programByteLength: 0 },
  ])("refuses the geometry %j", (geometry) => {
    expect(() => new NorFlash(geometry)).toThrow(RangeError);
  });
});
