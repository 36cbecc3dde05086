import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { clockMegahertz, sumOf } from "../../manifests/board-costs.js";
import { boards } from "../../manifests/boards/boards.js";
import { chips } from "../../hal/esp32/chips.js";

describe.each(boards)("the costs of $name", ({ name, costs }) => {
  const configuration = readFileSync(`manifests/boards/${name}/sdkconfig.defaults`, "utf8").split("\n");

  it("go by the configuration of the slow clock and of the processor", () => {
    const { kind, calibrationCycles } = costs.slowClock;
    expect(configuration).toContain(`CONFIG_RTC_CLK_CAL_CYCLES=${calibrationCycles}`);
    expect(configuration).toContain(
      kind === "crystal" ? "CONFIG_RTC_CLK_SRC_EXT_CRYS=y" : "CONFIG_RTC_CLK_SRC_INT_RC=y",
    );
    expect(configuration).toContain(`CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_${clockMegahertz}=y`);
  });

  it("have a stub where there is no core that polls, and polls where there is", () => {
    expect(costs.stub !== undefined).toBe(chips[name].pulseCounter === "wake-stub");
    expect(costs.asleep.some((part) => part.name.includes("polling"))).toBe(costs.stub === undefined);
  });

  it("name a source for each part, or say that it is an estimate", () => {
    const { start, verification, running, cyclesPerInstruction, asleep, stub } = costs;
    const parts = [...start, verification, running, cyclesPerInstruction, ...asleep, ...(stub ? [stub] : [])];
    for (const { amount, source } of parts) {
      expect(amount).toBeGreaterThan(0);
      expect(source.length).toBeGreaterThan(10);
    }
  });

  it("are those of a chip that is ready in a tenth of a second, asleep below the station's limit", () => {
    expect(sumOf(costs.start)).toBeLessThan(100);
    expect(sumOf(costs.asleep)).toBeLessThan(40);
  });
});
