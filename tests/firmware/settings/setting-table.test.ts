import { describe, expect, it } from "@jest/globals";
import { daySeconds } from "../../../hal/base/time-units.js";
import { commands } from "../../../firmware/contracts/service-commands.js";
import { communicationSettings } from "../../../firmware/settings/communication-settings.js";
import { meteringSettings } from "../../../firmware/settings/metering-settings.js";
import {
  settingNames,
  settingNamesById,
  settingProblem,
  settingTable,
} from "../../../firmware/settings/setting-table.js";
import { valveSettings } from "../../../firmware/settings/valve-settings.js";

/**
 * The ids as meters in the field have them in flash. A new setting is added here with an id of its own; a setting that
 * goes leaves its line, so that nobody gives its id to another.
 */
const storedIds: Readonly<Record<string, number>> = {
  pulseWeightMillilitres: 1,
  debounceMilliseconds: 2,
  magnetSeconds: 3,
  checkpointPulses: 10,
  checkpointSeconds: 11,
  checkpointMinimumSeconds: 12,
  intervalSeconds: 13,
  billingDay: 14,
  batteryLowMillivolts: 20,
  eraseAheadMillivolts: 21,
  reportWindowStartSeconds: 30,
  reportWindowSeconds: 31,
  startSpreadSeconds: 32,
  retrySeconds: 33,
  retriesPerDay: 34,
  registrationLifetimeSeconds: 35,
  commandWindowSeconds: 36,
  periodicUpdateSeconds: 37,
  activeSeconds: 38,
  acknowledgementSeconds: 39,
  maximumRetransmissions: 40,
  valveExerciseDays: 50,
  valveTravelTimeoutSeconds: 51,
  valveStallMilliamperes: 52,
  valveExerciseMilliseconds: 53,
};

const entries = settingNames.map((name) => ({ name, entry: settingTable[name] }));

describe("the table of settings", () => {
  it("numbers each as meters in the field have it stored, and gives no number twice", () => {
    const ids = entries.map(({ name, entry }) => [name, entry.id]);
    expect(ids).toEqual(settingNames.map((name) => [name, storedIds[name]]));
    expect(new Set(Object.values(storedIds)).size).toBe(Object.keys(storedIds).length);
  });

  it("gives no name twice", () => {
    const tables = [meteringSettings, communicationSettings, valveSettings];
    expect(tables.flatMap((table) => Object.keys(table))).toEqual(settingNames);
  });

  it.each(entries)("has a default in $name's range", ({ name, entry }) => {
    if (entry.default !== undefined) expect(settingProblem(name, entry.default)).toBeUndefined();
  });

  it("has the pulse weight, the debouncing and the magnet decide how a turn of the wheel counts", () => {
    const calibration = entries.filter(({ entry }) => entry.protection === "calibration");
    expect(calibration.map(({ name }) => name)).toEqual([
      "pulseWeightMillilitres",
      "debounceMilliseconds",
      "magnetSeconds",
    ]);
  });

  it("has what decides how much a pulled battery loses asked for the unlocked state", () => {
    const unlocked = entries.filter(({ entry }) => entry.protection === "unlocked");
    expect(unlocked.map(({ name }) => name)).toEqual([
      "checkpointPulses",
      "checkpointSeconds",
      "checkpointMinimumSeconds",
    ]);
  });

  it("has no holes in its list by id, which the engine's garbage collector would trip over", () => {
    expect(Object.keys(settingNamesById)).toHaveLength(settingNamesById.length);
  });

  it("has names that the service port takes", () => {
    const [name] = commands.find((command) => command.name === "setSetting")?.parameters ?? [];
    if (name?.type !== "text") throw new Error("setSetting takes no name");
    const { longest } = name;
    expect(settingNames.filter(({ length }) => length > longest)).toEqual([]);
  });

  it("has a pulse weight of which the service port takes every value", () => {
    const [weight] = commands.find((command) => command.name === "writeCalibration")?.parameters ?? [];
    expect(weight).toMatchObject({
      lowest: settingTable.pulseWeightMillilitres.lowest,
      highest: settingTable.pulseWeightMillilitres.highest,
    });
  });

  it("can't be changed", () => {
    expect([settingTable, ...Object.values(settingTable)].every(Object.isFrozen)).toBe(true);
  });
});

describe("settingProblem", () => {
  it("has nothing to say about the ends of the range", () => {
    expect(settingProblem("batteryLowMillivolts", 2500)).toBeUndefined();
    expect(settingProblem("batteryLowMillivolts", 3600)).toBeUndefined();
  });

  it.each([2499, 3601, 3000.5, NaN])("names the range and the value (%d)", (value) => {
    expect(settingProblem("batteryLowMillivolts", value)).toBe(
      `batteryLowMillivolts must be a whole number from 2500 to 3600, not ${value}`,
    );
  });

  it("names what the value has to divide", () => {
    expect(settingProblem("intervalSeconds", 1000)).toBe(
      "intervalSeconds must be from 900 to 3600 and divide 86400, which 1000 does not",
    );
  });

  it("lets an interval be no length that does not divide the day", () => {
    const { lowest, highest } = settingTable.intervalSeconds;
    const uneven: number[] = [];
    for (let seconds = lowest; seconds <= highest; seconds++)
      if (settingProblem("intervalSeconds", seconds) === undefined && daySeconds % seconds !== 0)
        uneven.push(seconds);
    // A midnight that is no boundary of an interval gets no value of its own.
    expect(uneven.slice(0, 3)).toEqual([]);
  });
});
