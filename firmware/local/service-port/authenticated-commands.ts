import { mostCalibrations, nextCalibration } from "../../legal/calibration.js";
import { type SettingDefinition, SettingId, settingProblem } from "../../settings/definition.js";
import { type Access, hexadecimalOf } from "../access.js";
import type { Handlers } from "./handlers.js";
import type { MeterAccess } from "../meter-access.js";
import { ErrorCode, type LogEntry, type ResultOf } from "../../contracts/service-protocol.js";
import { hardwareFailure, notReady, Refusal } from "../refusal.js";

type AuthenticatedNames = "getSettings" | "setSetting" | "readLog";

/** What decides how much a turn of the wheel counts, and whether it does. */
const calibrationSettings: readonly number[] = Object.freeze([
  SettingId.pulseWeightMillilitres,
  SettingId.debounceMilliseconds,
  SettingId.magnetSeconds,
]);

/** What those may do who know the meter's service key. */
export const authenticatedCommands: Handlers<AuthenticatedNames> = Object.freeze({
  getSettings: ({ meter }) => {
    const { product, store } = meter;
    const { overrides } = store;
    const values: Record<string, number> = {};
    for (const { id, name, value } of product.settings) values[name] = overrides.get(id) ?? value;
    return values;
  },
  setSetting: ({ meter, access }, { name, value }) => setSetting(meter, access, name, value),
  readLog: ({ meter }, { first, count }) => {
    const entries: LogEntry[] = [];
    meter.events.visitFrom(first, ({ sequence, event, epochSeconds, detail, bytes }) => {
      entries.push({ sequence, event, epochSeconds, detail, record: hexadecimalOf(bytes) });
      return entries.length < count;
    });
    return { newest: meter.events.lastSequence, entries };
  },
});

function setSetting(
  meter: MeterAccess,
  access: Access,
  name: string,
  value: number,
): ResultOf<"setSetting"> | Refusal {
  const definition = meter.product.settings.find((candidate) => candidate.name === name);
  if (!definition) return new Refusal(ErrorCode.badParameters, "there is no such setting");
  const problem = settingProblem(definition, value);
  if (problem !== undefined) return new Refusal(ErrorCode.badParameters, problem);
  const isCalibration = calibrationSettings.includes(definition.id);
  if (isCalibration && access.isLocked)
    return new Refusal(ErrorCode.locked, "calibration asks for the unlocked state");
  const refusal = isCalibration
    ? changeCalibration(meter, definition, value)
    : store(meter, definition.id, value);
  if (refusal) return refusal;
  meter.note("setting-changed", definition.id);
  meter.refresh();
  return { name, value, calibrationEpoch: meter.settingsMemory.calibrationEpoch };
}

/** The new epoch is there before the new value is: a value that counts differently never hides in an old epoch. */
function changeCalibration(
  meter: MeterAccess,
  { id }: SettingDefinition,
  value: number,
): Refusal | undefined {
  const isWeight = id === SettingId.pulseWeightMillilitres;
  const weight = isWeight ? value : meter.settings.metering.pulseWeightMillilitres;
  const refusal = beginCalibration(meter, weight);
  if (refusal || isWeight) return refusal;
  return store(meter, id, value);
}

/** Stores the pulse weight with the next epoch and lets the register go on under it; undefined when it did. */
export function beginCalibration(meter: MeterAccess, pulseWeightMillilitres: number): Refusal | undefined {
  const calibration = nextCalibration(meter.store.calibration, pulseWeightMillilitres);
  if (!calibration) return notReady(`the meter was calibrated ${mostCalibrations} times, which is all`);
  if (!meter.store.storeCalibration(calibration)) return hardwareFailure("the settings' flash refuses");
  const { epoch } = calibration;
  meter.metering.calibrate(epoch);
  meter.note("calibrated", epoch);
  meter.refresh();
  return undefined;
}

function store(meter: MeterAccess, id: number, value: number): Refusal | undefined {
  return meter.store.store(id, value) ? undefined : hardwareFailure("the settings' flash refuses");
}
