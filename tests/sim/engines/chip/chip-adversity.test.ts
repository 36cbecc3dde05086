/** What a meter in a pit meets within fifteen years, and no bench shows by itself. */
import { afterEach, describe, expect, it } from "@jest/globals";

import { Operation, wakeCauses } from "../../../../sim/chip/boundary/port.js";
import { Disturbance } from "../../../../sim/engines/chip/device-operation.js";
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

/** What the firmware was told at one of its starts; counted from the last where negative. */
function cause(start: number): string | undefined {
  const asked = bench.trace.runs.at(start)?.find(({ operation }) => operation === Operation.wakeCause);
  return wakeCauses[asked?.result as number];
}

function forward(): number | undefined {
  return (bench.notes(Operation.pulseRead).at(-1)?.result as Uint8Array)[0];
}

const kinds = ["esp32", "esp32c3", "esp32c6", "esp32s3"] as const;

const damages = [
  ["zeros", Disturbance.retainedGarbage, 0],
  ["ones", Disturbance.retainedGarbage, 0xff],
  ["noise", Disturbance.retainedGarbage, 0x5a],
  ["what an older image has left", Disturbance.retainedOlder, 0],
] as const;

describe.each(kinds)("memory of %s that outlived a reset", (board) => {
  it.each(damages)("with %s in it is taken for lost, and counting goes on", async (_, what, argument) => {
    await create({
      board,
      pulses: [
        [100, 1],
        [8000, 1],
      ],
    });
    await bench.pass(200);
    const starts = bench.trace.runs.length;
    bench.engine.disturb(what, argument);
    bench.board.reset("watchdog");
    await bench.settle();
    await bench.pass(1);
    expect(cause(starts)).toBe("power-on");
    await bench.pass(10_900);
    expect(forward()).toBe(1);
  });
});

describe.each(kinds)("a service button of %s that is stuck", (board) => {
  it("starts the chip once, does not keep it awake, and works again when it is free", async () => {
    await create({ board });
    await bench.pass(600);
    bench.engine.disturb(Disturbance.buttonStuck, 1);
    bench.board.pressServiceButton();
    await bench.pass(60);
    expect(cause(-1)).toBe("service");
    const before = bench.board.wakes;
    await bench.pass(2 * 3600);
    expect(bench.board.wakes - before).toBeLessThanOrEqual(3);
    bench.engine.disturb(Disturbance.buttonStuck, 0);
    await bench.pass(3600);
    bench.board.pressServiceButton();
    await bench.settle();
    expect(cause(-1)).toBe("service");
  });
});

const lines = {
  serialClass: "../hal/esp32/serial/serial.js",
  ChipPower: "../hal/esp32/power/power.js",
};

/** Writes at a rate at which that takes its time. */
const writing = `
  const Serial = serialClass({ modem: board.modem.serial });
  const serial = new Serial({ port: "modem", baud: 2400, parity: "none", onReadable() {}, onError() {} });
  serial.write(new Uint8Array(50).fill(65));
  const sleep = () => new ChipPower(board.power).sleep({ untilTicks: 60000, afterPulses: 0, onServiceButton: false });`;

describe("what is written to a port", () => {
  it("has gone when the port is closed, so that the chip may sleep", async () => {
    await create({ imports: lines, application: `${writing} serial.close(); sleep();` });
    expect(bench.board.isAwake).toBe(false);
  });

  it("ends the run where the chip sleeps before it has gone", async () => {
    await expect(create({ imports: lines, application: `${writing} sleep();` })).rejects.toThrow(
      "the chip sleeps before the last byte that was written to UART",
    );
  });
});

describe("what comes to a port", () => {
  it.each([1, 2, 5, 9])("is heard whole where its last %d bytes come as it is read", async (late) => {
    await create({
      imports: lines,
      application: `
        const Serial = serialClass({ modem: board.modem.serial });
        const serial = new Serial({
          port: "modem", baud: 9600, parity: "none", onError() {},
          onReadable: () => { const bytes = serial.read(); if (bytes) serial.write(bytes); },
        });`,
    });
    const uart = bench.board.uarts.get("modem");
    const heard: Uint8Array[] = [];
    if (uart) uart.peer = { receive: (bytes) => heard.push(bytes) };
    bench.engine.disturb(Disturbance.lateInput, late);
    uart?.input(Buffer.from("just so in time"));
    await bench.settle();
    expect(Buffer.concat(heard).toString()).toBe("just so in time");
  });
});

/** Numbers of esp_ota_img_states_t (esp_ota_ops.h). */
const imageStates = [
  ["new", 0, false],
  ["pending verification", 1, true],
  ["valid", 2, false],
  ["invalid", 3, false],
  ["aborted", 4, false],
  ["undefined", 5, false],
] as const;

describe("an image that the bootloader has as", () => {
  it.each(imageStates)("%s (%d): whether it is on trial, until it is kept", async (_, state, isTrial) => {
    bench = await ChipBench.create({
      imports: { ChipBoot: "../hal/esp32/boot/boot.js" },
      application: `
        const boot = new ChipBoot();
        note(200, Number(boot.isTrial)); boot.markValid(); note(200, Number(boot.isTrial));`,
    });
    bench.engine.disturb(Disturbance.imageState, state);
    await bench.powerOn();
    expect(bench.notes(200).map(({ a }) => a)).toEqual([Number(isTrial), 0]);
  });
});

/** Variables of the firmware are put back to their first values all at once, so that there is no room between them. */
const sanitized = { build: { flags: ["-fsanitize=address", "--param", "asan-globals=0"] } };

describe("the chip's code", () => {
  it("keeps to its memory in what it says of itself, and where a byte comes as it reads", async () => {
    await create({
      imports: {
        ...lines,
        ChipBoot: "../hal/esp32/boot/boot.js",
        ChipCrypto: "../hal/esp32/crypto/crypto.js",
        "ChipSeal, readHardwareId": "../hal/esp32/fuses/fuses.js",
      },
      application: `
        const boot = new ChipBoot();
        note(200, 0, 0, 0, readHardwareId() + boot.imageHash + boot.runningSlot);
        new ChipCrypto().fillRandom(new Uint8Array(100));
        const power = new ChipPower(board.power);
        const bytes = new Uint8Array(power.retained.byteLength);
        power.retained.write(bytes); power.retained.read(bytes);
        note(201, power.batteryMillivolts, Number(new ChipSeal().isSealed));`,
      chip: sanitized,
    });
    expect(bench.notes(200)).toHaveLength(1);
    expect(bench.notes(201)).toHaveLength(1);
  });
});

describe.each(["esp32c3", "esp32c6"] as const)("the firmware on %s", (board) => {
  const day = [[100, 1]] as const;

  it("does the same where memory is collected at each allocation of the chip's code", async () => {
    const traces: unknown[] = [];
    for (const collects of [false, true]) {
      await create({ board, pulses: day, chip: { collects } });
      await bench.pass(400);
      traces.push(bench.trace.notes);
      if (!collects) bench.close();
    }
    expect(traces[1]).toEqual(traces[0]);
  });

  it("touches no memory that is not its own", async () => {
    await create({
      board,
      pulses: day,
      chip: sanitized,
    });
    await bench.pass(400);
    bench.board.reset("watchdog");
    await bench.pass(400);
    expect(cause(-1)).toBeDefined();
  });
});
