import { describe, expect, it } from "@jest/globals";

import { findByTypedName, typedName } from "../../../command/kit/names.js";

describe("a name on the command line", () => {
  it.each([
    ["reportWindowSeconds", "report-window-seconds"],
    ["resets", "resets"],
    ["simLosses", "sim-losses"],
    ["headEndRestarts", "head-end-restarts"],
  ])("%s is typed as %s", (name, typed) => {
    expect(typedName(name)).toBe(typed);
  });

  it("is found as it is typed and as it is written in the code, and no other", () => {
    const names = ["powerCuts", "resets"] as const;
    expect(findByTypedName("power-cuts", names)).toBe("powerCuts");
    expect(findByTypedName("powerCuts", names)).toBe("powerCuts");
    expect(findByTypedName("power-cut", names)).toBeUndefined();
  });
});
