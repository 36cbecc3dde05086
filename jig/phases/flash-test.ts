import { definePhase } from "./phase.js";

const timeoutMilliseconds = 30_000;

/** Every sector outside the journals, erased, programmed and read back. */
export const flashTest = definePhase({
  name: "flash-test",
  measurements: { sectors: { type: "number" }, failedSectors: { type: "number" } },
  settings: {},
  async run({ meter, measure, attach }) {
    const { result } = await meter.request("flashTest", {}, { timeoutMilliseconds });
    measure("sectors", result.sectors);
    measure("failedSectors", result.failedSectors.length);
    if (result.failedSectors.length > 0)
      attach("failed-sectors.json", "application/json", JSON.stringify(result.failedSectors));
    return "continue";
  },
});
