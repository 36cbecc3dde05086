import base from "./jest.config.js";

/** Mutation testing runs only what tests the mutated folders directly, and needs no build. */
const config = {
  ...base,
  roots: ["<rootDir>/tests/mutation"],
  testMatch: ["**/core.mutation.ts"],
  testEnvironment: "<rootDir>/tests/setup/mutation-environment.ts",
  moduleNameMapper: { ...base.moduleNameMapper, "^fast-check$": "<rootDir>/tests/setup/few-runs.ts" },
};
delete config.globalSetup;
export default config;
