import { decodeHexadecimal } from "../../../hal/base/hexadecimal.js";
import { asciiBytes } from "../../../hal/base/text.js";
import type { KeyName } from "../../settings/settings-store.js";
import { settingProblem } from "../../settings/setting-table.js";
import { hexadecimalOf } from "../access.js";
import { beginCalibration } from "./authenticated-commands.js";
import type { Handlers } from "./handlers.js";
import type { MeterAccess } from "../meter-access.js";
import { ErrorCode } from "../../contracts/service-protocol.js";
import type { ReadBack } from "../../contracts/service-results.js";
import { eventsRefused, notReady, Refusal, settingsRefused } from "../refusal.js";

const keyNames: readonly KeyName[] = Object.freeze(["device", "service", "unlock"]);

type ProvisionNames = "writeSerial" | "writeCalibration" | "writeKeys" | "readBack" | "lock";

/** What makes this meter the one it is, up to the lock. */
export const provisionCommands: Handlers<ProvisionNames> = Object.freeze({
  writeSerial: ({ meter }, { serialNumber }) => {
    if (!meter.store.storeSerialNumber(serialNumber)) return settingsRefused();
    const isTold = meter.note("serial-written", 0);
    meter.refresh();
    if (!isTold) return eventsRefused();
    return { serialNumber: meter.serialNumber };
  },
  writeCalibration: ({ meter }, { pulseWeightMillilitres }) => {
    const problem = settingProblem("pulseWeightMillilitres", pulseWeightMillilitres);
    if (problem !== undefined) return new Refusal(ErrorCode.badParameters, problem);
    const refusal = beginCalibration(meter, pulseWeightMillilitres);
    if (refusal) return refusal;
    const { metering } = meter.settings;
    return {
      pulseWeightMillilitres: metering.pulseWeightMillilitres,
      calibrationEpoch: meter.settingsMemory.calibrationEpoch,
    };
  },
  writeKeys: ({ meter }, { deviceKey, serviceKey, unlockKey }) => {
    const digits = { device: deviceKey, service: serviceKey, unlock: unlockKey };
    const store = (name: KeyName): boolean =>
      meter.store.storeKey(name, decodeHexadecimal(digits[name]) ?? new Uint8Array(0));
    if (!keyNames.every(store)) return settingsRefused();
    if (!meter.note("keys-written", keyNames.length)) return eventsRefused();
    return { written: keyNames.length };
  },
  readBack: ({ meter }) => readBack(meter),
  lock: ({ meter, access }) => {
    const missing = missingOf(meter);
    if (missing.length > 0) return notReady(`nothing was written yet: ${missing.join(", ")}`);
    return access.lock() ?? { locked: access.isLocked };
  },
});

function missingOf({ store }: MeterAccess): string[] {
  const missing: string[] = [];
  if (store.serialNumber === "") missing.push("serial number");
  if (!store.calibration) missing.push("calibration");
  keyNames.forEach((name) => {
    if (!store.key(name)) missing.push(`${name} key`);
  });
  return missing;
}

function readBack({ store, hardware: { crypto } }: MeterAccess): ReadBack {
  const hash = (bytes: Uint8Array | undefined): string =>
    bytes && bytes.byteLength > 0 ? hexadecimalOf(crypto.sha256(bytes)) : "";
  const { calibration } = store;
  return {
    serialNumber: hash(asciiBytes(store.serialNumber)),
    calibration: hash(
      calibration && asciiBytes(`${calibration.pulseWeightMillilitres} ${calibration.epoch}`),
    ),
    deviceKey: hash(store.key("device")),
    serviceKey: hash(store.key("service")),
    unlockKey: hash(store.key("unlock")),
  };
}
