import { expect, it } from "@jest/globals";
import { branchCircles, circleText, fileCircles, folderCircles } from "./circles.js";
import { foreignNamesIn } from "./foreign-names.js";
import { importsIn } from "./imports.js";
import { roomTable } from "./room-table.js";
import { homelessFiles, wrongImports } from "./rooms.js";
import { filesUnder, findingText, type SourceFiles } from "./source-files.js";

/** What the rules say to these files, each of which is written as its lines. */
function told(planted: Readonly<Record<string, readonly string[]>>): string[] {
  const files: SourceFiles = new Map(
    Object.entries(planted).map(([path, lines]) => [path, lines.join("\n")]),
  );
  const imports = importsIn(files);
  const meter = filesUnder(files, "firmware", "drivers", "hal/base");
  return [
    ...homelessFiles(files, roomTable),
    ...[...wrongImports(imports, roomTable), ...foreignNamesIn(meter)].map(findingText),
    ...[fileCircles, folderCircles, branchCircles].flatMap((circles) => circles(imports).map(circleText)),
  ];
}

const meter = { "firmware/meter.ts": ["export class Meter {}"] };
const session = { "firmware/uplink/session.ts": ["export class Session {}"] };

it.each([
  [
    "an import of what stands above",
    { "drivers/valve-actuator/a.ts": ["", 'import { Meter } from "../../firmware/meter.js";'], ...meter },
    "drivers/valve-actuator/a.ts:2: drivers/valve-actuator may not import firmware/meter.ts: firmware/meter.ts",
  ],
  [
    "one maker's part that imports another's",
    {
      "drivers/nb-iot/sim7020/a.ts": ['import { Socket } from "../bc660k-gl/socket.js";'],
      "drivers/nb-iot/bc660k-gl/socket.ts": ["export class Socket {}"],
    },
    "drivers/nb-iot/sim7020/a.ts:1: drivers/nb-iot/sim7020 may not import drivers/nb-iot/bc660k-gl: drivers/nb-iot/bc660k-gl/socket.ts",
  ],
  [
    "a wrong import of a type alone",
    { "firmware/wire/a.ts": ['import type { Session } from "../uplink/session.js";'], ...session },
    "firmware/wire/a.ts:1: firmware/wire may not import firmware/uplink: firmware/uplink/session.ts",
  ],
  [
    "a wrong import in a type's place",
    { "firmware/wire/a.ts": ['type Session = import("../uplink/session.js").Session;'], ...session },
    "firmware/wire/a.ts:1: firmware/wire may not import firmware/uplink: firmware/uplink/session.ts",
  ],
  [
    "a wrong import that is made as the code runs",
    { "firmware/wire/a.ts": ["", "", "await import(`../uplink/session.js`);"], ...session },
    "firmware/wire/a.ts:3: firmware/wire may not import firmware/uplink: firmware/uplink/session.ts",
  ],
  [
    "a wrong import that is passed on",
    { "firmware/time/a.ts": ['export * from "../uplink/session.js";'], ...session },
    "firmware/time/a.ts:1: firmware/time may not import firmware/uplink: firmware/uplink/session.ts",
  ],
  [
    "a circle of files, of types alone",
    {
      "sim/kernel/a.ts": ['import type { B } from "./b.js";', "export type A = B;"],
      "sim/kernel/b.ts": ["export type B = C;", 'import type { C } from "./c.js";'],
      "sim/kernel/c.ts": ['import type { A } from "./a.js";', "export type C = A;"],
    },
    "sim/kernel/a, sim/kernel/b, sim/kernel/c need each other: sim/kernel/a.ts:1 imports sim/kernel/b.ts; sim/kernel/b.ts:2 imports sim/kernel/c.ts; sim/kernel/c.ts:1 imports sim/kernel/a.ts",
  ],
  [
    "a circle of folders in one room",
    {
      "sim/world/flash/a.ts": ['import { c } from "../valve/c.js";'],
      "sim/world/flash/b.ts": ["export const b = 1;"],
      "sim/world/valve/c.ts": ["export const c = 1;"],
      "sim/world/valve/d.ts": ['import { b } from "../flash/b.js";'],
    },
    "sim/world/flash, sim/world/valve need each other: sim/world/flash/a.ts:1 imports sim/world/valve/c.ts; sim/world/valve/d.ts:1 imports sim/world/flash/b.ts",
  ],
  [
    "a circle of a folder with what is below it",
    {
      "firmware/duties/all.ts": ['import { valve } from "./valve/valve.js";'],
      "firmware/duties/duty.ts": ["export type Duty = string;"],
      "firmware/duties/valve/valve.ts": [
        'import type { Duty } from "../duty.js";',
        "export const valve = 1;",
      ],
    },
    "firmware/duties, firmware/duties/valve need each other: firmware/duties/all.ts:1 imports firmware/duties/valve/valve.ts; firmware/duties/valve/valve.ts:1 imports firmware/duties/duty.ts",
  ],
  [
    "a circle of folders by what is below them",
    {
      "jig/ports/a/a.ts": ['import { c } from "../../meter/c/c.js";'],
      "jig/ports/b/b.ts": ["export const b = 1;"],
      "jig/meter/c/c.ts": ["export const c = 1;"],
      "jig/meter/d/d.ts": ['import { b } from "../../ports/b/b.js";'],
    },
    "jig/meter, jig/ports need each other: jig/meter/d/d.ts:1 imports jig/ports/b/b.ts; jig/ports/a/a.ts:1 imports jig/meter/c/c.ts",
  ],
  [
    "a circle of C",
    {
      "sim/engines/program/machine.c": ['#include "hooks.h"'],
      "sim/engines/program/machine.h": [""],
      "sim/engines/program/hooks.c": ['#include "hooks.h"', '#include "machine.h"'],
      "sim/engines/program/hooks.h": [""],
    },
    "sim/engines/program/hooks, sim/engines/program/machine need each other: sim/engines/program/hooks.c:2 imports sim/engines/program/machine.h; sim/engines/program/machine.c:1 imports sim/engines/program/hooks.h",
  ],
  ...[
    "<../../../sim/engines/program/machine.h>",
    '"../../../sim/engines/program/machine.h"',
    '"machine.h"',
  ].map((name): [string, Record<string, string[]>, string] => [
    `a native module that includes ${name}, which two folders have`,
    {
      "hal/esp32/power/power.c": [`#include ${name}`],
      "sim/engines/program/machine.h": [""],
      "sim/engines/chip/machine.h": [""],
    },
    "hal/esp32/power/power.c:1: hal/esp32 may not import sim/engines: sim/engines/program/machine.h",
  ]),
  [
    "a head-end that reads with the firmware's codec",
    {
      "sim/head-end/a.ts": ['import { decode } from "../../firmware/wire/cbor/decoder.js";'],
      "firmware/wire/cbor/decoder.ts": ["export function decode() {}"],
    },
    "sim/head-end/a.ts:1: sim/head-end may not import firmware/wire: firmware/wire/cbor/decoder.ts",
  ],
  [
    "a reach past the legal part's one class",
    {
      "firmware/duties/valve/a.ts": ['import { Register } from "../../legal/register/register.js";'],
      "firmware/legal/register/register.ts": ["export class Register {}"],
    },
    "firmware/duties/valve/a.ts:1: firmware/duties may not import firmware/legal: firmware/legal/register/register.ts",
  ],
  [
    "a witness that reads another file of the legal part than its own",
    {
      "sim/chaos/a.ts": ['import { Register } from "../../firmware/legal/register/register.js";'],
      "firmware/legal/register/register.ts": ["export class Register {}"],
    },
    "sim/chaos/a.ts:1: sim/chaos may not import firmware/legal: firmware/legal/register/register.ts",
  ],
  [
    "a legal part that needs the firmware outside itself",
    {
      "firmware/legal/metering.ts": ['import { EventLog } from "../events/event-log.js";'],
      "firmware/events/event-log.ts": ["export class EventLog {}"],
    },
    "firmware/legal/metering.ts:1: firmware/legal/metering.ts may not import firmware/events: firmware/events/event-log.ts",
  ],
  [
    "a native module that is not reached through the composition root",
    {
      "sim/chip/a.ts": ['import { ChipClock } from "../../hal/esp32/clock/clock.js";'],
      "hal/esp32/clock/clock.d.ts": ["export class ChipClock {}"],
    },
    "sim/chip/a.ts:1: sim/chip may not import hal/esp32: hal/esp32/clock/clock.d.ts",
  ],
  [
    "a clock of the host in a template",
    { "firmware/time/a.ts": ["const text = `it is", "${Date.now()}`;", "export default text;"] },
    "firmware/time/a.ts:2: the global Date is not the meter's to use",
  ],
  [
    "a folder that is in no line of the table",
    { "firmware/utilities/a.ts": [""] },
    "firmware/utilities/a.ts",
  ],
] as [string, Record<string, string[]>, string][])(
  "%s is told, with file, line and rule",
  (_, planted, rule) => {
    expect(told(planted)).toContain(rule);
  },
);

