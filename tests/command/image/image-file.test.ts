import { describe, expect, it } from "@jest/globals";
import { readImageFile } from "../../../command/image/image-file.js";
import { imageBytes, numbers } from "./image-bytes.js";

describe("an image", () => {
  it.each([
    [numbers.esp32, "ESP32"],
    [numbers.esp32c3, "ESP32-C3"],
    [numbers.esp32s3, "ESP32-S3"],
    [numbers.esp32c6, "ESP32-C6"],
    [2, "number 2"],
  ])("with chip number %i is for %s", (chipNumber, chip) => {
    expect(readImageFile(imageBytes({ chipNumber })).chip).toBe(chip);
  });

  it("has the length of all that its header tells of", () => {
    const bytes = imageBytes();
    const more = Buffer.concat([bytes, Buffer.alloc(100, 0xff)]);
    expect(readImageFile(more)).toMatchObject({ segments: 2, byteLength: bytes.length });
  });

  it("has its checksum and hash right", () => {
    const bytes = imageBytes();
    expect(readImageFile(bytes)).toMatchObject({
      isChecksumRight: true,
      isHashRight: true,
      hash: bytes.toString("hex", bytes.length - 32),
    });
  });

  it("with a changed byte has neither right", () => {
    const bytes = imageBytes();
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    expect(readImageFile(bytes)).toMatchObject({ isChecksumRight: false, isHashRight: false });
  });

  it("without a hash has none", () => {
    expect(readImageFile(imageBytes({ hasHash: false })).hash).toBeUndefined();
  });

  it("tells what ESP-IDF's build wrote of itself", () => {
    expect(readImageFile(imageBytes()).description).toEqual({
      project: "xs_esp32",
      version: "1.2",
      date: "Nov 28 2026",
      time: "08:09:10",
      idfVersion: "v6.0",
    });
  });
});

describe("what is no image", () => {
  it.each([
    ["text", Buffer.from("hello"), /is no image: it does not begin with 0xE9/],
    ["nothing", Buffer.alloc(0), /is no image/],
    ["a header alone", imageBytes().subarray(0, 24), /is cut off/],
    ["half a header", imageBytes().subarray(0, 12), /is cut off/],
    ["an image without its end", imageBytes().subarray(0, -1), /is cut off/],
    [
      "a header of no segments",
      Buffer.concat([Buffer.from([0xe9, 0]), Buffer.alloc(40)]),
      /tells of 0 segments/,
    ],
  ])("%s is told as that", (_, bytes, message) => {
    expect(() => readImageFile(bytes)).toThrow(message);
  });
});
