import base from "./jest.config.js";

/** Mutation testing runs only what tests the mutated folders directly, and needs no build. */
const { globalSetup: _unused, ...rest } = base;
export default {
  ...rest,
  roots: ["<rootDir>/tests/firmware/storage", "<rootDir>/tests/firmware/metering"],
};
