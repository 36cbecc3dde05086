import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { AtLineSplitter, longestLine } from "../../../../drivers/nb-iot/at/lines.js";

const unsolicited = ["+CEREG:", "+QIURC:"];

describe("the modem's bytes", () => {
  it("are cut at line ends of every kind", () => {
    expect(linesOf("AT\r\r\nOK\r\n\r\nRDY\n")).toEqual(["AT", "OK", "RDY"]);
  });

  it("lose whatever is not printable", () => {
    expect(linesOf("\x00\xff\x7fOK\r\n")).toEqual(["OK"]);
  });

  it("give up an unsolicited line that is glued behind OK", () => {
    expect(linesOf('OK+QIURC: "recv",0\r\n')).toEqual(["OK", '+QIURC: "recv",0']);
  });

  it.each([
    ["+CEREG: 0OK", ["+CEREG: 0", "OK"]],
    ['+QIURC: "recv",0ERROR', ['+QIURC: "recv",0', "ERROR"]],
    ["+CEREG: 1SEND OK", ["+CEREG: 1", "SEND OK"]],
    ["+CEREG: 0OK+CEREG: 1", ["+CEREG: 0", "OK", "+CEREG: 1"]],
    ["+CEREG: OK", ["+CEREG: OK"]],
    ["+CSQ: 20,99OK", ["+CSQ: 20,99OK"]],
  ])("give up the end of a command that is glued behind an unsolicited line: %s", (text, lines) => {
    expect(linesOf(`${text}\r\n`)).toEqual(lines);
  });

  it("give up two lines glued behind a response", () => {
    expect(linesOf('+CSQ: 20,99+CEREG: 1+QIURC: "recv",0\r\n')).toEqual([
      "+CSQ: 20,99",
      "+CEREG: 1",
      '+QIURC: "recv",0',
    ]);
  });

  it("give up an unsolicited line in the middle of a quoted string", () => {
    expect(linesOf('+QIRD: 4,0,"3132\r\n+QIURC: "recv",0\r\n3334"\r\nOK\r\n')).toEqual([
      '+QIURC: "recv",0',
      '+QIRD: 4,0,"31323334"',
      "OK",
    ]);
  });

  it("keep a string that never ends apart from what follows", () => {
    expect(linesOf('+QIRD: 4,0,"3132\r\nOK\r\n')).toEqual(['+QIRD: 4,0,"3132', "OK"]);
  });

  it("make no line that is too long", () => {
    expect(linesOf(`${"x".repeat(longestLine)}\r\n`)).toEqual(["x".repeat(longestLine)]);
    expect(linesOf(`${"x".repeat(longestLine + 1)}\r\nOK\r\n`)).toEqual(["OK"]);
  });

  it("give the same lines however they are cut into reads", () => {
    const text = 'AT+QIRD=0,512\r\r\n+QIRD: 4,0,"31\r\n+CEREG: 1\r\n323334"\r\n\r\nOK+QIURC: "recv",0\r\n';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (length) => {
        expect(linesOf(text, length)).toEqual(linesOf(text));
      }),
      { seed: 660 },
    );
  });

  it("may be any garbage, and every line stays within its bound", () => {
    const noise = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom("\r\n", "OK\r\n", '+QIRD: 4,0,"31', "+CEREG: 1", '"', "\r\nABCDEF\r\n").map(bytesOf),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(noise, (pieces) => {
        const splitter = new AtLineSplitter(unsolicited, {
          takeLine: (line) => {
            expect(line.length).toBeLessThanOrEqual(longestLine);
            expect(line).toMatch(/^[\x20-\x7e]+$/);
          },
        });
        for (const piece of pieces) splitter.push(piece);
      }),
      { seed: 660 },
    );
  });
});

function linesOf(text: string, pieceLength = text.length): string[] {
  const lines: string[] = [];
  const splitter = new AtLineSplitter(unsolicited, { takeLine: (line) => lines.push(line) });
  const bytes = bytesOf(text);
  for (let start = 0; start < bytes.length; start += pieceLength)
    splitter.push(bytes.slice(start, start + pieceLength));
  return lines;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
