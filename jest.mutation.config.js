import { join } from "node:path";
import base from "./jest.config.js";

/** Mutation testing runs only what tests the mutated folders directly, as one file, and needs no build. */
const config = {
  ...base,
  roots: ["<rootDir>/tests/mutation"],
  testMatch: ["**/core.mutation.ts"],
  testEnvironment: join(import.meta.dirname, "tests/mutation/first-failure-environment.cjs"),
  moduleNameMapper: { ...base.moduleNameMapper, "^fast-check$": "<rootDir>/tests/setup/few-runs.ts" },
};
delete config.globalSetup;
export default config;
