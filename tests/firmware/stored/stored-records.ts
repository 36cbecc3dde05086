import { EventLog } from "../../../firmware/events/event-log.js";
import { FailureLog } from "../../../firmware/failures/failure-log.js";
import { Journal } from "../../../firmware/legal/register/journal.js";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import type { LogStorage } from "../../../firmware/legal/rings/log-storage.js";
import { SettingsStore } from "../../../firmware/settings/settings-store.js";
import { DeliveryLog } from "../../../firmware/uplink/delivery-log.js";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { FakeFlash } from "../fake-flash.js";
import { FakeCrypto } from "../fake-hardware.js";

const slotByteLength = 32;

const entry: Omit<MeterRecord, "sequence"> = {
  cause: "interval",
  forwardPulses: 0x11_2233_4455,
  reversePulses: 0x66_7788,
  epochSeconds: 0x99aabbcc,
  timeTrust: "network",
  inputForward: 0xddee,
  inputReverse: 0xff01,
  valve: "closed",
  magnetPresent: true,
  sensorFault: false,
  batteryLow: true,
  calibrationEpoch: 7,
};

/** What each log of the meter writes, as a newer firmware finds it: a line for each slot that is not blank. */
const writers: Readonly<Record<string, (storage: LogStorage) => unknown>> = {
  journal: (storage) => {
    const journal = new Journal(storage);
    journal.append(entry);
    return journal.append({ ...entry, cause: "pulses" });
  },
  delivery: (storage) =>
    new DeliveryLog(storage).acknowledge({
      intervalSequence: 0x01020304,
      forwardPulses: 0x11_2233_4455,
      reversePulses: 0x66_7788,
    }),
  events: (storage) => {
    const log = new EventLog(storage, { crypto: new FakeCrypto("stored") });
    log.append("reset", 2, 0x99aabbcc);
    return log.append("time-set", -3, 0x99aabbcd);
  },
  failures: (storage) => new FailureLog(storage).append({ module: "meter", reason: "seventeen" }, 0x99aabbcc),
  settings: (storage) => {
    const store = new SettingsStore(storage);
    store.storeProduct("water");
    store.storeSerialNumber("A1");
    store.storeKey("device", new Uint8Array(16).fill(0xd1));
    store.storeKey("service", new Uint8Array(16).fill(0xd2));
    store.storeKey("unlock", new Uint8Array(16).fill(0xd3));
    store.storeCalibration({ epoch: 7, pulseWeightMillilitres: 0x01020304 });
    store.storeAccessCounters({ failures: 5, unlockCounter: 0x01020304 });
    return store.store(13, 900);
  },
};

/** For each log its slots in flash, headers of sectors among them: `log sector:slot bytes`. */
export function storedRecords(): string[] {
  return Object.entries(writers).flatMap(([log, write]) => {
    const flash = new FakeFlash(8);
    write(storageOn(flash));
    return slotsOf(flash).map((slot) => `${log} ${slot}`);
  });
}

function slotsOf({ nor }: FakeFlash): string[] {
  const slots: string[] = [];
  for (let address = 0; address < nor.byteLength; address += slotByteLength) {
    const bytes = nor.image.subarray(address, address + slotByteLength);
    if (bytes.every((byte) => byte === 0xff)) continue;
    const place = `${Math.floor(address / 4096)}:${(address % 4096) / slotByteLength}`;
    slots.push(`${place} ${Buffer.from(bytes).toString("hex")}`);
  }
  return slots;
}
