export default {
  preset: "ts-jest/presets/default-esm",
  testEnvironment: "node",
  globalSetup: "<rootDir>/tests/setup/build.ts",
  roots: ["<rootDir>/tests"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "^.+\\.ts$": ["ts-jest", { useESM: true, diagnostics: false }] },
};
