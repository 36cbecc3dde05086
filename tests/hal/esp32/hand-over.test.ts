import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";

const component = "hal/esp32/low-power";
const double = "esp-idf-double.h";

/** What stands beside the sources; any other header of theirs is ESP-IDF's or made by its build. */
const own = /^(pulse-engine|pulse-station|retained|slow-clock|rtc_wake_stub_pulses|pulse-decoder)\.h$/;

interface Build {
  readonly harness: string;
  /** Compiled with the harness. */
  readonly sources: readonly string[];
  /** Further files whose headers are needed. */
  readonly included: readonly string[];
  readonly options: readonly string[];
}

/** Compiles a harness with production sources; the double of all ESP-IDF's headers takes the place of each. */
function build({ harness, sources, included, options }: Build): string {
  const folder = join(process.cwd(), "build", "low-power", harness);
  for (const file of [...sources, ...included]) {
    const text = readFileSync(join(component, file), "utf8");
    for (const [, header = ""] of text.matchAll(/^#include "([\w/-]+\.h)"/gm)) {
      if (own.test(header)) continue;
      mkdirSync(join(folder, dirname(header)), { recursive: true });
      writeFileSync(join(folder, header), `#include "${double}"\n`);
    }
  }
  const program = join(folder, `${harness}-${process.pid}`);
  execFileSync(process.env["CC"] ?? "cc", [
    ...["-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror", ...options],
    ...["-I", folder, "-I", "tests/hal/esp32", "-I", component],
    ...[join("tests/hal/esp32", `${harness}.c`), ...sources.map((source) => join(component, source))],
    ...["-o", program],
  ]);
  return program;
}

function run(program: string, ...settings: readonly (string | number)[]): number[] {
  return execFileSync(program, settings.map(String), { encoding: "utf8" }).trim().split(" ").map(Number);
}

const seeds = [1, 2, 3, 4, 5];

describe("the wake stub and the running application", () => {
  let program = "";

  beforeAll(() => {
    program = build({
      harness: "hand-over-harness",
      sources: ["stub-engine.c", "rtc_wake_stub_pulses.c", "slow-clock.c"],
      included: [],
      options: ["-DSOC_RTCIO_PIN_COUNT=0", "-DCONFIG_HAL_DEFAULT_ASSERTION_LEVEL=0"],
    });
  });

  const sleeps = ["single", "dual"].flatMap((sensor) =>
    ["deep", "light"].map((sleep) => [sensor, sleep] as const),
  );

  it.each(sleeps)("hand a %s reed over without losing or doubling a pulse, in %s sleep", (sensor, sleep) => {
    for (const seed of seeds) {
      const [forward, reverse, ...counted] = run(program, seed, sensor, sleep, 60, 130);
      const [, , , wakes = 0] = counted;
      expect(counted).toEqual([forward, reverse, 0, wakes]);
      expect(wakes).toBeGreaterThan(500);
    }
  });

  it("count states of 20 ms while they poll all the time", () => {
    const [forward, , counted] = run(program, 1, "single", "deep", 0, 20);
    expect(counted).toBe(forward);
  });

  it("lose what comes and goes while the chip starts: the limit of a chip without a core for this", () => {
    const [forward = 0, , counted] = run(program, 1, "single", "deep", 200, 60);
    expect(counted).toBeLessThan(forward);
    expect(counted).toBeGreaterThan(forward * 0.9);
  });
});

describe("the core that counts for an application that sleeps", () => {
  let program = "";

  beforeAll(() => {
    program = build({
      harness: "other-core-harness",
      sources: ["core-engine.c", "slow-clock.c", "../../core/pulse-decoder.c"],
      included: ["program.c", "pulse-station.h"],
      // The main core finds the program's variable and its image by these names; pointers fit 32 bits as on the chip.
      options: [
        ...["-DCONFIG_ULP_COPROC_TYPE_LP_CORE=1", "-no-pie", "-Wl,--defsym,ulp_station=station"],
        "-Wl,--defsym,_binary_pulse_program_bin_end=_binary_pulse_program_bin_start+4",
      ],
    });
  });

  it("misses no state of 20 ms through sleeps, resets and updates of its program", () => {
    for (const seed of seeds) {
      const [forward, reverse, ...counted] = run(program, seed, 20, "sound");
      const [, , , loads = 0, pulseWakes = 0] = counted;
      expect(counted).toEqual([forward, reverse, 0, loads, pulseWakes]);
      expect(loads).toBeGreaterThan(5);
      expect(pulseWakes).toBeGreaterThan(200);
    }
  });

  it("is put back in place after each crash with all it has counted", () => {
    for (const seed of seeds) {
      const [forward, reverse, ...counted] = run(program, seed, 130, "crashing");
      const [, , , loads = 0, pulseWakes = 0] = counted;
      expect(counted).toEqual([forward, reverse, 0, loads, pulseWakes]);
      expect(loads).toBeGreaterThan(100);
    }
  });

  it("is found to have stopped at the next wake, even when it left no trace", () => {
    const [forward = 0, , counted = 0, , , loads] = run(program, 1, 130, "stalling");
    expect(loads).toBeGreaterThan(100);
    expect(counted).toBeLessThan(forward);
    expect(counted).toBeGreaterThan(forward * 0.8);
  });
});
