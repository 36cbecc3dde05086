/** Each error that a function of ESP-IDF returns is looked at, or stands here with the reason why nothing follows from it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";

const refusedBefore = "fails only for a pin that was refused as its line was opened";

/** Why nobody reads an error, by the file and the functions. */
const reasons: readonly (readonly [file: string, functions: string, why: string])[] = [
  [
    "analog/analog.c",
    "adc_cali_delete_scheme_curve_fitting adc_cali_delete_scheme_line_fitting adc_oneshot_del_unit",
    "fails only for what was not there",
  ],
  ["boot/boot.c", "esp_ota_mark_app_invalid_rollback_and_reboot", "returns only when it has failed"],
  [
    "digital/digital.c",
    "gpio_set_level gpio_set_direction gpio_set_pull_mode gpio_func_sel gpio_set_intr_type gpio_intr_enable gpio_intr_disable",
    refusedBefore,
  ],
  [
    "digital/digital.c",
    "gpio_install_isr_service",
    "fails where somebody else has installed it; handlers can't be added otherwise",
  ],
  ["digital/digital.c", "gpio_isr_handler_remove", "fails only where there is no handler"],
  ["failure/failure.c", "esp_register_shutdown_handler", "a failure is told with less of its reason"],
  ["fuses/fuses.c", "esp_efuse_write_block", "what was burnt is read"],
  [
    "low-power/core-engine.c",
    "rtc_gpio_init rtc_gpio_set_direction rtc_gpio_pullup_en rtc_gpio_pullup_dis rtc_gpio_pulldown_dis",
    refusedBefore,
  ],
  [
    "low-power/stub-engine.c",
    "rtc_gpio_init rtc_gpio_set_direction rtc_gpio_pullup_en rtc_gpio_pullup_dis rtc_gpio_pulldown_dis rtc_gpio_hold_dis",
    refusedBefore,
  ],
  ["low-power/stub-engine.c", "gpio_wakeup_disable", "fails only for a pin that could wake nobody"],
  ["low-power/core-engine.c", "esp_light_sleep_start", "refused when there is something to wake for"],
  ["low-power/stub-engine.c", "esp_light_sleep_start", "refused when there is something to wake for"],
  ["low-power/core-engine.c", "esp_sleep_disable_wakeup_source", "fails only for a source that is off"],
  ["low-power/stub-engine.c", "esp_sleep_disable_wakeup_source", "fails only for a source that is off"],
  ["low-power/stub-engine.c", "esp_timer_stop", "fails only for a timer that stands still"],
  ["serial/serial.c", "gpio_func_sel", refusedBefore],
  ["serial/serial.c", "uart_driver_delete", "fails only for a driver that is not there"],
  ["serial/serial.c", "uart_wait_tx_done", "what has not gone by then never will"],
];

const folder = join(projectFolder(), "hal", "esp32");
const { TALLY_CHIP_PLANTED: planted = projectFolder() } = process.env;

/** Without comments and the preprocessor's lines; a planted bug stands in the place of the file. */
function textOf(path: string, name: string): string {
  const other = join(planted, "hal", "esp32", name);
  return readFileSync(existsSync(other) ? other : join(path, name), "utf8").replace(
    /\/\*[^]*?\*\/|^#.*$/gm,
    "",
  );
}

function filesIn(path: string, ending: string): string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** As the double of ESP-IDF declares them. */
function functionsThatFail(): string[] {
  const headers = join(projectFolder(), "sim", "engines", "chip", "double", "include");
  return filesIn(headers, ".h").flatMap((name) =>
    [...textOf(headers, name).matchAll(/^esp_err_t (\w+)\(/gm)].map(([, declared = ""]) => declared),
  );
}

/** Calls that are statements of their own. */
function callsUnread(): string[] {
  const names = functionsThatFail();
  return filesIn(folder, ".c").flatMap((file) => {
    const text = textOf(folder, file);
    return names
      .filter((name) => new RegExp(`(?:[;{})]|\\belse)\\s*${name}\\(`).test(text))
      .map((name) => `${file} ${name}`);
  });
}

it("each error is read, or has its reason here", () => {
  const listed = reasons.flatMap(([file, functions]) =>
    functions.split(" ").map((name) => `${file} ${name}`),
  );
  expect([...new Set(callsUnread())].sort()).toEqual(listed.sort());
});
