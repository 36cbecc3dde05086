import { describe, expect, it } from "@jest/globals";
import { brokenBounds, dailyBounds } from "../../../sim/run/bounds.js";
import type { RunSample } from "../../../sim/run/run-book.js";
import { sampleAt } from "./sample.js";

const start = 1_767_225_600;
const day = 86_400;

/** Three days, of which the second has what a test says, and the third nothing more. */
function days(second: Partial<RunSample>): RunSample[] {
  return [sampleAt(0), sampleAt(day), sampleAt(2 * day, second), sampleAt(2.5 * day, second)];
}

const charge = (modem: number): Partial<RunSample> => ({
  milliampereHours: new Map([
    ["sleep", 9],
    ["modem", modem],
  ]),
});

/** Of each bound, what breaks it, what does not, and what is said. */
const cases: readonly (readonly [
  name: string,
  broken: Partial<RunSample>,
  kept: Partial<RunSample>,
  string,
])[] = [
  ["charge", charge(7.01), charge(7), "7.01 mAh beside sleep in a day, at most 7 may"],
  ["awake", { awakeSeconds: 721 }, { awakeSeconds: 720 }, "721 s awake in a day, at most 720 may"],
  ["resets", { resets: 1 }, {}, "1 resets of the chip in a day, at most 0 may"],
  ["modem resets", { modemResets: 9 }, { modemResets: 8 }, "9 starts of the modem in a day, at most 8 may"],
  ["wear", { sectorErases: 3 }, { sectorErases: 2 }, "3 erases of the worst sector in a day, at most 2 may"],
  ["events", { events: 13 }, { events: 12 }, "13 events in a day, at most 12 may"],
];

describe("the bounds of a day", () => {
  it("have a test each", () => {
    expect(cases.map(([name]) => name)).toEqual(dailyBounds.map(({ name }) => name));
  });

  it.each(cases)("tell when %s is beyond", (_name, broken, _kept, message) => {
    expect(brokenBounds(days(broken), start)).toEqual([
      { checker: "bounds", message, epochSeconds: start + day },
    ]);
  });

  it.each(cases)("say nothing of as much %s as may be", (_name, _broken, kept) => {
    expect(brokenBounds(days(kept), start)).toEqual([]);
  });

  it("go by each day, not by the sum of all", () => {
    const samples = [0, 1, 2, 3].map((index) => sampleAt(index * day, { awakeSeconds: index * 700 }));
    expect(brokenBounds(samples, start)).toEqual([]);
  });

  it("are told once each, of the worst day", () => {
    const samples = [0, 800, 1700, 2450].map((awakeSeconds, index) =>
      sampleAt(index * day, { awakeSeconds }),
    );
    expect(brokenBounds(samples, start)).toEqual([
      { checker: "bounds", message: "900 s awake in a day, at most 720 may", epochSeconds: start + day },
    ]);
  });

  it("leave out what a wake stub takes, which goes by the flow, and what the board draws asleep", () => {
    const stub = {
      milliampereHours: new Map([
        ["wake stub", 30],
        ["sleep", 30],
      ]),
    };
    expect(brokenBounds(days(stub), start)).toEqual([]);
  });
});
