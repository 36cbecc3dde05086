import { definePhase } from "./phase.js";

const wakeMilliseconds = 2000;

/** What the meter draws for most of its fifteen years. */
export const sleepCurrent = definePhase({
  name: "sleep-current",
  measurements: { supplyMicroamperes: { type: "number", unit: "uA" } },
  settings: {
    settleMilliseconds: { default: 500, minimum: 0, maximum: 60_000 },
    windowMilliseconds: { default: 1000, minimum: 20, maximum: 60_000 },
  },
  async run({ meter, instruments, clock, measure, settings }) {
    const { settleMilliseconds, windowMilliseconds } = settings;
    // Longer than the measurement, so that the meter doesn't wake in it, and short enough to be found again.
    const seconds = Math.ceil((settleMilliseconds + windowMilliseconds) / 1000) + 30;
    await meter.request("sleep", { seconds }, { isRepeatable: false });
    await clock.wait(settleMilliseconds);
    const { microamperes } = await instruments.supply.measure(windowMilliseconds);
    await meter.wake(wakeMilliseconds);
    // A unit that has fallen out of its cradle draws nothing either.
    await meter.request("identify", {});
    measure("supplyMicroamperes", microamperes);
    return "continue";
  },
});
