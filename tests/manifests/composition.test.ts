import { beforeEach, describe, expect, it, jest } from "@jest/globals";
import { storageOn } from "../../sim/run/flash/flash-access.js";
import { newestFailures } from "../../firmware/failures/failure-entries.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { gas } from "../../firmware/products/gas.js";
import type { BoardWiring } from "../../manifests/board.js";
import { boards } from "../../manifests/boards/boards.js";
import { FakeFlash } from "../firmware/fake-flash.js";
import { simulatedBuild } from "../../sim/engines/image/simulated-build.js";
import { ChipDouble, crypt, wakeNumbers } from "./chip-double.js";

jest.unstable_mockModule("crypt", () => crypt, { virtual: true });
jest.unstable_mockModule("mc/config", () => ({ default: { meteringChecksum: "c0ffee" } }), { virtual: true });

let board = wiringOf("esp32c6");
let chip = new ChipDouble();
chip.natives.install();
const { createHardware } = await import("../../manifests/hardware.js");
const { runApplication } = await import("../../manifests/run.js");

beforeEach(() => {
  chip = new ChipDouble();
  chip.natives.install();
  board = wiringOf("esp32c6");
});

function wiringOf(name: string): BoardWiring {
  const found = boards.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no board ${name}`);
  return found.wiring;
}

/** One run, to its sleep or to whatever else ends it. */
async function run(): Promise<void> {
  chip.connect();
  runApplication(board, { ...simulatedBuild, product: gas });
  await new Promise((resolve) => setImmediate(resolve));
}

function partition(label: string): FakeFlash {
  const image = chip.flash.get(label)?.image ?? new Uint8Array(0);
  return new FakeFlash(image.length / 4096, image);
}

describe("the composition root", () => {
  it.each(boards)("starts a meter on $name that counts, records and sleeps", async ({ wiring }) => {
    board = wiring;
    chip.forwardPulses = 12;
    await run();
    expect(chip.restarts).toBe(0);
    const { contactA, contactB = -1 } = wiring.pulseInput;
    const [configured = []] = chip.natives.valuesOf("xs_tally_pulse_configure");
    expect(configured.slice(3, 5)).toEqual([contactA, contactB]);
    expect(new Journal(storageOn(partition("journal"))).newest?.forwardPulses).toBe(12);
    // Five pulses are a gas meter's.
    expect(chip.sleeps).toMatchObject([{ afterPulses: 5, serviceButton: wiring.power.serviceButton }]);
  });

  it("watches for failures before anything else", async () => {
    await run();
    expect(chip.natives.names[0]).toBe("xs_tally_failure_watch");
  });

  it("opens no pin and no port that a wake without a contact does not need", async () => {
    await run();
    const opened = chip.natives.names.filter((name) => /^xs_tally_(digital_open\w+|serial_open)$/.test(name));
    expect(opened).toEqual([]);
  });

  it("knows the serial number on the board's identity page", () => {
    chip.connect();
    chip.flash.get("identity")?.program(
      0,
      Uint8Array.from("26030001".padEnd(16, "\0"), (each) => each.charCodeAt(0)),
    );
    expect(createHardware(board, undefined).serialNumber).toBe("26030001");
  });

  it("does without a serial number when the page is blank or missing", () => {
    chip.connect();
    expect(createHardware(board, undefined).serialNumber).toBe("");
    chip.flash.delete("identity");
    expect(createHardware(board, undefined).serialNumber).toBe("");
  });

  it("wires the modem and the valve as the board's data say", () => {
    chip.connect();
    const { modem, valve } = createHardware(board, undefined);
    new modem.powerKey.io({ pin: modem.powerKey.pin, initial: 0 });
    new modem.serial.io({
      port: modem.serial.port,
      baud: 115200,
      parity: "none",
      onReadable: () => undefined,
    });
    if (valve) new valve.current.io({ pin: valve.current.pin });
    expect(chip.natives.valuesOf("xs_tally_digital_openOutput")[0]?.[0]).toBe(20);
    expect(chip.natives.valuesOf("xs_tally_serial_open")[0]?.slice(0, 3)).toEqual([1, 18, 19]);
    expect(chip.natives.valuesOf("xs_tally_analog_open").at(-1)?.[0]).toBe(4);
  });
});

describe("an error that nobody handles", () => {
  it("while the hardware is put together is noted and restarts the chip", async () => {
    board = { ...board, power: { ...board.power, sleep: "never" as "deep" } };
    await run();
    expect(chip.failure?.reason).toBe("RangeError: sleep must be one of deep, light");
    expect(chip.restarts).toBe(1);
    expect(chip.sleeps).toEqual([]);
  });

  it("in the firmware is noted and restarts the chip", async () => {
    chip.connect();
    chip.natives.define("xs_tally_pulse_configure", () => false);
    runApplication(board, { ...simulatedBuild, product: gas });
    await new Promise((resolve) => setImmediate(resolve));
    expect(chip.failure?.reason).toBe("Error: the pulse counter does not start");
    expect(chip.restarts).toBe(1);
  });

  it("is written down by the next run, which counts", async () => {
    await run();
    chip.failure = { module: "firmware/wire/coap/endpoint", reason: "TypeError: no such option" };
    chip.wakeNumber = wakeNumbers.software;
    chip.forwardPulses = 40;
    await run();
    expect(newestFailures(storageOn(partition("failures")), 1)[0]?.text).toBe(
      "firmware/wire/coap/endpoint: TypeError: no such option",
    );
    expect(new Journal(storageOn(partition("journal"))).newest?.forwardPulses).toBe(40);
    expect(chip.failure).toBeUndefined();
    expect(chip.sleeps).toHaveLength(2);
  });
});
