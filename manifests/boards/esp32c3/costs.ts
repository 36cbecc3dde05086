import * as parts from "../../board-costs.js";

const slowClock = parts.oscillatorClock(4096);

/** An ESP32-C3-MINI-1 on which the wake stub counts. */
export const costs: parts.BoardCosts = Object.freeze({
  ...parts.commonCosts,
  slowClock,
  start: parts.startParts(slowClock, 21),
  asleep: Object.freeze([parts.deepSleep(4.8), parts.regulator, parts.divider(2e6), parts.pullUp(1e6, 0.5)]),
  stub: parts.wakeStub,
});
