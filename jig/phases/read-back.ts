import { createHash } from "node:crypto";
import { StationFault } from "../attempt/faults.js";
import { definePhase } from "./phase.js";

/** What the unit holds is what it was given, told by hashes only. */
export const readBack = definePhase({
  name: "read-back",
  measurements: {
    serialNumberMatches: { type: "flag" },
    calibrationMatches: { type: "flag" },
    keysMatch: { type: "flag" },
  },
  settings: { pulseWeightMillilitres: { default: 1000, minimum: 1, maximum: 1_000_000 } },
  isForGoodUnitsOnly: true,
  async run({ meter, measure, unit, memory, settings }) {
    const { issued } = memory;
    if (!issued)
      throw new StationFault("no keys were written; the recipe needs a provision phase before this one");
    const { result } = await meter.request("readBack", {});
    const { result: index } = await meter.request("readIndex", {});
    measure("serialNumberMatches", result.serialNumber === hashOf(unit.serialNumber ?? ""));
    measure(
      "calibrationMatches",
      result.calibration === hashOf(`${settings.pulseWeightMillilitres} ${index.calibrationEpoch}`),
    );
    const { uplink, service, unlock } = issued.keys;
    measure(
      "keysMatch",
      result.deviceKey === hashOf(uplink) &&
        result.serviceKey === hashOf(service) &&
        result.unlockKey === hashOf(unlock),
    );
    return "continue";
  },
});

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
