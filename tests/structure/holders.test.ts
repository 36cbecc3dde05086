import { describe, expect, it } from "@jest/globals";
import { legalLogs } from "../../firmware/legal/rings/legal-logs.js";
import { type HeldName, namelessImports, strangersIn, unusedNames } from "./holders.js";
import { filesUnder, findingText, projectFiles, type SourceFiles } from "./source-files.js";

const legalLogNames = Object.keys(legalLogs);

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
  ...legalLogNames
    .flatMap((name) => [`logs.${name}`, `text.${name}`])
    .map((name) => ({
      name,
      why: "a log of the legally relevant part, which nobody else opens",
      holders: ["firmware/legal", "firmware/storage/logs.ts"],
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
  { name: "new Metering", why: "one object counts; others are given it", holders: ["firmware/meter.ts"] },
  {
    name: "acknowledge",
    why: "an acknowledgement of the head-end alone moves the watermark",
    holders: ["firmware/uplink/outbox.ts", "firmware/uplink/session.ts", "firmware/wire/coap"],
  },
  {
    name: "imageHash",
    why: "a meter tells which image it is, and does nothing by it: a simulator's could be told from it",
    holders: ["firmware/local/service-port/open-commands.ts"],
  },
  ...["Object.values", "Object.assign"].map((name) => ({
    name,
    why: "takes from an object what is reached by no name",
    holders: ["firmware/settings/settings.ts", "firmware/local/service-port/authenticated-commands.ts"],
  })),
];

const files = new Map(
  [...filesUnder(projectFiles(), "firmware", "drivers")].filter(([path]) => path.endsWith(".ts")),
);

describe("what the register hangs on", () => {
  it("is reached by those alone who are named for it", () => {
    expect(strangersIn(files, held).map(findingText)).toEqual([]);
  });

  it("is imported by name", () => {
    expect(namelessImports(files).map(findingText)).toEqual([]);
  });

  it.each([
    'import * as legal from "../legal/metering.js"; new legal.Metering(options);',
    'const { Metering } = await import("../legal/metering.js");',
  ])("is found where a file imports without names: %s", (text) => {
    expect(namelessImports(new Map([["firmware/local/leak.ts", text]]))).toHaveLength(1);
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
    ["a text that becomes a property's name", 'const door = "openPartition"; meter.storage[door](name)'],
  ])("is found by %s", (_, text) => {
    const planted = new Map([["firmware/duties/leak.ts", text]]);
    expect(strangersIn(planted, held).map(({ rule }) => rule)).toEqual([
      "openPartition: a log opens its own partition, and storage gives it out",
    ]);
  });

  it.each([
    ["made", "const metering = new Metering(options);"],
    ["made under another name", "const metering = new Other(options);"],
    ["extended", "class Own extends Metering {}"],
    ["given another name", "const Own = Metering;"],
  ])("is found where its class is %s", (_, text) => {
    const start = 'import { Metering, Metering as Other } from "../legal/metering.js";';
    const planted = new Map([["firmware/local/leak.ts", `${start}\nconst held = 1 as Metering;\n${text}`]]);
    expect(strangersIn(planted, held).map(({ line, rule }) => `${line}: ${rule}`)).toEqual([
      "3: new Metering: one object counts; others are given it",
    ]);
  });

  it.each([
    ["a log by its name", 'new MirroredLog(storage, { name: "intervals", kind: 2 });', "text.intervals"],
    ["a log from the list", "new MirroredLog(storage, logs.days);", "logs.days"],
    ["all that an object has", "Object.values(source);", "Object.values"],
    ["the watermark", "delivery.acknowledge(watermark);", "acknowledge"],
    ["the image", 'if (boot.imageHash === "") return;', "imageHash"],
  ])("is found where a duty takes %s", (_, text, name) => {
    const found = strangersIn(new Map([["firmware/duties/leak.ts", text]]), held);
    expect(found.map(({ rule }) => rule.split(":")[0])).toEqual([name]);
  });
});

describe("a log outside of the legally relevant part", () => {
  it("is opened by its declaration in the list of logs", () => {
    expect(strangeLogs(files)).toEqual([]);
  });

  it.each([
    "new MirroredLog(storage, { name: joined, kind: 2 });",
    "new MirroredLog(storage, declaration);",
    'import { MirroredLog as Log } from "../legal/rings/mirrored-log.js"; new Log(storage, declaration);',
    "new MirroredLog(storage, { ...logs.events });",
    "const logs = { events: other }; new MirroredLog(storage, logs.events);",
  ])("is found where it is opened by %s", (text) => {
    expect(strangeLogs(new Map([["firmware/failures/leak.ts", text]]))).toHaveLength(1);
  });
});

/** Logs that are opened by anything but `logs.<name>` of storage's list. */
function strangeLogs(sources: SourceFiles): string[] {
  return [...sources]
    .filter(([path]) => !path.startsWith("firmware/legal/"))
    .flatMap(([path, text]) => {
      const opened = Array.from(
        text.matchAll(/(?:new MirroredLog\(|MirroredLog as|extends MirroredLog)\s*([^;]*)/g),
        ([, list = ""]) => list,
      );
      const isListed = /^import \{ logs \} from "\.\.\/storage\/logs\.js";$/m.test(text);
      return opened
        .filter((list) => !isListed || !/^[\w.#]+, logs\.\w+[,)]/.test(list))
        .map((list) => `${path}: ${list}`);
    });
}
