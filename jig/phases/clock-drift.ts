import { StationFault } from "../attempt/faults.js";
import { definePhase } from "./phase.js";

const answerMilliseconds = 3000;

/** The meter's clock against the station's, over a window whose ends the meter tells. */
export const clockDrift = definePhase({
  name: "clock-drift",
  measurements: { partsPerMillion: { type: "number", unit: "ppm" } },
  settings: { windowMilliseconds: { default: 5000, minimum: 100, maximum: 120_000 } },
  async run({ meter, measure, settings }) {
    const { windowMilliseconds } = settings;
    let startMilliseconds: number | undefined;
    const { result, atMilliseconds } = await meter.request(
      "clockDrift",
      { windowMilliseconds },
      {
        timeoutMilliseconds: windowMilliseconds + answerMilliseconds,
        isRepeatable: false,
        onMark: (_mark, at) => {
          startMilliseconds = at;
        },
      },
    );
    if (startMilliseconds === undefined)
      throw new StationFault("the beginning of the window was lost; try again");
    const ratio = (result.endTicks - result.startTicks) / (atMilliseconds - startMilliseconds);
    measure("partsPerMillion", (ratio - 1) * 1e6);
    return "continue";
  },
});
