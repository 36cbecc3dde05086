import { describe, expect, it } from "@jest/globals";

import { water } from "../../../firmware/products/water.js";
import { parseNetwork } from "../../../command/sim/network-option.js";
import { repeatCommand } from "../../../command/sim/repeat-command.js";
import type { SimArguments } from "../../../command/sim/sim-arguments.js";

const given: SimArguments = {
  product: water,
  engine: "xs",
  board: undefined,
  trace: undefined,
  reading: {},
  demand: "household",
  days: 30,
  persons: 2,
  seed: 9,
  speed: Infinity,
  settings: new Map([["intervalSeconds", 900]]),
  outages: [],
  networkSituations: [],
  eventLog: undefined,
  readings: undefined,
  html: undefined,
};

describe("the command that repeats a run", () => {
  it("names everything the run depends on", () => {
    const words = [
      "no-time",
      "utc-clock",
      "reject=15",
      "t3324=180",
      "dead-bearer@1",
      "dead-bearer@2.5",
      "no-sim@0",
    ];
    const networkSituations = words.flatMap((word) => parseNetwork(word, []));
    expect(repeatCommand({ ...given, outages: [{ fromDay: 3, toDay: 4.5 }], networkSituations })).toBe(
      "tally sim --product water --engine xs --demand household --persons 2 --days 30 --seed 9 --set interval-seconds=900 " +
        `--outage 3..4.5 ${words.map((word) => `--network ${word}`).join(" ")}`,
    );
  });

  it("says how a trace is read", () => {
    const reading = { volumeUnit: "US gallons", cumulative: "new-meter", column: "Total" } as const;
    expect(repeatCommand({ ...given, trace: "a.csv", reading, days: undefined, settings: new Map() })).toBe(
      "tally sim --product water --engine xs --trace a.csv --column Total --volume-unit 'US gallons' " +
        "--cumulative new-meter --seed 9",
    );
  });

  it("quotes a path for the shell", () => {
    expect(repeatCommand({ ...given, trace: "it's a trace.csv", days: undefined, settings: new Map() })).toBe(
      "tally sim --product water --engine xs --trace 'it'\\''s a trace.csv' --seed 9",
    );
  });
});
