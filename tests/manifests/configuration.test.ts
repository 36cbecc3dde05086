import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { chips } from "../../hal/esp32/chips.js";
import { boards } from "../../manifests/boards/boards.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

const manifests = join(projectFolder(), "manifests");

function optionsIn(...path: string[]): Map<string, string> {
  const file = join(manifests, ...path);
  const lines = readFileSync(file, "utf8").split("\n");
  const options = new Map<string, string>();
  for (const line of lines.filter((each) => each !== "" && !each.startsWith("#"))) {
    const [, name = "", value = ""] = /^(CONFIG_[A-Z0-9_]+)=(\S+)$/.exec(line) ?? [];
    expect([file, line, name]).not.toEqual([file, line, ""]);
    expect([file, name, options.has(name)]).toEqual([file, name, false]);
    options.set(name, value);
  }
  return options;
}

describe.each(boards)("the configuration of $name", ({ name, wiring }) => {
  const options = optionsIn("boards", name, "sdkconfig.defaults");

  it.each([
    "CONFIG_ESP_INT_WDT",
    "CONFIG_ESP_TASK_WDT_EN",
    "CONFIG_ESP_TASK_WDT_INIT",
    "CONFIG_ESP_TASK_WDT_PANIC",
    "CONFIG_BOOTLOADER_WDT_ENABLE",
    "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE",
    "CONFIG_ESP_BROWNOUT_DET",
    "CONFIG_PARTITION_TABLE_CUSTOM",
  ])("has %s on", (option) => {
    expect(options.get(option)).toBe("y");
  });

  it("has what the native modules are compiled with", () => {
    const missing = chips[name].configuration.filter((line) => {
      const [option = "", value] = line.split("=");
      return options.get(option) !== value;
    });
    expect(missing).toEqual([]);
  });

  it("has no image started unchecked after power came", () => {
    expect(options.get("CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS")).toBe("n");
  });

  it("runs its clock on a crystal where the board has one", () => {
    const hasCrystal = wiring.reserved.some(({ use }) => use === "32 kHz crystal");
    expect(options.get("CONFIG_RTC_CLK_SRC_EXT_CRYS")).toBe(hasCrystal ? "y" : undefined);
  });

  it("leaves what seals a chip to production", () => {
    expect([...options.keys()].filter((option) => option.startsWith("CONFIG_SECURE"))).toEqual([]);
  });
});

it.each([
  ["esp32s3", "CONFIG_ULP_COPROC_TYPE_RISCV"],
  ["esp32c6", "CONFIG_ULP_COPROC_TYPE_LP_CORE"],
] as const)("%s keeps memory for the coprocessor that counts", (name, type) => {
  const options = optionsIn("boards", name, "sdkconfig.defaults");
  expect(options.get("CONFIG_ULP_COPROC_ENABLED")).toBe("y");
  expect(options.get(type)).toBe("y");
  expect(Number(options.get("CONFIG_ULP_COPROC_RESERVE_MEM"))).toBeGreaterThanOrEqual(4096);
});

describe("the configuration of production", () => {
  const options = optionsIn("production", "sdkconfig.defaults");

  it.each([
    ["CONFIG_SECURE_BOOT", "y"],
    ["CONFIG_SECURE_BOOT_V2_ENABLED", "y"],
    ["CONFIG_SECURE_FLASH_ENC_ENABLED", "y"],
    ["CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE", "y"],
    ["CONFIG_SECURE_BOOT_INSECURE", "n"],
    ["CONFIG_SECURE_BOOT_ALLOW_JTAG", "n"],
    ["CONFIG_SECURE_DISABLE_ROM_DL_MODE", "y"],
    ["CONFIG_BOOTLOADER_SKIP_VALIDATE_IN_DEEP_SLEEP", "n"],
  ])("has %s=%s", (option, value) => {
    expect(options.get(option)).toBe(value);
  });

  it("names no key", () => {
    expect(options.has("CONFIG_SECURE_BOOT_SIGNING_KEY")).toBe(false);
  });

  it("has parts of a chip's own for known boards only", () => {
    const own = boards.filter(({ name }) => existsSync(join(manifests, "production", `${name}.defaults`)));
    expect(own.map(({ name }) => name)).toEqual(["esp32"]);
    expect(optionsIn("production", "esp32.defaults").get("CONFIG_ESP32_REV_MIN_3")).toBe("y");
  });
});
