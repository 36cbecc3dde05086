import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { FaultyFlash } from "../../../sim/world/flash/faulty-flash.js";
import { SettingsStore } from "../../../firmware/settings/settings-store.js";
import { cutStarts, faultyFlash, storageAfterReset } from "../cut-starts.js";

fc.configureGlobal({ seed: 20 });

const slotsPerSector = 128;
const ways = ["prefix", "subset", "extra", "weak", "half"] as const;

function openStore(flash: FaultyFlash, hasSlept = false): SettingsStore {
  return new SettingsStore({ ...storageAfterReset(flash), hasSlept });
}

/** A meter's whole identity, and so many changes of one setting behind it. */
function inService(changes: number): FaultyFlash {
  const flash = faultyFlash(6);
  const store = openStore(flash);
  store.storeProduct("water");
  store.storeSerialNumber("W0001");
  store.storeKey("device", new Uint8Array(16).fill(1));
  store.storeKey("service", new Uint8Array(16).fill(2));
  store.storeKey("unlock", new Uint8Array(16).fill(3));
  store.storeCalibration({ epoch: 4, pulseWeightMillilitres: 250 });
  store.storeAccessCounters({ failures: 5, unlockCounter: 6 });
  for (let id = 30; id < 38; id++) store.store(id, id * 100);
  for (let change = 1; change <= changes; change++) store.store(10, change);
  return flash;
}

function contentOf(flash: FaultyFlash): unknown {
  const store = openStore(flash);
  return [
    store.productName,
    store.serialNumber,
    ...(["device", "service", "unlock"] as const).map((name) => store.key(name)?.[0]),
    store.calibration,
    store.accessCounters,
    [...store.overrides].sort(([one], [other]) => one - other),
  ];
}

describe("settings, keys, serial number, calibration and counters", () => {
  // 15 entries and the header stand before the changes: the last page of the first sector begins with the 104th.
  it.each([96, 104, 108, 111, 112, 113, 120])(
    "outlive 40 starts in a row, wherever each of them is cut, after %d changes",
    (changes) => {
      const flash = inService(changes);
      const expected = contentOf(flash);
      for (let operation = 0; operation < 8; operation++)
        for (const way of ["prefix", "weak"] as const) {
          const child = flash.copy();
          cutStarts(
            child,
            40,
            () => ({ operation, way }),
            () => openStore(child),
          );
          expect(contentOf(child)).toEqual(expected);
        }
    },
  );

  it("outlive up to 500 starts that are each cut within their first operations", () => {
    const cut = fc.record({ operation: fc.nat(5), way: fc.constantFrom(...ways) });
    const cuts = fc.array(cut, { minLength: 20, maxLength: 500, size: "max" });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * slotsPerSector }), cuts, (changes, drawn) => {
        const flash = inService(changes);
        const expected = contentOf(flash);
        cutStarts(
          flash,
          drawn.length,
          (start) => drawn[start] as (typeof drawn)[number],
          () => openStore(flash),
        );
        expect(contentOf(flash)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  it("can be changed again in the first run that a sleep came before", () => {
    const flash = inService(108);
    cutStarts(
      flash,
      100,
      (start) => ({ operation: start % 4, way: "prefix" }),
      () => openStore(flash),
    );
    for (let change = 1000; change < 1300; change++)
      expect(openStore(flash, true).store(10, change)).toBe(true);
    const store = openStore(flash);
    expect(store.overrides.get(10)).toBe(1299);
    expect(store.serialNumber).toBe("W0001");
  });
});
