import { describe, expect, it } from "@jest/globals";
import { FaultyFlash } from "../../../../sim/world/flash/faulty-flash.js";

describe("a copy of a flash", () => {
  it("shows the same, and neither changes the original nor sets a fault off", () => {
    const flash = new FaultyFlash("events", { byteLength: 8192 });
    flash.program(32, new Uint8Array(32).fill(0x5a));
    flash.onChange = () => {
      throw new Error("the power is gone");
    };
    const copy = flash.copy();
    const shown = new Uint8Array(32);
    copy.read(32, shown);
    expect(shown).toEqual(new Uint8Array(32).fill(0x5a));
    copy.program(64, new Uint8Array(32));
    expect(flash.nor.image.subarray(64, 96)).toEqual(new Uint8Array(32).fill(0xff));
  });
});
