import { definePhase } from "./phase.js";

const timeoutMilliseconds = 5000;

export const selfTest = definePhase({
  name: "self-test",
  measurements: {
    crypto: { type: "flag" },
    random: { type: "flag" },
    journal: { type: "flag" },
    settings: { type: "flag" },
    events: { type: "flag" },
  },
  settings: {},
  async run({ meter, measure }) {
    const { result } = await meter.request("selfTest", {}, { timeoutMilliseconds });
    for (const [name, works] of Object.entries(result) as [string, boolean][]) measure(name, works);
    return "continue";
  },
});
