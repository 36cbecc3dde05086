import * as parts from "../../board-costs.js";

const slowClock = parts.crystalClock(256);

/** An ESP32-C6-WROOM-1, the LP core of which polls the contacts. */
export const costs: parts.BoardCosts = Object.freeze({
  ...parts.commonCosts,
  slowClock,
  start: parts.startParts(slowClock, 23),
  asleep: Object.freeze([
    parts.deepSleep(6.7),
    parts.polling,
    parts.crystalCurrent,
    parts.regulator,
    parts.divider(2e6),
    parts.polledPullUp(2, 45e3),
  ]),
  stub: undefined,
});
