import { mostCalibrations } from "../../firmware/legal/calibration.js";
import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { commands } from "../../firmware/contracts/service-commands.js";
import { openLine } from "../../firmware/contracts/service-line.js";
import type { Parameter } from "../../firmware/contracts/service-parameters.js";
import * as protocol from "../../firmware/contracts/service-protocol.js";
import { readRequest } from "../../firmware/local/service-port/request.js";
import { crc16 } from "../../hal/base/crc16.js";
import { Compiler, type Member } from "../compiler.js";
import { ScriptSource } from "../structure/sources/script-source.js";
import { codeIn, Markdown } from "./markdown.js";

const page = new Markdown("docs/service-port.md");
const levels = ["open", "authenticated", "production"];

/** A parameter as the page has it. */
function described(parameter: Parameter): string {
  const name = `\`${parameter.name}\`: `;
  switch (parameter.type) {
    case "integer":
      return `${name}${parameter.lowest} to ${parameter.highest}`;
    case "text":
      return `${name}text of 1 to ${parameter.longest} characters`;
    case "hexadecimal":
      return `${name}${2 * parameter.byteLength} hexadecimal digits`;
    case "choice":
      return name + parameter.choices.map((each) => `\`${each}\``).join(" or ");
  }
}

/** The page's text in one line, so that a sentence can be looked for however it is broken. */
function prose(heading: string): string {
  return page.section(heading).replace(/\s+/g, " ");
}

describe("the page of the service port", () => {
  it("lists every command with its level and its parameters", () => {
    const listed = page.rows("## Commands").map((row) => row.slice(0, 3));
    expect(listed).toEqual(
      commands.map(({ name, level, parameters }) => [
        `\`${name}\``,
        level,
        parameters.length === 0 ? "none" : parameters.map(described).join("; "),
      ]),
    );
  });

  it("lists every error with its code", () => {
    const listed = page.rows("### Errors").map(([code, name = ""]) => [codeIn(name)[0], Number(code)]);
    expect(listed).toEqual(Object.entries(protocol.ErrorCode));
  });

  it("names no error among a command's own that there is not", () => {
    for (const { name } of commands) {
      const [, errors = ""] = page.section(`### \`${name}\``).split("Errors: ");
      const named = codeIn(errors).filter((word) => /^[a-z]+[A-Z]|^locked$/.test(word));
      expect(Object.keys(protocol.ErrorCode)).toEqual(expect.arrayContaining(named));
    }
  });

  it("lists the levels", () => {
    expect(page.rows("## Levels").map(([level = ""]) => codeIn(level)[0])).toEqual(levels);
  });

  it("gives a time for requests that there are", () => {
    const named = page.rows("## Messages").flatMap(([requests = ""]) => codeIn(requests));
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
  });
});

describe("the results on the page", () => {
  let results: ReadonlyMap<string, readonly Member[]>;
  beforeAll(() => {
    const contract = "./firmware/contracts/service-commands.js";
    const types = commands.map(
      ({ name }) => `export type ${name} = import("${contract}").ResultOf<"${name}">;\n`,
    );
    results = new Compiler().members(types.join(""));
  });

  it.each(commands.map(({ name }) => name))("of %s have its members, in order", (name) => {
    const rows = page.rows(`### \`${name}\``);
    const members = results.get(name) ?? [];
    expect(rows.map(([member = ""]) => codeIn(member)[0])).toEqual(members.map((member) => member.name));
    for (const [index, { words }] of members.entries())
      if (words.length > 0) expect(codeIn(rows[index]?.[1] ?? "").sort()).toEqual([...words].sort());
  });
});

