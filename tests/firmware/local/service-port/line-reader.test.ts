import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type LineEvent, LineReader } from "../../../../firmware/local/service-port/line-reader.js";
import { sealLine } from "../../../../firmware/contracts/service-line.js";
import { requestLength } from "../../../../firmware/contracts/service-protocol.js";

function read(...pieces: readonly (string | Uint8Array)[]): LineEvent[] {
  const events: LineEvent[] = [];
  const reader = new LineReader((line) => events.push(line));
  for (const piece of pieces) reader.push(Buffer.from(piece as string));
  return events;
}

describe("a line", () => {
  it.each(["\n", "\r", "\r\n", "\r\r\n\n"])("ends with %j, and empty lines are none", (end) => {
    expect(read(`${end}${sealLine("one")}${end}${sealLine("two")}${end}`)).toEqual([
      { kind: "message", message: "one" },
      { kind: "message", message: "two" },
    ]);
  });

  it("may come in any pieces", () => {
    const line = `${sealLine("identify")}\r\n`;
    expect(read(...line.split(""))).toEqual([{ kind: "message", message: "identify" }]);
  });

  it("is garbled when its check digits are wrong", () => {
    expect(read("identify*0000\n", `${sealLine("a")}\n`)).toEqual([
      { kind: "garbled" },
      { kind: "message", message: "a" },
    ]);
  });

  it("has its full length, and not one character more", () => {
    const longest = sealLine("x".repeat(requestLength - 5));
    expect(read(`${longest}\n`)).toEqual([{ kind: "message", message: "x".repeat(requestLength - 5) }]);
    expect(read(`${sealLine("x".repeat(requestLength - 4))}\n`, `${sealLine("a")}\n`)).toEqual([
      { kind: "too-long" },
      { kind: "message", message: "a" },
    ]);
  });

  it("is none after a loss of input, and the next one is", () => {
    const events: LineEvent[] = [];
    const reader = new LineReader((line) => events.push(line));
    reader.push(Buffer.from("ident"));
    reader.spoil();
    reader.push(Buffer.from(`ify*0000\n${sealLine("a")}\n`));
    expect(events.map(({ kind }) => kind)).toEqual(["too-long", "message"]);
  });

  it("comes out of noise only as it went in", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const messages = read(noise, `\n${sealLine("a")}\n`).filter(({ kind }) => kind === "message");
        expect(messages.at(-1)).toEqual({ kind: "message", message: "a" });
      }),
    );
  });
});
