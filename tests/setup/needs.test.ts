import { describe, expect, it } from "@jest/globals";
import { mustBeThere } from "./needs.js";

describe("what a test needs and is missing", () => {
  const installed = { missing: "no tool", isInstalledByCi: true };
  const elsewhere = { missing: "no data", isInstalledByCi: false };

  it.each([undefined, "", "false"])("is passed over outside CI: CI=%s", (ci) => {
    expect(mustBeThere(installed, ci)).toBe(false);
    expect(mustBeThere(elsewhere, ci)).toBe(false);
  });

  it.each(["true", "1"])("is a failure in CI, unless CI has not got it either: CI=%s", (ci) => {
    expect(mustBeThere(installed, ci)).toBe(true);
    expect(mustBeThere(elsewhere, ci)).toBe(false);
  });
});
