export default {
  preset: "ts-jest/presets/default-esm",
  testEnvironment: "node",
  // Whole runs of weeks take seconds; only a run that hangs reaches this.
  testTimeout: 120_000,
  globalSetup: "<rootDir>/tests/setup/build.ts",
  roots: ["<rootDir>/tests"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "^.+\\.ts$": ["ts-jest", { useESM: true, diagnostics: false }] },
};
