import * as parts from "../../board-costs.js";

const slowClock = parts.crystalClock(256);

/** An ESP32-S3-WROOM-1, the ULP-RISC-V of which polls the contacts. */
export const costs: parts.BoardCosts = Object.freeze({
  ...parts.commonCosts,
  slowClock,
  start: parts.startParts(slowClock, 29),
  asleep: Object.freeze([
    parts.deepSleep(6.8),
    parts.polling,
    parts.crystalCurrent,
    parts.regulator,
    parts.divider(2e6),
    parts.polledPullUp(2, 45e3),
  ]),
  stub: undefined,
});
