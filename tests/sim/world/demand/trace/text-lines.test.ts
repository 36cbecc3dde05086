import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TextLines } from "../../../../../sim/world/demand/trace/text-lines.js";
import { complaintOf, readText } from "./trace-text.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lines-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function linesOf(text: string | Uint8Array): string[] {
  const path = join(folder, "trace.csv");
  writeFileSync(path, text);
  const file = new TextLines(path);
  try {
    return [...file.lines()].map((line) => line.text);
  } finally {
    file.close();
  }
}

describe("the lines of a text", () => {
  it.each(["\n", "\r\n", "\r"])(
    "are whole where a part of the file ends within one, or within its end %j",
    (end) => {
      const lines = Array.from({ length: 300_000 }, (_, index) => `${index};m³`);
      for (const before of ["", "a", "ab"]) {
        expect(linesOf([before, ...lines, ""].join(end)).slice(1)).toEqual(lines);
      }
    },
  );

  it.each([
    ["UTF-8 with a mark", Buffer.from("\ufeffm³\nb\n")],
    ["UTF-16 with a mark", Buffer.from("\ufeffm³\nb\n", "utf16le")],
    ["UTF-16 the other way round", Buffer.from("\ufeffm³\nb\n", "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from("m³\nb\n", "utf16le")],
    ["Windows-1252", Buffer.from("m³\nb\n", "latin1")],
  ])("are understood in %s", (_name, bytes) => {
    expect(linesOf(bytes)).toEqual(["m³", "b"]);
  });

  it("can be had again from the beginning", () => {
    const path = join(folder, "again.csv");
    writeFileSync(path, "a\nb");
    const file = new TextLines(path);
    expect([...file.lines()].map(({ number, isEnded }) => [number, isEnded])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect([...file.lines()].map(({ text }) => text)).toEqual(["a", "b"]);
    file.close();
    file.close();
  });

  it.each([
    ["PK\u0003\u0004", "is an Excel workbook or a ZIP; save its sheet as CSV, or unpack it"],
    ["\u001f\u008b", "is compressed (gzip); unpack it"],
    ["\u00d0\u00cf\u0011\u00e0", "is an Excel workbook; save its sheet as CSV"],
  ])("are none in what begins with %j", (beginning, complaint) => {
    expect(complaintOf(() => readText(Buffer.from(beginning, "latin1")))).toBe(complaint);
  });

  it("are refused where one doesn't end", () => {
    expect(complaintOf(() => readText("x".repeat(3_000_000)))).toBe(
      "line 1: the line doesn't end; a table of lines is needed",
    );
  });
});
