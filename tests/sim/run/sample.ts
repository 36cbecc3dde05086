import type { RunSample } from "../../../sim/run/run-book.js";

/** A sample of a run in which nothing has happened but what a test says. */
export function sampleAt(atSeconds: number, changes: Partial<RunSample> = {}): RunSample {
  return {
    atSeconds,
    truePulses: 0,
    registerPulses: 0,
    headEndPulses: 0,
    wakes: 0,
    awakeSeconds: 0,
    resets: 0,
    modemResets: 0,
    searchingSeconds: 0,
    connectedSeconds: 0,
    reports: 0,
    events: 0,
    sectorErases: 0,
    milliampereHours: new Map(),
    batteryMillivolts: 3650,
    batteryFraction: 1,
    ...changes,
  };
}
