/** Where ESP-IDF has the headers that our C names, and that those who build it ask for these components. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { boards } from "../../../manifests/boards/boards.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { describeWith } from "../../setup/needs.js";
import { readManifest } from "../../manifests/manifest-tree.js";

/** The component that has each header, in ESP-IDF 6.0. */
const componentOf: Readonly<Record<string, string>> = {
  "app_update/include/esp_ota_ops.h": "app_update",
  "bootloader_common.h": "bootloader_support",
  "bootloader_random.h": "bootloader_support",
  "driver/gpio.h": "esp_driver_gpio",
  "driver/rtc_io.h": "esp_driver_gpio",
  "driver/uart.h": "esp_driver_uart",
  "driver/uart_select.h": "esp_driver_uart",
  "efuse/include/esp_efuse.h": "efuse",
  "esp_adc/adc_cali.h": "esp_adc",
  "esp_adc/adc_cali_scheme.h": "esp_adc",
  "esp_adc/adc_oneshot.h": "esp_adc",
  "esp_attr.h": "esp_common",
  "esp_bit_defs.h": "esp_common",
  "esp_err.h": "esp_common",
  "esp_intr_alloc.h": "esp_hw_support",
  "esp_mac.h": "esp_hw_support",
  "esp_partition.h": "esp_partition",
  "esp_private/cache_utils.h": "spi_flash",
  "esp_private/esp_clk.h": "esp_hw_support",
  "esp_private/gpio.h": "esp_driver_gpio",
  "esp_private/startup_internal.h": "esp_system",
  "esp_random.h": "esp_hw_support",
  "esp_rom_crc.h": "esp_rom",
  "esp_rom_sys.h": "esp_rom",
  "esp_rtc_time.h": "esp_hw_support",
  "esp_sleep.h": "esp_hw_support",
  "esp_system.h": "esp_system",
  "esp_task_wdt.h": "esp_system",
  "esp_timer.h": "esp_timer",
  "esp_wake_stub.h": "esp_hw_support",
  "hal/gpio_ll.h": "esp_hal_gpio",
  "hal/rtc_cntl_ll.h": "esp_hal_pmu",
  "hal/rtc_io_ll.h": "esp_hal_gpio",
  "hal/rtc_timer_ll.h": "esp_hal_rtc_timer",
  "soc/rtc.h": "esp_hw_support",
  "soc/soc_caps.h": "soc",
  "ulp_lp_core.h": "ulp",
  "ulp_lp_core_gpio.h": "ulp",
  "ulp_lp_core_utils.h": "ulp",
  "ulp_riscv.h": "ulp",
  "ulp_riscv_gpio.h": "ulp",
  "ulp_riscv_utils.h": "ulp",
};

/** Of the C language, of the Moddable SDK, and what the builds make themselves. */
const others =
  /^<.*>$|^(xs|xsAll|xsHost|xsmc|builtinCommon|modTimer|mc\.defines|sdkconfig|pulse_program)\.h$/;

/** Every component gets these (`tools/cmake/build.cmake`), and more that are named all the same. */
const everywhere = ["esp_common", "soc"];

const root = projectFolder();
const native = "hal/esp32";
const lowPower = posix.join(native, "low-power");

/** The headers of others that a file of ours names, and those that its own headers name. */
function headersOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/^\s*#\s*include\s+("([^"]+)"|<[^>]+>)/gm)].flatMap(
    ([, whole = "", name = whole]) => {
      const own = posix.join(dirname(path), name);
      const isOwn = existsSync(join(root, own)) || existsSync(join(root, "hal/core", basename(name)));
      if (isOwn) return existsSync(join(root, own)) ? headersOf(own) : [];
      return others.test(name) ? [] : [name];
    },
  );
}

function componentsOf(paths: readonly string[]): string[] {
  const found = paths.flatMap(headersOf).map((header) => componentOf[header] ?? `none known for ${header}`);
  return [...new Set(found)].filter((component) => !everywhere.includes(component)).sort();
}

/** What the CMake file of the component for deep sleep makes of a target. */
function componentFor(target: string): { readonly sources: string[]; readonly requires: string[] } {
  const lists = { sources: [] as string[], requires: [] as string[] };
  let isReached = true;
  for (const line of readFileSync(join(root, lowPower, "CMakeLists.txt"), "utf8").split("\n")) {
    const condition = /^if\((.*)\)$/.exec(line)?.[1];
    if (condition !== undefined) isReached = condition.includes(`"${target}"`);
    else if (line === "else()") isReached = !isReached;
    else if (line === "endif()") isReached = true;
    const [, name, words = ""] =
      /^\s*(?:set\(|list\(APPEND )pulse_(sources|requires) ([^)]*)\)/.exec(line) ?? [];
    if (isReached && name !== undefined) lists[name as keyof typeof lists].push(...words.split(" "));
    // The program of the core that counts is compiled with the headers of `ulp` alone.
    const program = /ulp_embed_binary\(\S+ "(\S+)/.exec(line)?.[1];
    if (isReached && program !== undefined) lists.sources.push(program);
  }
  return lists;
}

it("the component for deep sleep has variables that ESP-IDF's functions, which see them, do not use", () => {
  const text = readFileSync(join(root, lowPower, "CMakeLists.txt"), "utf8");
  const set = [...text.matchAll(/(?:\bset\(|list\(APPEND |get_property\()(\w+)/g)].map(([, name]) => name);
  expect(set.length).toBeGreaterThan(4);
  expect(set.filter((name) => !name?.startsWith("pulse_"))).toEqual([]);
});

describe.each(boards)("the component for deep sleep on $name", ({ name }) => {
  const { sources, requires } = componentFor(name);

  it("requires each component whose headers it names", () => {
    const needed = componentsOf(sources.map((source) => posix.join(lowPower, source)));
    expect(needed.filter((component) => !requires.includes(component))).toEqual([]);
  });

  it("has sources", () => {
    expect(sources.length).toBeGreaterThan(2);
  });
});

const modules = readdirSync(join(root, native), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "low-power")
  .map(({ name }) => name);

describe.each(modules)("the native module %s", (module) => {
  it("depends on each component whose headers it names", () => {
    const folder = posix.join(native, module);
    const files = readdirSync(join(root, folder)).filter((name) => /\.[ch]$/.test(name));
    const { dependency = [] } = (readManifest(posix.join(folder, "manifest.json")).platforms?.["..."] ??
      {}) as {
      readonly dependency?: readonly { readonly idf: string }[];
    };
    const named = dependency.map(({ idf }) => idf);
    const needed = componentsOf(files.map((name) => posix.join(folder, name)));
    expect(needed.filter((component) => !named.includes(component))).toEqual([]);
  });
});

const idf = process.env["IDF_PATH"] ?? "";
const components = join(idf, "components");
const needsIdf = {
  missing: idf !== "" && existsSync(components) ? undefined : "IDF_PATH names no ESP-IDF",
  isInstalledByCi: false,
};

describeWith(needsIdf, "ESP-IDF", () => {
  it("has each header in the component of the table", () => {
    const lost = Object.entries(componentOf).filter(([header, component]) => {
      const place = header.includes("/include/") ? components : join(components, component);
      const files = existsSync(place) ? readdirSync(place, { recursive: true, encoding: "utf8" }) : [];
      return !files.some((file) => `/${file}`.endsWith(`/${header}`));
    });
    expect(lost).toEqual([]);
  });
});
