import * as parts from "../../board-costs.js";

const slowClock = parts.crystalClock(256);

/** An ESP32-C6-WROOM-1, the LP core of which polls the contacts. */
export const costs: parts.BoardCosts = Object.freeze({
  slowClock,
  start: parts.startParts(slowClock, 23),
  verification: parts.verification,
  running: parts.running,
  cyclesPerInstruction: parts.cyclesPerInstruction,
  asleep: Object.freeze([
    { name: "chip in deep sleep", amount: 6.7, source: "ESP-IDF's documentation, sleep current" },
    parts.polling,
    parts.crystalCurrent,
    parts.regulator,
    parts.divider(2e6),
    parts.polledPullUp(2, 45e3),
  ]),
  stub: undefined,
});
