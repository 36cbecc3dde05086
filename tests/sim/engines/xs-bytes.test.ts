import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import ts from "typescript";
import {
  areEqual,
  crc32,
  isBlank,
  lineEndOf,
  printableText,
  putText,
  readUnsigned,
  writeUnsigned,
} from "../../../hal/base/bytes.js";
import type { ProcessEngine } from "../../../sim/engines/process/process-engine.js";
import { createXsEngine } from "../../../sim/engines/xs/xs-engine.js";
import { ProcessFixture } from "./process-fixture.js";

fc.configureGlobal({ seed: 419 });

const fixture = new ProcessFixture(createXsEngine);
let engine: ProcessEngine;
/** What the module inside XS is given, and its answers as one array. */
let given: readonly Uint8Array[] = [];

/** Calls every native with what it asks for by operation 1 and up, and answers by operation 10. */
const root = `
import * as natives from "./hal/base/bytes.js";
const { areEqual, crc32, isBlank, readUnsigned, writeUnsigned } = natives;
const take = (index) => boundaryCall(1 + index, 0, 0, 0, undefined);
const tell = (value) => boundaryCall(10, value, 0, 0, undefined);
export default function (event, ticks, offset, byteLength) {
  if (event === 1) return;
  const bytes = take(0), other = take(1), view = bytes.subarray(1);
  tell(crc32(bytes, bytes.length));
  tell(crc32(view, view.length));
  tell(crc32(bytes, byteLength, offset));
  tell(natives.lineEndOf(bytes, offset));
  tell(isBlank(bytes) ? 1 : 0);
  tell(areEqual(bytes, other) ? 1 : 0);
  const value = readUnsigned(bytes, offset, byteLength);
  tell(value);
  writeUnsigned(other, offset, byteLength, value);
  const digits = natives.encodeHexadecimal(bytes), again = new Uint8Array(bytes.length);
  tell(natives.putHexadecimal(again, digits.toLowerCase()) && areEqual(bytes, again) ? 1 : 0);
  tell(natives.putHexadecimal(again, "0g" + digits.slice(2)) ? 1 : 0);
  tell(natives.putHexadecimal(again, digits + "0") ? 1 : 0);
  boundaryCall(14, 0, 0, 0, digits);
  const text = natives.printableText(bytes, 1, bytes.length - 1), copy = new Uint8Array(text.length + 2);
  natives.putText(copy, 2, text);
  boundaryCall(15, 0, 0, 0, copy);
  boundaryCall(13, 0, 0, 0, other);
}`;

beforeAll(async () => {
  const source = readFileSync("sim/engines/process/bytes.ts", "utf8");
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  engine = await fixture.load({ "root.js": root, "sim/engines/process/bytes.js": outputText });
  engine.wake(0);
});
afterAll(() => {
  fixture.close();
});

function answers(bytes: Uint8Array, other: Uint8Array, offset: number, byteLength: number): unknown[] {
  fixture.calls.length = 0;
  given = [bytes, other];
  fixture.answer = ({ operation }) => given[operation - 1];
  engine.deliver(2, 0, offset, byteLength);
  expect(fixture.panic).toBeUndefined();
  const told = fixture.calls.filter(({ operation }) => operation === 10).map(({ a }) => a);
  const content = fixture.calls.filter(({ operation }) => operation > 12).map((call) => call.bytes);
  return [...told, ...content.map((each) => each && Buffer.from(each).toString("hex"))];
}

function expected(bytes: Uint8Array, other: Uint8Array, offset: number, byteLength: number): unknown[] {
  const view = bytes.subarray(1);
  const written = other.slice();
  const text = printableText(bytes, 1, bytes.length - 1);
  const copy = new Uint8Array(text.length + 2);
  putText(copy, 2, text);
  const value = readUnsigned(bytes, offset, byteLength);
  writeUnsigned(written, offset, byteLength, value);
  return [
    crc32(bytes, bytes.length),
    crc32(view, view.length),
    crc32(bytes, byteLength, offset),
    lineEndOf(bytes, offset),
    isBlank(bytes) ? 1 : 0,
    areEqual(bytes, other) ? 1 : 0,
    value,
    ...[1, 0, 0],
    ...[Buffer.from(Buffer.from(bytes).toString("hex").toUpperCase()), copy, written].map((each) =>
      Buffer.from(each).toString("hex"),
    ),
  ];
}

/** Every second byte is 0xFF, for blank ones to come up, and every sixth ends a line. */
const byte = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0xff) },
  { weight: 1, arbitrary: fc.constantFrom(0x0a, 0x0d) },
  { weight: 2, arbitrary: fc.nat(0xff) },
);

describe("the bytes of the HAL in native code", () => {
  it("compile without a warning", () => {
    const warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];
    execFileSync("cc", ["-std=c11", "-fsyntax-only", ...warnings, "hal/core/byte-operations.c"]);
  });

  it("give the same as their reference for any bytes", () => {
    fc.assert(
      fc.property(
        fc.array(byte, { minLength: 9, maxLength: 64 }),
        fc.array(byte, { minLength: 9, maxLength: 64 }),
        fc.boolean(),
        fc.nat(2),
        fc.integer({ min: 1, max: 6 }),
        (first, second, isSame, offset, byteLength) => {
          const bytes = Uint8Array.from(first);
          const other = isSame ? bytes.slice() : Uint8Array.from(second);
          expect(answers(bytes, other, offset, byteLength)).toEqual(
            expected(bytes, other, offset, byteLength),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it("know erased flash", () => {
    const blank = new Uint8Array(32).fill(0xff);
    expect(answers(blank, blank.slice(), 0, 4)).toEqual(expected(blank, blank, 0, 4));
    expect(isBlank(blank)).toBe(true);
  });

  it("hold integers exactly up to 2^53", () => {
    const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0, 0, 0);
    expect(readUnsigned(bytes, 0, 7)).toBe(Number.MAX_SAFE_INTEGER);
    expect(answers(bytes, new Uint8Array(10), 0, 7)).toEqual(expected(bytes, new Uint8Array(10), 0, 7));
  });

  it("refuse an integer that does not lie in the buffer", () => {
    given = [new Uint8Array(9), new Uint8Array(9)];
    engine.deliver(2, 0, 6, 4);
    expect(fixture.panic).toMatch(/^unhandled exception: RangeError: .*outside the buffer/);
    engine.wake(0);
  });
});
