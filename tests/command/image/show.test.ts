import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import { firmwareVersion } from "../../../firmware/readings/readings.js";
import { legalChecksum } from "../../../sim/run/legal-checksum.js";
import { Bench } from "../bench.js";
import { imageBytes, labelFor, signedBytes } from "./image-bytes.js";

const folder = mkdtempSync(join(tmpdir(), "tally-show-"));
const file = join(folder, "image.bin");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

function show(bytes: Buffer, options = ""): Promise<number> {
  writeFileSync(file, bytes);
  return bench.run(`image show ${file} ${options}`);
}

function row(name: string): string | undefined {
  return bench.output.lines
    .find((line) => line.startsWith(name))
    ?.slice(name.length)
    .trim();
}

describe("tally image show", () => {
  it("says what an image is", async () => {
    const bytes = imageBytes();
    expect(await show(bytes)).toBe(0);
    expect(row("chip")).toBe("ESP32-C6");
    expect(row("product")).toBe("water");
    expect(row("board")).toBe("esp32c6");
    expect(row("version")).toBe(firmwareVersion);
    expect(row("legal checksum")).toBe(legalChecksum());
    expect(row("size")).toBe(`${bytes.length} bytes, 2 segments`);
    expect(row("checksum")).toBe("right");
    expect(row("image hash")).toBe(bytes.toString("hex", bytes.length - 32));
    expect(row("signature")).toBe("none: not sealed");
    expect(row("descriptor")).toBe("xs_esp32 1.2, Nov 28 2026 08:09:10, ESP-IDF v6.0");
  });

  it("says that one is sealed, and by which key", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    expect(await show(signedBytes(imageBytes(), privateKey, publicKey))).toBe(0);
    expect(row("signature")).toMatch(/^RSA-3072, right; key [0-9a-f]{64}$/);
  });

  it("ends with 1 for one that is damaged", async () => {
    const bytes = imageBytes();
    bytes.writeUInt8(7, 200);
    expect(await show(bytes)).toBe(1);
    expect(row("checksum")).toBe("WRONG: the image is damaged");
  });

  it.each([
    ["a signature that is cut off by a byte", (sealed: Buffer) => sealed.subarray(0, sealed.length - 1)],
    ["a signature of which a byte is left", (sealed: Buffer) => sealed.subarray(0, sealed.length - 4095)],
    ["something behind it", (sealed: Buffer) => Buffer.concat([sealed, Buffer.alloc(16)])],
    ["no signature where one stands", (sealed: Buffer) => sealed.fill(0xff, sealed.length - 4096)],
  ])("ends with 1 for one with %s", async (_, spoil) => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    expect(await show(spoil(signedBytes(imageBytes(), privateKey, publicKey)))).toBe(1);
    expect(row("signature")).toMatch(/^WRONG: /);
  });

  it("takes one for the board and the product that it must be for", async () => {
    expect(await show(imageBytes(), "--board esp32c6 --product water")).toBe(0);
  });

  it.each([
    [
      "another board",
      imageBytes(),
      "--board esp32c3",
      /is for board esp32c6, not for esp32c3: build it with/,
    ],
    [
      "another product",
      imageBytes(),
      "--product gas",
      /is of a water meter, not of a gas meter: build it with/,
    ],
    ["an unknown board", imageBytes(), "--board esp8266", /unknown board "esp8266"; known: esp32/],
    [
      "somebody else's image",
      imageBytes({ label: "" }),
      "",
      /image\.bin has no label of Tally: give an image/,
    ],
    [
      "a label of another chip's board",
      imageBytes({ chipNumber: 9 }),
      "",
      /is for chip ESP32-S3, though its label names board esp32c6: build it with/,
    ],
    [
      "a label that stands behind the image",
      Buffer.concat([imageBytes({ label: "" }), Buffer.from(labelFor("water", "esp32c6"))]),
      "",
      /has no label of Tally/,
    ],
    ["something else", Buffer.from("text"), "", /image\.bin is no image: it does not begin with 0xE9$/],
    ["half an image", imageBytes().subarray(0, 300), "", /image\.bin is cut off/],
  ])("refuses %s in one line with 2", async (_, bytes, options, message) => {
    expect(await show(bytes, options)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.lines[0]).toMatch(message);
    expect(bench.output.text).toBe("");
  });

  it("names a file that is not there", async () => {
    expect(await bench.run("image show /nowhere.bin")).toBe(2);
    expect(bench.errors.lines).toEqual(["error: /nowhere.bin: there is no such file; check the path"]);
  });

  it("finds a label among bytes that are no text", async () => {
    expect(await show(imageBytes({ label: `\xff\xfe${labelFor("gas", "esp32c6")}\x80` }))).toBe(0);
    expect(row("product")).toBe("gas");
  });
});
