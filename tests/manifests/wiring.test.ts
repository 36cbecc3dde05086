import { describe, expect, it } from "@jest/globals";
import type { BoardWiring } from "../../manifests/board.js";
import { boards } from "../../manifests/boards/boards.js";
import { type ChipName, wiringNotes, wiringProblems } from "../../manifests/wiring/check.js";

function wiringOf(name: ChipName): BoardWiring {
  const board = boards.find((candidate) => candidate.name === name);
  if (!board) throw new Error(`there is no board ${name}`);
  return board.wiring;
}

const c6 = wiringOf("esp32c6");

describe("the boards", () => {
  it.each(boards)("$name asks nothing of a pin that it can't do, and no pin twice", ({ name, wiring }) => {
    expect(wiringProblems(wiring, name)).toEqual([]);
  });

  it.each(boards)("$name has lines for valve, modem and service port", ({ wiring }) => {
    expect(wiring.valve).toBeDefined();
    expect(wiring.service.uart).not.toBe(wiring.modem.serial.uart);
  });
});

describe("the check of a board's wiring", () => {
  it("names a pin that is used twice, with all who use it", () => {
    const board = { ...c6, modem: { ...c6.modem, reset: { gpio: 22, isActiveLow: false } } };
    expect(wiringProblems(board, "esp32c6")).toEqual([
      "GPIO 22 is used twice: modem reset, valve open drive",
    ]);
  });

  it("names a pin that is used three times once", () => {
    const reset = { gpio: 20, isActiveLow: false };
    const board = { ...c6, modem: { ...c6.modem, reset, serial: { ...c6.modem.serial, transmit: 20 } } };
    expect(wiringProblems(board, "esp32c6")).toEqual([
      "GPIO 20 is used 3 times: modem transmit, modem power key, modem reset",
    ]);
  });

  it("names a pin that is the crystal's", () => {
    const board = { ...c6, pulseInput: { ...c6.pulseInput, contactB: 1 } };
    expect(wiringProblems(board, "esp32c6")).toEqual([
      "GPIO 1 is used twice: pulse contact B, 32 kHz crystal",
    ]);
  });

  it.each([
    ["esp32", 22, "0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39"],
    ["esp32c3", 7, "0, 1, 2, 3, 4, 5"],
    ["esp32c6", 12, "0, 1, 2, 3, 4, 5, 6, 7"],
    ["esp32s3", 38, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21"],
  ] as const)("wants pulses on a pin of %s that is awake in deep sleep", (name, gpio, awake) => {
    const wiring = wiringOf(name);
    const board = { ...wiring, pulseInput: { ...wiring.pulseInput, contactA: gpio } };
    expect(wiringProblems(board, name)).toContain(
      `pulse contact A: GPIO ${gpio} is not awake in deep sleep; those that are: ${awake}`,
    );
  });

  it.each([
    ["esp32c3", 18],
    ["esp32c6", 13],
    ["esp32s3", 19],
  ] as const)(
    "leaves no pin of USB to an output of %s, which that would drive while it starts",
    (name, gpio) => {
      const wiring = wiringOf(name);
      const board = { ...wiring, modem: { ...wiring.modem, powerKey: { gpio, isActiveLow: false } } };
      expect(wiringProblems(board, name)).toContain(
        `modem power key: GPIO ${gpio} is USB's until the firmware runs, so only an input may use it`,
      );
    },
  );

  it("leaves no pin of USB to a contact, which has to be read as the chip starts", () => {
    const wiring = wiringOf("esp32s3");
    const board = { ...wiring, pulseInput: { ...wiring.pulseInput, contactB: 20 } };
    expect(wiringProblems(board, "esp32s3")).toEqual([
      "pulse contact B: GPIO 20 is USB's until the firmware runs, so only an input may use it",
    ]);
  });

  it("names the inputs that take the pins of USB, and what that costs", () => {
    expect(wiringNotes(wiringOf("esp32c3"), "esp32c3")).toEqual([
      "the USB port's pins are taken (valve open limit at GPIO 18, valve close limit at GPIO 19): it can't be flashed or debugged through that port",
    ]);
    expect(wiringNotes(c6, "esp32c6")).toEqual([]);
  });

  it("wants the service button on such a pin too", () => {
    const board = { ...c6, power: { ...c6.power, serviceButton: 15 } };
    expect(wiringProblems(board, "esp32c6")[0]).toMatch(
      /^service button: GPIO 15 is not awake in deep sleep/,
    );
  });

  it("wants voltages on pins of ADC1", () => {
    const board = { ...c6, power: { ...c6.power, battery: { ...c6.power.battery, gpio: 15 } } };
    expect(wiringProblems(board, "esp32c6")).toEqual([
      "battery voltage: GPIO 15 is no input of ADC1; those that are: 0, 1, 2, 3, 4, 5, 6",
    ]);
  });

  it("knows the pins that are not there, those of the flash and those that only listen", () => {
    const esp32 = wiringOf("esp32");
    const withKey = (gpio: number): BoardWiring => ({
      ...esp32,
      modem: { ...esp32.modem, powerKey: { gpio, isActiveLow: false } },
    });
    expect(wiringProblems(withKey(24), "esp32")).toEqual(["modem power key: there is no GPIO 24"]);
    expect(wiringProblems(withKey(6), "esp32")).toEqual(["modem power key: GPIO 6 is wired to the flash"]);
    expect(wiringProblems(withKey(36), "esp32")).toEqual(["modem power key: GPIO 36 is an input only"]);
    const { valve } = esp32;
    const openLimit = { gpio: 36, isActiveLow: true, pull: "up" } as const;
    expect(wiringProblems({ ...esp32, valve: valve && { ...valve, openLimit } }, "esp32")).toEqual([
      "valve open limit: GPIO 36 has no pull resistors",
    ]);
  });

  it("keeps lines that could hold the chip in its ROM off the pins that decide about the start", () => {
    const c3 = wiringOf("esp32c3");
    const withReset = (isActiveLow: boolean): BoardWiring => ({
      ...c3,
      modem: { ...c3.modem, reset: { gpio: 9, isActiveLow } },
    });
    expect(wiringProblems(withReset(true), "esp32c3")).toEqual([]);
    expect(wiringProblems(withReset(false), "esp32c3")).toEqual([
      "modem reset: GPIO 9 must be 1 while the chip starts, so only an output that rests at 1 may use it",
    ]);
    const parked = { ...c3, pulseInput: { ...c3.pulseInput, contactA: 2 } };
    expect(wiringProblems(parked, "esp32c3")[0]).toMatch(/^pulse contact A: GPIO 2 must be 1 while/);
  });

  it("knows how many UARTs there are, and that each serves one port", () => {
    const withUart = (uart: number): BoardWiring => ({
      ...c6,
      modem: { ...c6.modem, serial: { ...c6.modem.serial, uart } },
    });
    expect(wiringProblems(withUart(2), "esp32c6")).toEqual(["modem: there is no UART 2, only 0 to 1"]);
    expect(wiringProblems(withUart(0), "esp32c6")).toEqual(["UART 0 is used twice: modem, service"]);
  });

  it("wants two contacts for a dual reed, and on an ESP32 no button beside them", () => {
    const board = { ...c6, pulseInput: { ...c6.pulseInput, contactB: undefined } };
    expect(wiringProblems(board, "esp32c6")).toEqual(["a dual reed needs a pulse contact B"]);
    const esp32 = wiringOf("esp32");
    const dual = {
      ...esp32,
      sensor: "dual-reed" as const,
      pulseInput: { ...esp32.pulseInput, contactB: 14 },
    };
    expect(wiringProblems(dual, "esp32")).toEqual([
      "an ESP32 can't wake for a dual reed and a service button",
    ]);
  });
});
