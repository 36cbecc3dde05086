import { describe, it } from "@jest/globals";
import { missingRv32Tools } from "../sim/engines/rv32/tools.js";

const missing = await missingRv32Tools();

/** Tests that need RV32's compiler and emulator: where those are missing they fail in CI, and are skipped with the reason elsewhere. */
export function describeOnRv32(name: string, tests: () => void): void {
  if (missing === undefined) describe(name, tests);
  else
    describe(name, () => {
      const test = process.env["CI"] === "true" ? it : it.skip;
      test(`is not held here: ${missing}`, () => {
        throw new Error(missing);
      });
    });
}
