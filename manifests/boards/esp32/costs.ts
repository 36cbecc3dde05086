import * as parts from "../../board-costs.js";

const slowClock = parts.crystalClock(256);

/** An ESP32-WROOM-32E on which the wake stub counts. */
export const costs: parts.BoardCosts = Object.freeze({
  slowClock,
  start: parts.startParts(slowClock, 29),
  verification: parts.verification,
  running: parts.running,
  cyclesPerInstruction: parts.cyclesPerInstruction,
  asleep: Object.freeze([
    { name: "chip in deep sleep", amount: 5, source: "ESP-IDF's documentation, sleep current" },
    parts.crystalCurrent,
    parts.regulator,
    parts.divider(2e6),
    parts.pullUp(1e6, 0.5),
  ]),
  stub: Object.freeze({
    name: "wake stub",
    amount: 15,
    source: "estimate: 5 ms from sleep to the stub, which then polls twice 5 ms apart",
  }),
});
