import { StationFault } from "../attempt/faults.js";
import { definePhase } from "./phase.js";

const pollMilliseconds = 500;

/** A meter takes a magnet for one only when it stays, so it is held to the case while other phases run. */
export const holdMagnet = definePhase({
  name: "hold-magnet",
  measurements: { magnetBefore: { type: "flag" } },
  settings: {},
  async run({ meter, instruments, clock, measure, memory }) {
    measure("magnetBefore", (await meter.request("sensors", {})).result.magnetPresent);
    await instruments.magnet.hold(true);
    memory.magnetSinceMilliseconds = clock.nowMilliseconds;
    return "continue";
  },
});

/** The meter has noticed the magnet by now, or does within the time that it may take. */
export const magnet = definePhase({
  name: "magnet",
  measurements: { magnetSeen: { type: "flag" } },
  settings: { atMostMilliseconds: { default: 18_000, minimum: 500, maximum: 4_000_000 } },
  async run({ meter, instruments, clock, measure, settings, memory }) {
    const { magnetSinceMilliseconds: since } = memory;
    if (since === undefined) throw new StationFault("the recipe needs a hold-magnet phase before this one");
    const isSeen = async (): Promise<boolean> => (await meter.request("sensors", {})).result.magnetPresent;
    let seen = await isSeen();
    while (!seen && clock.nowMilliseconds - since < settings.atMostMilliseconds) {
      await clock.wait(pollMilliseconds);
      seen = await isSeen();
    }
    measure("magnetSeen", seen);
    await instruments.magnet.hold(false);
    return "continue";
  },
});
