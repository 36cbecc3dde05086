import { Command } from "commander";
import { describe, expect, it } from "@jest/globals";
import { requireOptionsFromNpm } from "../../../command/kit/given-options.js";

const flash = new Command("flash").option("--board <name>", "which").option("--dry-run", "nothing");

describe("options that npm keeps for itself", () => {
  it.each([
    ["flash", { npm_config_board: "esp32c6" }, "--board", "npm run flash -- --board <name>"],
    ["flash", { npm_config_dry_run: "true" }, "--dry-run", "npm run flash -- --dry-run"],
    ["start", { npm_config_board: "esp32c6" }, "--board", "npm start -- --board <name>"],
  ])("are told, with the -- that is wanting: %s %j", (script, settings, option, call) => {
    expect(() => {
      requireOptionsFromNpm(flash, { npm_lifecycle_event: script, ...settings });
    }).toThrow(`npm has kept ${option} for itself: put -- before the options, as in \`${call}\``);
  });

  it.each([
    ["of another script", { npm_lifecycle_event: "jest", npm_config_board: "esp32c6" }],
    ["that are none of ours", { npm_lifecycle_event: "flash", npm_config_user_agent: "npm" }],
    ["where npm runs nothing", { npm_config_board: "esp32c6" }],
  ])("are no hindrance %s", (_, environment) => {
    expect(() => {
      requireOptionsFromNpm(flash, environment);
    }).not.toThrow();
  });
});
