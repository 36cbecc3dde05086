import type { ValveMove } from "../../firmware/contracts/service-results.js";
import { definePhase } from "./phase.js";

const timeoutMilliseconds = 40_000;

/** Closes and opens the valve once, from a known end. */
export const valve = definePhase({
  name: "valve",
  measurements: {
    closeOutcome: { type: "text" },
    closeSeconds: { type: "number", unit: "s" },
    closePeakMilliamperes: { type: "number", unit: "mA" },
    openOutcome: { type: "text" },
    openSeconds: { type: "number", unit: "s" },
    openPeakMilliamperes: { type: "number", unit: "mA" },
  },
  settings: {},
  async run({ meter, measure, attach }) {
    const move = async (direction: "open" | "close"): Promise<ValveMove> =>
      (await meter.request("moveValve", { direction }, { timeoutMilliseconds, isRepeatable: false })).result;
    const { result: sensors } = await meter.request("sensors", {});
    if (sensors.valve === "none") return "skip";
    if (sensors.valve !== "open") await move("open");
    for (const direction of ["close", "open"] as const) {
      const { outcome, travelMilliseconds, peakMilliamperes, ...curve } = await move(direction);
      measure(`${direction}Outcome`, outcome);
      measure(`${direction}Seconds`, travelMilliseconds / 1000);
      measure(`${direction}PeakMilliamperes`, peakMilliamperes);
      attach(
        `${direction}-current.csv`,
        "text/csv",
        curveText(curve.milliamperes, curve.samplePeriodMilliseconds),
      );
      if (outcome !== "reached") return "fail-and-continue";
    }
    return "continue";
  },
});

function curveText(milliamperes: readonly number[], periodMilliseconds: number): string {
  const rows = milliamperes.map((current, index) => `${index * periodMilliseconds},${current}`);
  return ["milliseconds,milliamperes", ...rows, ""].join("\n");
}
