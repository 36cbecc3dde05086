import { describe, expect, it } from "@jest/globals";
import { type HeldName, strangersIn, unusedNames } from "./holders.js";
import { filesUnder, findingText, projectFiles } from "./source-files.js";

/** What could lower, hide or bend the register from outside of the wall, though no import says so. */
const held: readonly HeldName[] = [
  {
    name: "openPartition",
    why: "a log opens its own partition, and storage gives it out",
    holders: ["firmware/legal", "firmware/storage/meter-storage.ts"],
  },
  {
    name: "flash",
    why: "the chip's flash goes to storage, and the station's test has a partition of its own",
    holders: [
      "firmware/legal/rings",
      "firmware/storage/meter-storage.ts",
      "firmware/settings/kept-settings.ts",
      "firmware/local/service-port/flash-test.ts",
      "firmware/meter.ts",
    ],
  },
  {
    name: "pulseInput",
    why: "the pulse input goes to metering; the port tells what kind of sensor it is",
    holders: ["firmware/meter.ts", "firmware/local/service-port/measure-commands.ts"],
  },
  {
    name: "legalLogs",
    why: "the register's logs are opened behind the wall",
    holders: ["firmware/legal", "firmware/storage/logs.ts"],
  },
  ...["journal", "intervals", "days", "months"].map((name) => ({
    name: `logs.${name}`,
    why: "a log of the legally relevant part, which nobody else opens",
    holders: ["firmware/storage/logs.ts"],
  })),
  {
    name: "MirroredLog",
    why: "each log has one owner, who opens it",
    holders: [
      "firmware/legal",
      "firmware/events/event-log.ts",
      "firmware/failures",
      "firmware/settings/settings-store.ts",
      "firmware/uplink/delivery-log.ts",
    ],
  },
  {
    name: "RetainedSlices",
    why: "retained memory is reached by slices: one object gives them out",
    holders: [
      "firmware/storage",
      "firmware/settings/kept-settings.ts",
      "firmware/local/meter-access.ts",
      "firmware/local/visitable-meter.ts",
      "firmware/meter.ts",
    ],
  },
  {
    name: "bytes",
    why: "the memory behind the slices: owners read and write their own by `Slice`",
    holders: [
      "firmware/legal",
      "firmware/storage",
      "firmware/events",
      "firmware/local/service-port/authenticated-commands.ts",
      "drivers/nb-iot",
      "firmware/wire",
    ],
  },
  {
    name: "Metering",
    why: "one object counts; others are given it",
    holders: [
      "firmware/meter.ts",
      "firmware/recording.ts",
      "firmware/duties/duty.ts",
      "firmware/duties/valve/journalled-move.ts",
      "firmware/local",
      "firmware/readings",
      "firmware/uplink",
    ],
  },
];

const files = new Map(
  [...filesUnder(projectFiles(), "firmware", "drivers")].filter(([path]) => path.endsWith(".ts")),
);

describe("what the register hangs on", () => {
  it("is reached by those alone who are named for it", () => {
    expect(strangersIn(files, held).map(findingText)).toEqual([]);
  });

  it("has names that are all in use", () => {
    expect(unusedNames(files, held)).toEqual([]);
  });

  it.each([
    ["a property", "meter.storage.openPartition(name)"],
    ["a property by its text", 'meter.storage["openPartition"](name)'],
    ["a part of an object", "const { openPartition } = meter.storage"],
    ["a renamed part", "const { openPartition: open } = meter.storage"],
    ["an import under another name", 'import { openPartition as open } from "./storage.js"'],
  ])("is found by %s", (_, text) => {
    const planted = new Map([["firmware/duties/leak.ts", text]]);
    expect(strangersIn(planted, held).map(({ rule }) => rule)).toEqual([
      "openPartition: a log opens its own partition, and storage gives it out",
    ]);
  });
});
