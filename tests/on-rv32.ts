import { missingRv32Tools } from "../sim/engines/rv32/tools.js";
import { describeWith, type Need } from "./setup/needs.js";

const rv32Tools: Need = { missing: await missingRv32Tools(), isInstalledByCi: true };

/** Tests that need RV32's compiler and emulator. */
export function describeOnRv32(name: string, tests: () => void): void {
  describeWith(rv32Tools, name, tests);
}