it.each([
  ["hal/esp32/power/power.c", "# include MACHINE", "MACHINE"],
  ["hal/esp32/power/power.c", "#/* a */import MACHINE", "MACHINE"],
  ["hal/esp32/power/power.c", '%: include \\\n  "machine.h"', "\\"],
  ["sim/run/a.ts", 'await import("./b" + ".js");', 'import("./b" + ".js")'],
])("a name that is put together in %s is no name: %s", (path, text, to) => {
  expect(importsIn(new Map([[path, text]]))).toMatchObject([{ line: 1, to, kind: "computed" }]);
});

it.each(["/tally/firmware/meter.js", "file:///tally/firmware/meter.js"])(
  "%s is no file of the project",
  (name) => {
    const planted = new Map([["sim/run/a.ts", `import { Meter } from "${name}";`]]);
    expect(importsIn(planted)).toMatchObject([{ to: name, kind: "missing" }]);
  },
);

it("a house in order is told nothing", () => {
  const planted = {
    "hal/clock.ts": ["export interface Clock { readonly nowTicks: number }"],
    "hal/base/text.ts": ["export const text = `a`;"],
    "drivers/nb-iot/at/chat.ts": [
      'import type { Clock } from "../../../hal/clock.js";',
      "export type Chat = Clock;",
    ],
    "drivers/nb-iot/bc660k-gl/socket.ts": [
      'import type { Chat } from "../at/chat.js";',
      "export type Socket = Chat;",
    ],
    "firmware/legal/metering.ts": [
      'import { text } from "../../hal/base/text.js";',
      "export const metering = text;",
    ],
    "firmware/local/port.ts": [
      'import { metering } from "../legal/metering.js";',
      "export const port = metering;",
    ],
  };
  expect(told(planted)).toEqual([]);
});
