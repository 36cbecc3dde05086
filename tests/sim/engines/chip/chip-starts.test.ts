import { afterEach, describe, expect, it } from "@jest/globals";

import { Operation, PortEvent, wakeCauses } from "../../../../sim/chip/boundary/port.js";
import { type BenchOptions, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

async function create(options: BenchOptions = {}): Promise<ChipBench> {
  bench = await ChipBench.create(options);
  await bench.powerOn();
  return bench;
}

afterEach(() => {
  bench.close();
});

/** What the firmware was told at each of its starts, by the chip's own code. */
function causes(): (string | undefined)[] {
  return bench.trace.runs.map((run) => {
    const asked = run.find(({ operation }) => operation === Operation.wakeCause);
    return wakeCauses[asked?.result as number];
  });
}

/** What the board says of each start. */
function boardCauses(): (string | undefined)[] {
  return bench.trace.events.filter(({ event }) => event === PortEvent.wake).map(({ a }) => wakeCauses[a]);
}

const kinds = ["esp32", "esp32c3", "esp32c6", "esp32s3"] as const;

describe.each(kinds)("a start of the chip of %s", (board) => {
  it("needs no settings of ESP-IDF: none of ours are in there", async () => {
    await create({ board, chip: { refused: ["nvs_flash_init"] } });
    await bench.pass(30);
    expect(causes()[0]).toBe("power-on");
  });

  it.each(["brown-out", "watchdog", "software"] as const)("after a %s is told as one", async (cause) => {
    await create({ board });
    await bench.pass(30);
    bench.board.reset(cause);
    await bench.settle();
    await bench.pass(1);
    expect(causes().at(-1)).toBe(cause);
  });

  it("by the service button ends the sleep, and is told as one", async () => {
    await create({ board });
    await bench.pass(600);
    expect(bench.board.isAwake).toBe(false);
    bench.board.pressServiceButton();
    await bench.settle();
    expect(causes().at(-1)).toBe("service");
  });

  it("comes when as many pulses have been counted as the firmware asked for, and no sooner", async () => {
    // Long after the first contact, which ends within three minutes.
    const turns = Array.from({ length: 10 }, (_, turn) => [200 + 2 * turn, 1] as const);
    await create({ board, pulses: turns });
    await bench.pass(217);
    const before = causes().length;
    await bench.pass(3);
    expect(causes().slice(before)).toEqual(["pulses"]);
  });

  it("keeps what was counted over every reset", async () => {
    await create({ board, pulses: [[100, 1]] });
    await bench.pass(200);
    for (const cause of ["brown-out", "watchdog", "software"] as const) {
      bench.board.reset(cause);
      await bench.settle();
      await bench.pass(1);
      expect((bench.notes(Operation.pulseRead).at(-1)?.result as Uint8Array)[0]).toBe(1);
    }
  });

  it("counts from nothing when the battery was out", async () => {
    await create({ board, pulses: [[100, 1]] });
    await bench.pass(200);
    bench.board.powerOff();
    await bench.pass(1);
    await bench.powerOn();
    expect(causes().at(-1)).toBe("power-on");
    expect((bench.notes(Operation.pulseRead).at(-1)?.result as Uint8Array)[0]).toBe(0);
  });

  it("has the board's own word for what happened each time", async () => {
    await create({ board, pulses: [[100, 1]] });
    await bench.pass(4000);
    expect(causes()).toEqual(boardCauses());
  });
});
