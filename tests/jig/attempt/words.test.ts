import { describe, expect, it } from "@jest/globals";

import { inWords } from "../../../jig/attempt/words.js";

describe("a name in words", () => {
  it.each([
    ["openPeakMilliamperes", "open peak milliamperes"],
    ["imeiCheckDigit", "IMEI check digit"],
    ["powerDbm", "power dBm"],
    ["headEndRestarts", "head-end restarts"],
    ["locked", "locked"],
  ])("%s is “%s”", (name, words) => {
    expect(inWords(name)).toBe(words);
  });
});
