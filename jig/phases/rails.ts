import { definePhase } from "./phase.js";

/** The supplies on the board, the battery among them. */
export const rails = definePhase({
  name: "rails",
  measurements: {
    batteryMillivolts: { type: "number", unit: "mV" },
  },
  settings: {},
  async run({ meter, measure, attach }) {
    const { result } = await meter.request("rails", {});
    attach("rails.json", "application/json", JSON.stringify(result.rails));
    const battery = result.rails.find(({ name }) => name === "battery");
    if (battery) measure("batteryMillivolts", battery.millivolts);
    return "continue";
  },
});
