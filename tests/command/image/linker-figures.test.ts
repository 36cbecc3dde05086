import { describe, expect, it } from "@jest/globals";
import { readLinkerFigures } from "../../../command/image/linker-figures.js";
import { linkerText } from "./linker-text.js";

const figures = readLinkerFigures(linkerText);

describe("what the XS linker has made", () => {
  it("has slots of the heap and of the stack, and keys", () => {
    expect(figures).toMatchObject({ slots: 110, keys: 20, aliases: 7 });
  });

  it("has the bytecode in slots and that in arrays", () => {
    expect(figures.bytecodeBytes).toBe(3 + 29);
  });

  it("has each text once, with its zero", () => {
    expect(figures.textBytes).toBe("Math\0".length + 'a"\n?\0'.length + "manifests/main\0".length);
  });

  it("fills flash with all of that and with its tables", () => {
    const tables = 20 * (4 + 2) + (3 + 2) * 4 + (5 + 1) * 8;
    expect(figures.flashBytes).toBe(110 * 16 + 32 + figures.textBytes + tables);
  });

  it("has the machine that the manifest asks for", () => {
    expect(figures.machine).toEqual({ chunkBytes: 12_288, slots: 1600, stackSlots: 480 });
  });

  it("is not read from anything else", () => {
    expect(() => readLinkerFigures("int main;")).toThrow(
      /the XS linker writes other C than that of the SDK 8\.2/,
    );
  });
});
