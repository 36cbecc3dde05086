import { ErrorCode } from "../../firmware/contracts/service-protocol.js";
import { MeterRefusal } from "../meter/meter-errors.js";
import { definePhase } from "./phase.js";

const timeoutMilliseconds = 5000;

/** Ends production for this unit. */
export const lock = definePhase({
  name: "lock",
  measurements: { locked: { type: "flag" } },
  settings: {},
  isForGoodUnitsOnly: true,
  async run({ meter, measure }) {
    try {
      await meter.request("lock", {}, { timeoutMilliseconds });
    } catch (error) {
      // A repeat whose first answer was lost finds the meter locked.
      if (!(error instanceof MeterRefusal && error.error.code === ErrorCode.locked)) throw error;
    }
    measure("locked", (await meter.request("identify", {})).result.locked);
    return "continue";
  },
});
