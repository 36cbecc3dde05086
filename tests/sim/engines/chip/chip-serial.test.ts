import { afterEach, describe, expect, it } from "@jest/globals";

import { Disturbance } from "../../../../sim/engines/chip/device-operation.js";
import { Random } from "../../../../sim/kernel/random.js";
import { boardLike, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

afterEach(() => {
  bench.close();
});

const imports = {
  serialClass: "../hal/esp32/serial/serial.js",
  ChipClock: "../hal/esp32/clock/clock.js",
  ChipFlashPartition: "../hal/esp32/flash/flash.js",
};

/** Erases a sector ten times a second, in a promise's job, and notes when it has. */
const erasing = `
  const clock = new ChipClock();
  const scratch = new ChipFlashPartition({ partition: "scratch" });
  const erase = async () => {
    clock.setTimer(erase, 100);
    await undefined;
    scratch.erase(0);
    note(201);
  };
  erase();`;

/** Sends back what comes in, on both ports, and notes each loss of input. */
const echo = `
  const Serial = serialClass({ modem: board.modem.serial, service: board.service });
  ["modem", "service"].forEach((port, index) => {
    const serial = new Serial({
      port, baud: 115200, parity: "none",
      onReadable: () => {
        const bytes = serial.read();
        if (bytes) serial.write(bytes);
      },
      onError: () => note(200, index),
    });
  });`;

const ports = ["modem", "service"] as const;

/** What a port has sent. */
function listen(port: (typeof ports)[number]): () => Buffer {
  const pieces: Uint8Array[] = [];
  const uart = bench.board.uarts.get(port);
  if (uart) uart.peer = { receive: (bytes) => pieces.push(bytes) };
  return () => Buffer.concat(pieces);
}

async function send(port: (typeof ports)[number], bytes: Uint8Array): Promise<void> {
  bench.board.uarts.get(port)?.input(bytes);
  await bench.settle();
}

/** What a line of 115,200 bits per second carries in 10 ms. */
const lineBytes = 115;
const randomByteLength = 1_000_000;

/** The chip's buffer, a piece that found no room in it, and the hardware's own. */
const bufferBytes = 2048;
const thresholdBytes = 120;
const fifoBytes = 128;

describe("the chip's serial driver", () => {
  it("loses none of a million random bytes on each of its two ports while sectors are erased", async () => {
    bench = await ChipBench.create({ application: echo + erasing, imports });
    bench.engine.disturb(Disturbance.eraseTakes, 45_000);
    await bench.powerOn();
    const random = new Random("both ports");
    const sent: Record<string, Uint8Array[]> = { modem: [], service: [] };
    const heard = ports.map(listen);
    for (let left = randomByteLength; left > 0;) {
      const bytes = new Uint8Array(Math.min(left, random.integer(1, 2 * lineBytes)));
      random.fill(bytes);
      for (const port of ports) {
        sent[port]?.push(bytes);
        await send(port, bytes);
      }
      await bench.pass((bytes.length / lineBytes) * 0.01);
      left -= bytes.length;
    }
    await bench.pass(0.1);
    ports.forEach((port, index) => {
      expect(heard[index]?.().equals(Buffer.concat(sent[port] ?? []))).toBe(true);
    });
    expect(bench.notes(201).length).toBeGreaterThan(10);
    expect(bench.notes(200)).toEqual([]);
  }, 120_000);

  const inBuffer = bufferBytes - (bufferBytes % thresholdBytes);

  it.each([
    ["its buffer", inBuffer],
    ["its buffer and a piece that had to wait", inBuffer + thresholdBytes],
    ["those and the hardware's own", inBuffer + thresholdBytes + fifoBytes],
  ])("hands over what came at once, up to what fills %s", async (_, byteLength) => {
    bench = await ChipBench.create({ application: echo, imports });
    await bench.powerOn();
    const heard = listen("modem");
    const bytes = Uint8Array.from({ length: byteLength }, (_, index) => index & 0xff);
    await send("modem", bytes);
    expect(heard().equals(Buffer.from(bytes))).toBe(true);
    expect(bench.notes(200)).toEqual([]);
  });

  it("tells of a loss when more came than there was room for", async () => {
    bench = await ChipBench.create({ application: echo, imports });
    await bench.powerOn();
    const heard = listen("modem");
    const bytes = new Uint8Array(3000).fill(7);
    await send("modem", bytes);
    expect(bench.notes(200)).toHaveLength(1);
    expect(heard().length).toBeGreaterThanOrEqual(bufferBytes);
    expect(heard().length).toBeLessThan(bytes.length);
  });

  it("loses nothing at 115,200 bits per second while sectors are erased", async () => {
    bench = await ChipBench.create({ application: echo + erasing, imports });
    bench.engine.disturb(Disturbance.eraseTakes, 45_000);
    await bench.powerOn();
    const heard = listen("modem");
    const bytes = Uint8Array.from({ length: 11_520 }, (_, index) => (index * 7) & 0xff);
    for (let at = 0; at < bytes.length; at += 115) {
      await send("modem", bytes.subarray(at, at + 115));
      await bench.pass(0.01);
    }
    await bench.pass(0.1);
    expect(bench.notes(201).length).toBeGreaterThan(8);
    expect(heard().equals(Buffer.from(bytes))).toBe(true);
    expect(bench.notes(200)).toEqual([]);
  });

  it("hands over what came while a sector was erased, with nothing to follow", async () => {
    const once = `
      const scratch = new ChipFlashPartition({ partition: "scratch" });
      Promise.resolve().then(() => scratch.erase(0));`;
    bench = await ChipBench.create({ application: echo + once, imports });
    bench.engine.disturb(Disturbance.eraseTakes, 45_000);
    await bench.powerOn();
    const heard = listen("modem");
    await send("modem", Buffer.from("in time"));
    await bench.pass(1);
    expect(heard().toString()).toBe("in time");
  });

  it("speaks as fast, and with the parity, that it was asked for", async () => {
    bench = await ChipBench.create({
      imports,
      application: `
        const Serial = serialClass({ modem: board.modem.serial, service: board.service });
        const common = { onReadable() {}, onError() {} };
        new Serial({ port: "modem", baud: 2400, parity: "even", ...common });
        new Serial({ port: "service", baud: 9600, parity: "odd", ...common });`,
    });
    await bench.powerOn();
    const lines = ports.map((port) => bench.board.uarts.get(port)?.line);
    expect(lines).toEqual([
      { baud: 2400, parity: "even" },
      { baud: 9600, parity: "odd" },
    ]);
  });

  it.each(["uart_driver_install", "uart_set_pin", "uart_set_mode"])(
    "says that it can't be had when %s fails, and lets go of it",
    async (name) => {
      bench = await ChipBench.create({
        imports,
        chip: { refused: [name] },
        application: `
          const Serial = serialClass({ modem: board.modem.serial });
          for (let time = 0; time < 2; time++)
            try {
              new Serial({ port: "modem", baud: 115200, parity: "none", onReadable() {}, onError() {} });
            } catch (error) {
              note(200, 0, 0, 0, String(error));
            }`,
      });
      await bench.powerOn();
      const texts = bench.notes(200).map(({ content }) => Buffer.from(content ?? []).toString());
      const refusal = 'Error: serial port "modem" is unknown or in use';
      expect(texts).toEqual([refusal, refusal]);
    },
  );

  it("listens at a pin of USB, which lets go of it", async () => {
    const service = { uart: 0, transmit: 12, receive: 13, direction: undefined };
    const board = boardLike("esp32c6", { service });
    bench = await ChipBench.create({ board, application: echo, imports });
    await bench.powerOn();
    const heard = listen("service");
    await send("service", Buffer.from("ping"));
    expect(heard().toString()).toBe("ping");
  });

  it("sends over a transceiver that its direction pin switches", async () => {
    const service = { uart: 0, transmit: 16, receive: 17, direction: 12 };
    const board = boardLike("esp32c6", { service });
    bench = await ChipBench.create({ board, application: echo, imports });
    await bench.powerOn();
    const heard = listen("service");
    await send("service", Buffer.from("ping"));
    expect(heard().toString()).toBe("ping");
  });
});
