import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const folder = "hal/esp32/low-power";

/** Which component of ESP-IDF 6.0 has a header; those that every component gets are left out. */
const owners: readonly (readonly [header: RegExp, component: string])[] = [
  [/^bootloader_common\.h$/, "bootloader_support"],
  [/^driver\/(gpio|rtc_io)\.h$/, "esp_driver_gpio"],
  [/^esp_rom_\w+\.h$/, "esp_rom"],
  [/^esp_timer\.h$/, "esp_timer"],
  [/^(esp_system|esp_private\/startup_internal)\.h$/, "esp_system"],
  [/^(esp_sleep|esp_wake_stub|esp_rtc_time|esp_private\/esp_clk|soc\/rtc)\.h$/, "esp_hw_support"],
  [/^hal\/rtc_timer_ll\.h$/, "esp_hal_rtc_timer"],
  [/^hal\/(gpio_ll|rtc_io_ll)\.h$/, "esp_hal_gpio"],
  [/^hal\/rtc_cntl_ll\.h$/, "esp_hal_pmu"],
  [/^ulp_\w+\.h$/, "ulp"],
];
const everywhere = /^(sdkconfig|esp_attr|esp_bit_defs|esp_err|soc\/soc_caps|freertos\/\w+)\.h$/;

/** What esp_hw_support requires publicly, and so passes on. */
const passedOn: Readonly<Record<string, readonly string[]>> = {
  esp_hw_support: ["esp_hal_gpio", "esp_hal_pmu"],
};

/** Made by the build, or standing beside the sources. */
const own = new Set([...readdirSync(folder), "pulse_program.h"]);

const sources = readdirSync(folder).filter((name) => /\.[ch]$/.test(name));
const required = Array.from(
  readFileSync(join(folder, "CMakeLists.txt"), "utf8").matchAll(
    /(?:set\(requires|list\(APPEND requires) ([\w ]+)\)/g,
  ),
  ([, names = ""]) => names.split(" "),
).flat();
const reachable = new Set(required.flatMap((name) => [name, ...(passedOn[name] ?? [])]));

describe("the component of what stays awake while the chip sleeps", () => {
  it.each(sources)("requires what has the headers of %s", (name) => {
    const headers = Array.from(
      readFileSync(join(folder, name), "utf8").matchAll(/^#include ["<]([\w/.]+\.h)[">]/gm),
      ([, header = ""]) => header,
    ).filter(
      (header) => !own.has(header) && !everywhere.test(header) && !/^(std|string)\w*\.h$/.test(header),
    );
    const unreachable = headers.filter((header) => {
      const owner = owners.find(([pattern]) => pattern.test(header))?.[1];
      return owner === undefined || !reachable.has(owner);
    });
    expect(unreachable.filter((header) => !header.includes("core/"))).toEqual([]);
  });
});
