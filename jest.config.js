export default {
  preset: "ts-jest/presets/default-esm",
  testEnvironment: "<rootDir>/tests/setup/plain-globals-environment.cjs",
  // Whole runs of weeks take seconds; only a run that hangs reaches this.
  testTimeout: 120_000,
  globalSetup: "<rootDir>/tests/setup/build.ts",
  reporters: ["default", "<rootDir>/tests/setup/skipped-reporter.cjs"],
  roots: ["<rootDir>/tests"],
  // Jest itself would leave one of the cores idle, which is half of them on a small machine.
  maxWorkers: "100%",
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    "^fast-check$": "<rootDir>/tests/setup/property-runs.ts",
  },
  transform: { "^.+\\.ts$": ["ts-jest", { useESM: true, diagnostics: false }] },
};
