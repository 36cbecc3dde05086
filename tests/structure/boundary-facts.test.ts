/** The simulator's boundary is written twice, in TypeScript and in the C of the engines' hosts: the two agree. */
import { describe, expect, it } from "@jest/globals";
import { baudRate } from "../../firmware/contracts/service-protocol.js";
import * as bytes from "../../hal/base/bytes.js";
import {
  DecoderOperation,
  fillingOperations,
  Operation,
  PortEvent,
  textOperations,
} from "../../sim/chip/boundary/port.js";
import { LinkHardware } from "../../sim/chip/hardware/hardware.js";
import { Link } from "../../sim/chip/boundary/link.js";
import { CSource } from "./sources/c-source.js";
import { ScriptSource } from "./sources/script-source.js";

const host = new CSource("sim/engines/program");
const processEngine = new ScriptSource("sim/engines/process/process-engine.ts");

/** `FLASH_READ` for `flashRead`. */
function inC(name: string): string {
  return name.replace(/[A-Z0-9]+/g, "_$&").toUpperCase();
}

/** What C calls an operation, by its number. */
const operationNames: ReadonlyMap<number, string> = new Map<number, string>([
  ...Object.entries(Operation).map(([name, number]) => [number, `OPERATION_${inC(name)}`] as const),
  ...Object.entries(DecoderOperation).map(
    ([name, number]) => [number, `OPERATION_PULSE_${inC(name)}`] as const,
  ),
]);

/** Those that only the transport and its two ends know. */
const transportOperations = ["OPERATION_IDLE", "OPERATION_PROFILE"];

describe("the operations of the boundary", () => {
  it("have no number twice", () => {
    const numbers = [...Object.values(Operation), ...Object.values(DecoderOperation)];
    expect(operationNames.size).toBe(numbers.length);
  });

  it("have the names and numbers in C that they have in TypeScript", () => {
    const inHost = host.names("OPERATION_").filter((name) => !transportOperations.includes(name));
    expect(inHost.length).toBeGreaterThan(10);
    expect(inHost.map((name) => operationNames.get(host.value(name)))).toEqual(inHost);
  });

  it("leave the transport's own numbers free", () => {
    for (const name of transportOperations) expect(operationNames.has(host.value(name))).toBe(false);
    expect(host.value("OPERATION_IDLE")).toBe(processEngine.constant("idleOperation"));
  });

  it.each([
    ["fillsBuffer", fillingOperations],
    ["tellsText", textOperations],
  ] as const)("%s in C for the same of them", (name, operations) => {
    const named = host.body(name).match(/OPERATION_\w+/g) ?? [];
    expect([...new Set(named)].sort()).toEqual(
      operations.map((operation) => operationNames.get(operation)).sort(),
    );
  });
});

describe("the frames between an engine and its host", () => {
  it("are as long on both sides", () => {
    expect(host.value("CALL_HEADER_BYTES")).toBe(processEngine.constant("callHeaderBytes"));
    expect(host.value("REPLY_HEADER_BYTES")).toBe(processEngine.constant("replyHeaderBytes"));
    expect(host.value("PORT_CONTENT_BYTES")).toBe(processEngine.constant("contentBytes"));
    const [, eventBytes] = /ReplyKind\.event, (\d+)\)/.exec(processEngine.text) ?? [];
    expect(host.value("EVENT_BYTES")).toBe(Number(eventBytes));
  });

  it("number the kinds of a reply alike", () => {
    const kinds = host.enumerators("replyKind").map((name) => [name, host.value(name)]);
    const listed = Object.entries(processEngine.constant("ReplyKind")).map(([name, kind]) => [
      `REPLY_${inC(name)}`,
      kind as number,
    ]);
    expect(kinds).toEqual(listed);
  });

  it("number the events alike that the host knows", () => {
    expect(host.names("EVENT_").filter((name) => name !== "EVENT_BYTES")).toEqual([
      "EVENT_WAKE",
      "EVENT_PROFILE",
    ]);
    expect(host.value("EVENT_WAKE")).toBe(PortEvent.wake);
    expect(host.value("EVENT_PROFILE")).toBe(processEngine.constant("profileEvent"));
    expect(Object.values(PortEvent)).not.toContain(host.value("EVENT_PROFILE"));
  });

  it("tell the costs of a run in the same order", () => {
    const read = [...processEngine.numbers("number(#)")].sort(([, one], [, other]) => one - other);
    const names = read.map(([name]) => name.replace(/^peak(.)/, (_, first: string) => first.toLowerCase()));
    expect(names).toEqual(host.fields("costs"));
    expect(read.map(([, place]) => place)).toEqual(names.map((_, index) => index));
  });

  it("hold as much of a panic's text", () => {
    const application = new ScriptSource("sim/chip/hardware/application.ts");
    expect(application.text).toContain(`Math.min(text.length, ${host.value("PANIC_TEXT_BYTES")})`);
  });
});

describe("the simulated board", () => {
  it("has its service port at the speed of the contract", () => {
    expect(new LinkHardware(new Link(() => undefined)).service.baud).toBe(baudRate);
  });
});

describe("what the image of an RV32 machine is linked with", () => {
  it("is what its C asks for", () => {
    const asked = new CSource("sim/engines/rv32/bare").text.matchAll(/^extern const char (\w+)\[\]/gm);
    const build = new ScriptSource("sim/engines/rv32/build-image.ts");
    const [, given = ""] = /const constants = \{([^}]*)\}/.exec(build.text) ?? [];
    const names = given.split(",").map((entry) => entry.split(":")[0]?.trim() ?? "");
    expect(names.filter((name) => name !== "").sort()).toEqual(Array.from(asked, ([, name]) => name).sort());
  });
});

describe("the natives that stand in for hal/base/bytes.ts", () => {
  const names = Object.keys(bytes).sort();

  it("are as many in the host, with as many parameters", () => {
    const defined = host.body("byteNativesDefine").matchAll(/define\(the, "(\w+)", \w+, (\d+)\)/g);
    const expected = Object.entries(bytes).map(([name, { length }]) => [name, String(length)]);
    expect(Array.from(defined, ([, name, length]) => [name, length]).sort()).toEqual(expected.sort());
  });

  it.each(["sim/engines/process/bytes.ts", "hal/esp32/bytes/bytes.js"])("are all exported by %s", (file) => {
    const exported = new ScriptSource(file).text.matchAll(/^export const (\w+) =/gm);
    expect(Array.from(exported, ([, name]) => name).sort()).toEqual(names);
  });
});
