import { StationFault } from "../attempt/faults.js";
import { claim, hardwareIdOf } from "./claim.js";
import { definePhase } from "./phase.js";

const timeoutMilliseconds = 5000;

/** Gives the unit its serial number, its calibration and its keys, each of which the records hold before the unit does. */
export const provision = definePhase({
  name: "provision",
  measurements: { serialNumber: { type: "text" } },
  settings: { pulseWeightMillilitres: { default: 1000, minimum: 1, maximum: 1_000_000 } },
  isForGoodUnitsOnly: true,
  async run({ meter, measure, unit, store, settings, memory, attemptId }) {
    const { serialNumber } = unit;
    if (serialNumber === undefined)
      throw new StationFault("no serial number was scanned; scan the unit's label and start again");
    claim(store, unit, "serialNumber", serialNumber);
    measure("serialNumber", serialNumber);
    await meter.request("writeSerial", { serialNumber }, { timeoutMilliseconds });
    const { pulseWeightMillilitres } = settings;
    await meter.request("writeCalibration", { pulseWeightMillilitres }, { timeoutMilliseconds });
    const issued = await store.issueKeys(hardwareIdOf(unit), attemptId);
    memory.issued = issued;
    unit.keyId = issued.keyId;
    const [deviceKey, serviceKey, unlockKey] = [
      issued.keys.uplink,
      issued.keys.service,
      issued.keys.unlock,
    ].map((key) => Buffer.from(key).toString("hex")) as [string, string, string];
    await meter.request("writeKeys", { deviceKey, serviceKey, unlockKey }, { timeoutMilliseconds });
    return "continue";
  },
});
