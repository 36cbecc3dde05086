import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { settingTable } from "../../../firmware/settings/setting-table.js";
import { SettingsStore } from "../../../firmware/settings/settings-store.js";
import { recordByteLength, sealRecord } from "../../../firmware/legal/rings/record.js";
import { FakeFlash } from "../fake-flash.js";
import { freshPositions } from "../legal/rings/ring-bench.js";

fc.configureGlobal({ seed: 6 });

/** As many sectors as the partition table gives it. */
const sectors = 6;

function openStore(flash: FakeFlash): SettingsStore {
  return new SettingsStore(storageOn(flash));
}

describe("SettingsStore", () => {
  it("holds nothing on a blank chip", () => {
    const store = openStore(new FakeFlash(sectors));
    expect(store.productName).toBe("");
    expect([...store.overrides]).toEqual([]);
  });

  it("knows the product and each setting's last value, now and when it is opened again", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double()), {
      maxLength: 100,
      size: "max",
    });
    fc.assert(
      fc.property(changes, fc.string({ unit: "grapheme-ascii", maxLength: 16 }), (values, name) => {
        const flash = new FakeFlash(sectors);
        const store = openStore(flash);
        store.storeProduct(name);
        for (const [id, value] of values) expect(store.store(id, value)).toBe(true);
        const expected = new Map(values);
        expect(store.overrides).toEqual(expected);
        const again = openStore(flash);
        expect(again.overrides).toEqual(expected);
        expect(again.productName).toBe(name);
      }),
    );
  });

  it("takes the last product that was stored", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    store.storeProduct("irrigate");
    store.storeProduct("gas");
    expect([store.productName, openStore(flash).productName]).toEqual(["gas", "gas"]);
  });

  it("refuses a product name that does not fit its record", () => {
    const flash = new FakeFlash(sectors);
    expect(() => openStore(flash).storeProduct("irrigation-by-drip")).toThrow(RangeError);
    expect(flash.nor.counters.programs).toBe(0);
  });

  it("says so when the flash refuses, and keeps what was stored", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    store.store(11, 60);
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(store.store(11, 120)).toBe(false);
    expect(store.overrides.get(11)).toBe(60);
    flash.onStep = undefined;
    expect(openStore(flash).overrides.get(11)).toBe(60);
  });

  it("refuses a change while another entry can't be brought along into a new sector", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    store.store(40, 4);
    const program = flash.program.bind(flash);
    flash.program = (address, bytes) => (bytes[8] === 40 ? false : program(address, bytes));
    let isStored = true;
    for (let change = 0; isStored && change < 400; change++) isStored = store.store(13, change);
    expect(isStored).toBe(false);
    expect(openStore(flash).overrides.get(40)).toBe(4);
  });

  it("passes over a record that only a newer firmware can read", () => {
    const flash = new FakeFlash(sectors);
    openStore(flash).store(11, 60);
    const { image } = flash.nor;
    for (let address = 0; address < image.length; address += recordByteLength) {
      const record = image.subarray(address, address + recordByteLength);
      if (record[0] !== 1 || record[8] !== 11) continue;
      record[0] = 2;
      sealRecord(record);
    }
    expect(openStore(flash).overrides.size).toBe(0);
  });

  it("keeps the device key, and does not take it for a number", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    expect(store.key("device")).toBeUndefined();
    const key = Uint8Array.from({ length: 16 }, (_, index) => 255 - index);
    expect(store.storeKey("device", key)).toBe(true);
    const again = openStore(flash);
    expect(again.key("device")).toEqual(key);
    expect(again.overrides.size).toBe(0);
    expect(() => store.storeKey("service", key.subarray(1))).toThrow(RangeError);
  });

  it("changes nothing in flash by being opened after a sleep, and writes one record after a reset", () => {
    const flash = new FakeFlash(sectors);
    const positions = freshPositions();
    new SettingsStore({ ...storageOn(flash), positions: () => positions }).store(11, 60);
    const before = flash.nor.counters;
    expect(new SettingsStore({ ...storageOn(flash), positions: () => positions }).overrides.get(11)).toBe(60);
    expect(flash.nor.counters).toEqual(before);
    openStore(flash);
    expect(flash.nor.counters).toEqual({ ...before, programs: before.programs + 1 });
  });

  it("loses nothing to resets, however many come without a change between them", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    for (const id of [10, 11, 12, 13]) store.store(id, id * 3);
    for (let reset = 0; reset < 1500; reset++) openStore(flash);
    expect(openStore(flash).overrides).toEqual(new Map([10, 11, 12, 13].map((id) => [id, id * 3])));
  });

  it("has its calibration's pulse weight, whatever stands under the setting's own id, and whichever came last", () => {
    const { id } = settingTable.pulseWeightMillilitres;
    const calibration = { epoch: 3, pulseWeightMillilitres: 10 };
    const changes = [
      (store: SettingsStore) => store.store(id, 250),
      (store: SettingsStore) => store.storeCalibration(calibration),
    ];
    for (const order of [changes, changes.slice().reverse()]) {
      const flash = new FakeFlash(sectors);
      const store = openStore(flash);
      for (const change of order) expect(change(store)).toBe(true);
      for (const each of [store, openStore(flash)]) {
        expect(each.overrides.get(id)).toBe(10);
        expect(each.calibration).toEqual(calibration);
      }
    }
  });

  it("brings every entry along into the sector that a reset has begun, though nobody changes anything", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    const ids = Array.from({ length: 20 }, (_, index) => 10 + index);
    for (const id of ids) store.store(id, id * 3);
    // Until resets have filled the first sector, and begun the next one.
    for (let reset = 0; reset < 200; reset++) openStore(flash);
    // What stood in the first one of each half is lost.
    for (const half of [0, sectors / 2]) flash.nor.image.fill(0xff, half * 4096, (half + 1) * 4096);
    expect(openStore(flash).overrides).toEqual(new Map(ids.map((id) => [id, id * 3])));
  });

  it.each([
    ["in one run", false],
    ["each time in a run of its own", true],
  ])("loses neither product, key nor setting however often another one is changed %s", (_, isReopened) => {
    const flash = new FakeFlash(sectors);
    let store = openStore(flash);
    store.storeProduct("water");
    store.storeKey("device", new Uint8Array(16).fill(7));
    for (let id = 30; id < 50; id++) store.store(id, id);
    for (let change = 0; change < 1500; change++) {
      if (isReopened) store = openStore(flash);
      expect(store.store(13, change)).toBe(true);
    }
    const again = openStore(flash);
    expect(again.productName).toBe("water");
    expect(again.key("device")).toEqual(new Uint8Array(16).fill(7));
    expect(again.overrides.get(13)).toBe(1499);
    for (let id = 30; id < 50; id++) expect(again.overrides.get(id)).toBe(id);
  });
});
