import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";

const component = "hal/esp32/low-power";
const double = "esp-idf-double.h";

/** Compiles a harness with production sources; ESP-IDF's headers are replaced by the double of all of them. */
function build(harness: string, sources: readonly string[], defines: readonly string[]): string {
  const folder = join(process.cwd(), "build", "low-power", harness);
  for (const source of sources) {
    const text = readFileSync(join(component, source), "utf8");
    for (const [, header = ""] of text.matchAll(/^#include "([\w/]+\.h)"/gm)) {
      if (["retained.h", "rtc_wake_stub_pulses.h"].includes(header)) continue;
      mkdirSync(join(folder, dirname(header)), { recursive: true });
      writeFileSync(join(folder, header), `#include "${double}"\n`);
    }
  }
  const program = join(folder, `${harness}-${process.pid}`);
  execFileSync(process.env["CC"] ?? "cc", [
    ...["-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror", ...defines],
    ...["-I", folder, "-I", "tests/hal/esp32", "-I", component],
    ...[join("tests/hal/esp32", `${harness}.c`), ...sources.map((source) => join(component, source))],
    ...["-o", program],
  ]);
  return program;
}

interface Counts {
  readonly made: readonly [forward: number, reverse: number];
  readonly counted: readonly [forward: number, reverse: number];
  readonly illegalTransitions: number;
  readonly wakes: number;
}

describe("the wake stub and the running application", () => {
  let program = "";

  beforeAll(() => {
    program = build(
      "hand-over-harness",
      ["stub-engine.c", "rtc_wake_stub_pulses.c"],
      ["-DSOC_RTCIO_PIN_COUNT=0", "-DCONFIG_HAL_DEFAULT_ASSERTION_LEVEL=0"],
    );
  });

  function run(seed: number, sensor: string, sleep: string, startMs: number, stateMs: number): Counts {
    const settings = [seed, sensor, sleep, startMs, stateMs].map(String);
    const words = execFileSync(program, settings, { encoding: "utf8" }).trim().split(" ").map(Number);
    const [
      forward = 0,
      reverse = 0,
      countedForward = 0,
      countedReverse = 0,
      illegalTransitions = 0,
      wakes = 0,
    ] = words;
    return { made: [forward, reverse], counted: [countedForward, countedReverse], illegalTransitions, wakes };
  }

  const sleeps = ["single", "dual"].flatMap((sensor) =>
    ["deep", "light"].map((sleep) => [sensor, sleep] as const),
  );

  it.each(sleeps)("hand a %s reed over without losing or doubling a pulse, in %s sleep", (sensor, sleep) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { made, counted, illegalTransitions, wakes } = run(seed, sensor, sleep, 60, 130);
      expect(counted).toEqual(made);
      expect(illegalTransitions).toBe(0);
      expect(wakes).toBeGreaterThan(500);
    }
  });

  it("count states of 20 ms while they poll all the time", () => {
    const { made, counted } = run(1, "single", "deep", 0, 20);
    expect(counted).toEqual(made);
  });

  it("lose what comes and goes while the chip starts: the limit of a chip without a core for this", () => {
    const { made, counted } = run(1, "single", "deep", 200, 60);
    expect(counted[0]).toBeLessThan(made[0]);
    expect(counted[0]).toBeGreaterThan(made[0] * 0.9);
  });
});
