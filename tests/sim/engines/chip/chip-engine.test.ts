import { afterEach, describe, expect, it } from "@jest/globals";

import { Operation, wakeCauses } from "../../../../sim/chip/boundary/port.js";
import { type BenchOptions, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

async function create(options: BenchOptions = {}): Promise<ChipBench> {
  bench = await ChipBench.create(options);
  return bench;
}

afterEach(() => {
  bench.close();
});

describe.each(["esp32", "esp32c3", "esp32c6", "esp32s3"] as const)(
  "the firmware on the chip of %s",
  (board) => {
    it("starts, sleeps and wakes at each turn of the day that it asked for", async () => {
      const { trace } = await create({ board });
      await bench.powerOn();
      await bench.pass(3700);
      const causes = trace.events.map(({ event, a }) => (event === 1 ? wakeCauses[a] : undefined));
      expect(causes[0]).toBe("power-on");
      expect(causes.filter((cause) => cause !== undefined).slice(1)).toContain("timer");
      expect(bench.board.isAwake).toBe(false);
    });

    it("reads a pulse that has turned the wheel", async () => {
      await create({ board, pulses: [[100, 1]] });
      await bench.powerOn();
      await bench.pass(3700);
      const readings = bench.notes(Operation.pulseRead).map(({ result }) => (result as Uint8Array)[0]);
      expect(readings[0]).toBe(0);
      expect(readings.at(-1)).toBe(1);
    });
  },
);
