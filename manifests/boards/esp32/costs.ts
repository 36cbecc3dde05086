import * as parts from "../../board-costs.js";

const slowClock = parts.crystalClock(256);

/** An ESP32-WROOM-32E on which the wake stub counts. */
export const costs: parts.BoardCosts = Object.freeze({
  ...parts.commonCosts,
  slowClock,
  start: parts.startParts(slowClock, 29),
  asleep: Object.freeze([
    parts.deepSleep(5),
    parts.crystalCurrent,
    parts.regulator,
    parts.divider(2e6),
    parts.pullUp(1e6, 0.5),
  ]),
  stub: parts.wakeStub,
});