describe("the examples on the page", () => {
  const lines = page.codeLines.filter((line) => line.startsWith("{"));

  it("are requests with right check digits", () => {
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const message = openLine(line);
      expect([line, message]).toEqual([line, expect.any(String)]);
      expect(readRequest(message ?? "").kind).toBe("request");
    }
  });

  it("compute the check digits step by step", () => {
    let crc = 0xffff;
    const steps = [crc];
    for (const byte of Buffer.from("{}")) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
      steps.push(crc);
    }
    steps.push(crc16(Buffer.from("{}"), 2));
    const digits = steps.map((step) => step.toString(16).toUpperCase().padStart(4, "0"));
    const listed = page.rows("## Lines").map(([, cell = ""]) => codeIn(cell)[0]);
    expect(listed).toEqual([...digits, `{}*${digits.at(-1)}`]);
    expect(prose("## Lines")).toContain("Of `123456789` it is 906E");
  });

  it.each([
    ["### A session: `challenge`, `authenticate`", "response"],
    ["### A token: `unlock`", "token"],
  ])("compute the HMAC: %s", (heading, result) => {
    const section = page.section(heading);
    const given = (name: string): string => new RegExp(`^${name} +(\\w+)$`, "m").exec(section)?.[1] ?? "";
    const counter = Buffer.alloc(4);
    counter.writeUInt32LE(Number(given("counter")));
    const message =
      result === "token"
        ? [protocol.unlockLabel + given("hardwareId"), counter]
        : [protocol.authenticationLabel + given("hardwareId"), Buffer.from(given("challenge"), "hex")];
    const hmac = createHmac("sha256", Buffer.from(given("(?:service|unlock) key"), "hex"));
    for (const part of message) hmac.update(part);
    expect(given(result)).toBe(hmac.digest("hex"));
    // The table of bytes begins with the label, then has the hardware id's twelve characters.
    const [label, id, rest] = page.rows(heading).map(([bytes = ""]) => bytes.split(" to ").map(Number));
    const [text, last] = message as [string, Buffer];
    expect(label).toEqual([0, text.length - 13]);
    expect(id).toEqual([text.length - 12, text.length - 1]);
    expect(rest).toEqual([text.length, text.length + last.length - 1]);
    expect(section.replace(/\s+/g, " ")).toContain(`over ${text.length + last.length} bytes`);
  });
});

describe("the figures on the page", () => {
  const port = new ScriptSource("firmware/local/service-port/service-port.ts");
  const access = new ScriptSource("firmware/local/access.ts");
  const budget = new ScriptSource("firmware/local/port-budget.ts");
  const drive = new ScriptSource("firmware/local/service-port/drive-commands.ts");
  const number = (source: ScriptSource, name: string): number => Number(source.constant(name));

  it.each([
    ["## The wires", `${protocol.baudRate} baud`],
    ["## Waking the meter", `closes ${number(port, "silentSeconds")} s after it opened`],
    ["## Waking the meter", `and ${protocol.idleSeconds} s after the last request or answer`],
    ["## Waking the meter", `after ${number(port, "longestVisitSeconds") / 60} minutes in any case`],
    ["## Waking the meter", `has ${number(budget, "mostMilliseconds") / 1000} s in all`],
    ["## Waking the meter", `of which ${3600 / number(budget, "refillMilliseconds")} s come back in an hour`],
    ["## Waking the meter", `with less than ${number(budget, "leastVisitMilliseconds") / 1000} s left`],
    ["## Waking the meter", `not begun with less than ${number(budget, "contactMilliseconds") / 1000} s`],
    ["## Waking the meter", `at most ${number(port, "mostUnaskedBytes")} bytes longer`],
    [
      "## Lines",
      `at most ${protocol.requestLength} characters to the meter and ${protocol.responseLength} from`,
    ],
    ["### Notifications", `the same length, ${number(port, "windowLineLength")} characters`],
    ["### Notifications", `the version of this page, ${protocol.protocolVersion} |`],
    ["### `identify`", `version of this page, ${protocol.protocolVersion} |`],
    ["### A session: `challenge`, `authenticate`", `answer it within ${protocol.challengeSeconds} s`],
    ["### A session: `challenge`, `authenticate`", `until ${protocol.sessionSeconds} s have passed`],
    ["### A token: `unlock`", `for ${number(access, "unlockedSeconds")} s`],
    ["### Wrong responses and tokens", `a pause of ${number(access, "pauseSeconds")} s`],
    ["### `moveValve`", `at most ${number(drive, "mostSamples")} |`],
    ["### `moveValve`", `(${number(drive, "mostValveMoves")} moves since`],
    ["### `setSetting`", `calibrated ${mostCalibrations} times`],
    ["### `writeCalibration`", `calibrated ${mostCalibrations} times`],
  ])("%s: %s", (heading, sentence) => {
    expect(prose(heading)).toContain(sentence);
  });

  it("count the wrong responses that cost nothing", () => {
    expect(number(access, "freeFailures")).toBe(3);
    expect(prose("### Wrong responses and tokens")).toContain("After the third wrong one in a row");
  });
});
