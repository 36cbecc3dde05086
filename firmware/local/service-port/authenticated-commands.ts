import { mostCalibrations, nextCalibration } from "../../legal/calibration.js";
import { type SettingName, settingProblem, settingTable } from "../../settings/setting-table.js";
import { findSettingName } from "../../settings/settings.js";
import { type Access, hexadecimalOf } from "../access.js";
import type { Handlers } from "./handlers.js";
import type { MeterAccess } from "../meter-access.js";
import type { CommandNameAt, ResultOf } from "../../contracts/service-commands.js";
import { ErrorCode } from "../../contracts/service-protocol.js";
import type { LogEntry } from "../../contracts/service-results.js";
import { eventsRefused, notReady, Refusal, settingsRefused } from "../refusal.js";

/** What those may do who know the meter's service key. */
export const authenticatedCommands: Handlers<CommandNameAt<"authenticated">> = Object.freeze({
  getSettings: ({ meter }) => {
    const { product, settings } = meter;
    const values: Record<string, number> = {};
    product.settingGroups.forEach((group) => Object.assign(values, settings[group]));
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
  const known = findSettingName(meter.product, name);
  if (!known) return new Refusal(ErrorCode.badParameters, "there is no such setting");
  const problem = settingProblem(known, value);
  if (problem !== undefined) return new Refusal(ErrorCode.badParameters, problem);
  const { id, protection } = settingTable[known];
  if (protection !== "service" && access.isLocked)
    return new Refusal(ErrorCode.locked, `${name} asks for the unlocked state`);
  const isCalibration = protection === "calibration";
  const refusal = isCalibration ? changeCalibration(meter, known, value) : store(meter, id, value);
  if (refusal) return refusal;
  const isTold = meter.note("setting-changed", id);
  meter.refresh();
  if (!isTold) return eventsRefused();
  return { name, value, calibrationEpoch: meter.settingsMemory.calibrationEpoch };
}

/** The new epoch is there before the new value is: a value that counts differently never hides in an old epoch. */
function changeCalibration(meter: MeterAccess, name: SettingName, value: number): Refusal | undefined {
  const isWeight = name === "pulseWeightMillilitres";
  const weight = isWeight ? value : meter.settings.metering.pulseWeightMillilitres;
  const refusal = beginCalibration(meter, weight);
  if (refusal || isWeight) return refusal;
  return store(meter, settingTable[name].id, value);
}

/**
 * Stores the pulse weight with the next epoch and lets the register go on under it; undefined when it did. The event log
 * has it before: what decides how much is counted does not change where that can't be told.
 */
export function beginCalibration(meter: MeterAccess, pulseWeightMillilitres: number): Refusal | undefined {
  const calibration = nextCalibration(meter.store.calibration, pulseWeightMillilitres);
  if (!calibration) return notReady(`the meter was calibrated ${mostCalibrations} times, which is all`);
  const { epoch } = calibration;
  if (!meter.note("calibrated", epoch)) return eventsRefused();
  if (!meter.store.storeCalibration(calibration)) return settingsRefused();
  meter.metering.calibrate(epoch);
  meter.refresh();
  return undefined;
}

function store(meter: MeterAccess, id: number, value: number): Refusal | undefined {
  return meter.store.store(id, value) ? undefined : settingsRefused();
}
