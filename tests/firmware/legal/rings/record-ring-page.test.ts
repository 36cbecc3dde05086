import { describe, expect, it } from "@jest/globals";
import { FakeFlash } from "../../fake-flash.js";
import { fill, openRing, range, record, recordsPerSector, sectorByteLength, visited } from "./ring-bench.js";

/** Addresses in the order in which records, not headers, are programmed while `action` runs. */
function recordAddresses(flash: FakeFlash, action: () => void): number[] {
  const addresses: number[] = [];
  flash.onStep = ({ kind, address }) => {
    if (kind === "program" && address % sectorByteLength !== 0) addresses.push(address);
    return undefined;
  };
  action();
  flash.onStep = undefined;
  return addresses;
}

describe("a record that the owner wants alone", () => {
  it("shares its page neither with what is before it nor with what comes next", () => {
    const flash = new FakeFlash(3);
    const ring = openRing(flash);
    fill(ring, 1, 20);
    const addresses = recordAddresses(flash, () => {
      fill(ring, 21, 21);
      ring.isolateNext();
      fill(ring, 22, 24);
    });
    const pages = addresses.map((address) => Math.floor(address / 256));
    expect(pages).toEqual([2, 3, 4, 4]);
  });
});

describe("a sector that took its header but no record", () => {
  /** A ring whose first sector is full, and whose second has been begun in vain. */
  function begun(): { flash: FakeFlash; ring: ReturnType<typeof openRing> } {
    const flash = new FakeFlash(4);
    const ring = openRing(flash, { supply: { mayEraseAhead: false, hasSlept: true } });
    fill(ring, 1, recordsPerSector);
    flash.onStep = ({ kind, address }) =>
      kind === "program" && address % sectorByteLength !== 0 ? "refused" : undefined;
    expect(ring.append(record(recordsPerSector + 1))).toBe(false);
    return { flash, ring };
  }

  it("is not given up for another one, however often records are refused", () => {
    const { flash, ring } = begun();
    const { erases } = flash.nor.counters;
    for (let times = 0; times < 5; times++) expect(ring.append(record(recordsPerSector + 1))).toBe(false);
    expect(flash.nor.counters.erases).toBe(erases);
  });

  it("takes them from its first slot on when the chip works again, also on a new page", () => {
    const { flash, ring } = begun();
    const addresses = recordAddresses(flash, () => {
      ring.startPage();
      fill(ring, recordsPerSector + 1, recordsPerSector + 2);
    });
    expect(addresses).toEqual([sectorByteLength + 32, sectorByteLength + 64]);
    expect(visited(ring)).toEqual(range(1, recordsPerSector + 2));
  });
});
