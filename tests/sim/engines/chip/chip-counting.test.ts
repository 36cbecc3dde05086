import { afterEach, describe, expect, it } from "@jest/globals";

import type { PulseInputReading } from "../../../../hal/pulse-input.js";
import { Operation, wakeCauses } from "../../../../sim/chip/boundary/port.js";
import { decodePulseReading } from "../../../../sim/chip/boundary/pulse-reading.js";
import { Disturbance } from "../../../../sim/engines/chip/device-operation.js";
import { type BenchOptions, boardLike, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

async function create(options: BenchOptions): Promise<ChipBench> {
  bench = await ChipBench.create(options);
  await bench.powerOn();
  return bench;
}

afterEach(() => {
  bench.close();
});

/** What the firmware read last. */
function reading(): PulseInputReading {
  return decodePulseReading(bench.notes(Operation.pulseRead).at(-1)?.result as Uint8Array);
}

/** Has the firmware read the counter now. */
async function look(): Promise<PulseInputReading> {
  bench.board.pressServiceButton();
  await bench.settle();
  await bench.pass(0.05);
  return reading();
}

const battery = { gpio: 34, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 };

/** Boards with two contacts and a loop through the cable, by what counts on them. */
const boards = [
  boardLike("esp32", {
    sensor: "dual-reed",
    pulseInput: { contactA: 25, contactB: 26, cableLoop: 4, pullUp: "external" },
    // Both of its wake-up units wait for contacts.
    power: { battery, supplyWarning: undefined, serviceButton: undefined, sleep: "deep" },
  }),
  boardLike("esp32c3", {
    sensor: "dual-reed",
    pulseInput: { contactA: 0, contactB: 2, cableLoop: 5, pullUp: "internal" },
    valve: undefined,
  }),
  boardLike("esp32c6", {
    pulseInput: { contactA: 2, contactB: 3, cableLoop: 4, pullUp: "external" },
    valve: undefined,
  }),
  boardLike("esp32s3", {
    pulseInput: { contactA: 4, contactB: 5, cableLoop: 12, pullUp: "internal" },
    valve: undefined,
  }),
];

const turns = [
  ...Array.from({ length: 20 }, (_, turn) => [100 + 3 * turn, 1] as const),
  ...Array.from({ length: 5 }, (_, turn) => [200 + 3 * turn, -1] as const),
];

describe.each(boards.map((board) => [board.name, board] as const))("two contacts on %s", (_, board) => {
  it("tell forward from backward, asleep and awake", async () => {
    await create({ board, pulses: turns });
    await bench.pass(3700);
    expect(reading()).toMatchObject({ forward: 20, reverse: 5, illegalTransitions: 0, sensorFaults: 0 });
  });

  it("tell of a magnet that holds both", async () => {
    await create({ board });
    // The first contact is over, and the chip asleep.
    await bench.pass(400);
    bench.meter.transmitter.holdMagnet(true);
    await bench.pass(3700);
    expect(reading()).toMatchObject({ magnetPresent: true, magnetEvents: 1 });
    bench.meter.transmitter.holdMagnet(false);
    await bench.pass(3700);
    expect(reading()).toMatchObject({ magnetPresent: false, magnetEvents: 1 });
  });

  it("tell of a conductor that breaks, and of a cable that is cut", async () => {
    const steady = Array.from({ length: 30 }, (_, turn) => [200 + 3 * turn, 1] as const);
    await create({ board, pulses: steady });
    await bench.pass(150);
    bench.meter.transmitter.cutConductor(1, true);
    await bench.pass(3700);
    expect(reading()).toMatchObject({ oneSided: true, sensorFaults: 1, wireCut: false });
    bench.meter.transmitter.cutWire(true);
    await bench.pass(3700);
    expect(reading()).toMatchObject({ wireCut: true, sensorFaults: 2 });
    // Asleep and awake see the same.
    await bench.pass(3 * 3600);
    expect(reading()).toMatchObject({ wireCut: true, sensorFaults: 2 });
  });
});

describe.each(["esp32c6", "esp32s3"] as const)("the low-power core of %s", (board) => {
  const pulses = [
    [100, 1],
    [8000, 1],
  ] as const;

  it.each([
    ["stops", Disturbance.coreStops],
    ["crashes", Disturbance.coreCrashes],
  ])("that %s is put back in place with all that it has counted, after one whole sleep", async (_, what) => {
    await create({ board, pulses });
    await bench.pass(300);
    bench.engine.disturb(what);
    await bench.settle();
    await bench.pass(7200);
    expect(reading().forward).toBe(1);
    await bench.pass(3600);
    expect(reading().forward).toBe(2);
  });

  it("that stops in the middle of a write gives no torn reading, and goes on", async () => {
    await create({ board, pulses });
    await bench.pass(300);
    bench.engine.disturb(Disturbance.coreStopsWriting);
    const afterwards = await look();
    expect(afterwards.illegalTransitions).toBe(0);
    await bench.pass(11_000);
    expect(reading().forward - afterwards.forward).toBe(1);
  });

  it("gets another image's program, and counts on from where that was", async () => {
    await create({ board, pulses });
    await bench.pass(300);
    bench.engine.disturb(Disturbance.otherProgram);
    expect((await look()).forward).toBe(1);
    await bench.pass(11_000);
    expect(reading().forward).toBe(2);
  });

  it("that takes no program when it is put back in place counts nothing, which the firmware is told", async () => {
    await create({ board, pulses, chip: { refused: ["ulpLoad:1"] } });
    await bench.pass(300);
    expect((await look()).forward).toBe(1);
    bench.engine.disturb(Disturbance.coreStops);
    await expect(bench.pass(7200)).rejects.toThrow("the pulse counter does not start");
  });

  it("that takes no program counts nothing, which the firmware is told", async () => {
    await create({ board, chip: { refused: ["ulpLoad"] } }).catch(() => undefined);
    const [first] = bench.notes(Operation.pulseOpen);
    expect(first).toBeDefined();
    expect(bench.notes(Operation.pulseRead)).toEqual([]);
  });
});

/** Numbers of esp_reset_reason_t (esp_system.h), with what they are to the firmware. */
const resetReasons = [
  ["a panic", 4, "software"],
  ["the watchdog of interrupts", 5, "watchdog"],
  ["the watchdog of tasks", 6, "watchdog"],
  ["another watchdog", 7, "watchdog"],
  ["a brown-out", 9, "brown-out"],
  ["a glitch of the supply", 14, "brown-out"],
  ["a pin or JTAG", 2, "software"],
  ["a lock-up of the processor", 15, "software"],
] as const;

describe("a reset of the chip", () => {
  it.each(resetReasons)("by %s (%d) is told as %s", async (_, reason, cause) => {
    await create({ board: "esp32c6" });
    await bench.pass(300);
    bench.engine.disturb(Disturbance.resetReason, reason);
    bench.board.reset("software");
    await bench.settle();
    await bench.pass(1);
    const told = bench.trace.runs.at(-1)?.find(({ operation }) => operation === Operation.wakeCause);
    expect(wakeCauses[told?.result as number]).toBe(cause);
  });
});
