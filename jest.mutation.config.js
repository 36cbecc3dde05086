import base from "./jest.config.js";

/** Mutation testing runs only what tests the mutated folders directly, and needs no build. */
const config = {
  ...base,
  roots: ["<rootDir>/tests/firmware/storage", "<rootDir>/tests/firmware/metering"],
  moduleNameMapper: { ...base.moduleNameMapper, "^fast-check$": "<rootDir>/tests/setup/few-runs.ts" },
};
delete config.globalSetup;
export default config;
