import { StationFault } from "../attempt/faults.js";
import { readClock } from "./meter-clock.js";
import { definePhase } from "./phase.js";
import type { ClockReference } from "./phase-context.js";

/**
 * The meter's clock against the station's, over all that has happened since `identify`: the longer the stretch, the
 * less a millisecond at its ends counts, and no time is spent on waiting.
 */
export const clockDrift = definePhase({
  name: "clock-drift",
  measurements: {
    partsPerMillion: { type: "number", unit: "ppm" },
    overSeconds: { type: "number", unit: "s" },
  },
  settings: {
    atLeastMilliseconds: { default: 10_000, minimum: 100, maximum: 600_000 },
    readings: { default: 10, minimum: 1, maximum: 1000 },
  },
  async run({ meter, clock, measure, settings, memory }) {
    const { clockReference: start } = memory;
    if (!start) throw new StationFault("the recipe needs an identify phase before this one");
    await clock.wait(
      Math.max(0, start.atMilliseconds + settings.atLeastMilliseconds - clock.nowMilliseconds),
    );
    let end: ClockReference = await readClock(meter, undefined);
    for (let reading = 1; reading < settings.readings; reading++) end = await readClock(meter, end);
    const elapsedMilliseconds = end.atMilliseconds - start.atMilliseconds;
    const ratio = (end.uptimeMilliseconds - start.uptimeMilliseconds) / elapsedMilliseconds;
    measure("partsPerMillion", (ratio - 1) * 1e6);
    measure("overSeconds", elapsedMilliseconds / 1000);
    return "continue";
  },
});
