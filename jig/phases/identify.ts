import { protocolVersion } from "../../firmware/contracts/service-protocol.js";
import { StationFault } from "../attempt/faults.js";
import { readClock } from "./meter-clock.js";
import { definePhase } from "./phase.js";

/** Who is there, and how well the line to it works. */
export const identify = definePhase({
  name: "identify",
  measurements: {
    product: { type: "text" },
    hardwareId: { type: "text" },
    firmwareVersion: { type: "text" },
    imageHash: { type: "text" },
    imageMatches: { type: "flag" },
    meteringVersion: { type: "text" },
    meteringChecksum: { type: "text" },
    locked: { type: "flag" },
    damagedLines: { type: "number" },
  },
  settings: { lineChecks: { default: 15, minimum: 1, maximum: 1000 } },
  async run({ meter, measure, unit, settings, imageHash, memory }) {
    const { result: identity } = await meter.request("identify", {});
    if (identity.protocol !== protocolVersion)
      throw new StationFault(
        `the meter speaks version ${identity.protocol} of the service protocol and this station ${protocolVersion}; update the older`,
      );
    unit.hardwareId = identity.hardwareId;
    unit.firmwareVersion = identity.firmwareVersion;
    unit.firmwareHash = identity.imageHash;
    measure("product", identity.product);
    measure("hardwareId", identity.hardwareId);
    measure("firmwareVersion", identity.firmwareVersion);
    measure("imageHash", identity.imageHash);
    if (imageHash !== undefined) measure("imageMatches", identity.imageHash === imageHash);
    measure("meteringVersion", identity.meteringVersion);
    measure("meteringChecksum", identity.meteringChecksum);
    measure("locked", identity.locked);
    for (let check = 0; check < settings.lineChecks; check++) {
      memory.clockReference = await readClock(meter, memory.clockReference);
    }
    measure("damagedLines", meter.counts.damagedLines);
    return "continue";
  },
});
