/**
 * Where the code and the constants of interrupts and of the wake stub lie. Compiled without optimization, so that a function
 * that the compiler happens to put into its caller is seen as one that stands by itself.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { chips } from "../../../hal/esp32/chips.js";
import { boards } from "../../../manifests/boards/boards.js";
import { engineFlags } from "../../../sim/engines/build/engine-sources.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { makeSdkHeaders } from "../../../sim/engines/chip/sdk-headers.js";
import { readManifests } from "../../../sim/engines/chip/manifest-tree.js";
import { CompiledObject, objectFolder } from "./compiled-object.js";

/** What ESP-IDF and the SDK have in RAM or in the ROM, or what is called only while flash can be read. */
const reachableFromInterrupts: readonly string[] = [
  // IRAM_ATTR in spi_flash/cache_utils.c.
  "spi_flash_cache_enabled",
  // In flash; called where the former says that flash can be read.
  "modMessagePostToMachineFromISR",
];

/** In the ROM, in RTC memory (RTC_IRAM_ATTR in sleep_wake_stub.c), or the address of a register. */
const reachableFromStub = /^(esp_rom_delay_us|esp_default_wake_deep_sleep|esp_wake_stub_sleep|GPIO)$/;
/** Functions of the registers' headers, which are compiled into their callers. */
const ofRegisters = /^(rtc_timer|rtc_cntl|rtcio|gpio)_ll_/;

const folder = objectFolder();
afterAll(() => {
  folder.remove();
});

const { TALLY_CHIP_PLANTED: planted = projectFolder() } = process.env;

/** Compiles a file of hal/esp32, or the one that stands in its place. */
async function compile(board: (typeof boards)[number], source: string): Promise<CompiledObject> {
  const headers = await makeSdkHeaders(board, readManifests("water", board.platform));
  const engines = join(projectFolder(), "sim", "engines");
  const own = ["", "/event", "/low-power"].map((name) => join(projectFolder(), "hal", `esp32${name}`));
  const folders = [
    ...[headers, join(engines, "chip", "double", "include"), join(engines, "program")],
    ...[
      join(engines, "platform"),
      join(engines, "xs", "desktop"),
      join(projectFolder(), "hal", "core"),
      ...own,
    ],
  ];
  return folder.compile(source, planted, [...engineFlags, ...folders.flatMap((each) => ["-I", each])]);
}

describe.each(boards.map((board) => [board.name, board] as const))("interrupts on %s", (_, board) => {
  let objects: readonly CompiledObject[] = [];
  beforeAll(async () => {
    objects = await Promise.all(
      ["event/event.c", "serial/serial.c"].map(async (name) => compile(board, name)),
    );
  });

  it("call nothing that is in flash", () => {
    const inRam = objects.flatMap((object) => object.definedIn("iram_text"));
    expect(inRam).toEqual(expect.arrayContaining(["eventSignal", "notify"]));
    const called = objects.flatMap((object) => object.callsFrom("iram_text"));
    expect(called.filter((name) => ![...inRam, ...reachableFromInterrupts].includes(name))).toEqual([]);
  });

  it("read no constant that is in flash", () => {
    expect(objects.filter((object) => object.readsConstantsFrom("iram_text"))).toEqual([]);
  });
});

const withStub = boards.filter(({ name }) => chips[name].pulseCounter === "wake-stub");

describe.each(withStub.map((board) => [board.name, board] as const))("the wake stub of %s", (_, board) => {
  it("calls nothing that is not in RTC memory or in the ROM", async () => {
    const stub = await compile(board, "low-power/rtc_wake_stub_pulses.c");
    const called = stub.undefinedNames();
    expect(called).toContain("esp_wake_stub_sleep");
    expect(called.filter((name) => !reachableFromStub.test(name) && !ofRegisters.test(name))).toEqual([]);
  });

  it("has all that the timer's interrupt calls", async () => {
    const stub = await compile(board, "low-power/rtc_wake_stub_pulses.c");
    const engine = readFileSync(join(projectFolder(), "hal/esp32/low-power/stub-engine.c"), "utf8");
    const [, callback = ""] = /\.callback = (\w+),/.exec(engine) ?? [];
    expect(stub.definedIn(".text")).toContain(callback);
  });
});
