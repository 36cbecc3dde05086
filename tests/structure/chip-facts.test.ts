/** What the chip's C, its bindings, the simulator and the HAL's types each write down of the same list. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { retainedByteLength, serialParities, timeTrusts, wakeCauses } from "../../sim/chip/boundary/port.js";
import { NorFlash } from "../../sim/world/flash/nor-flash.js";
import { Compiler } from "../compiler.js";
import { wakeNumbers } from "../manifests/chip-double.js";
import { CSource } from "./sources/c-source.js";
import { ScriptSource } from "./sources/script-source.js";

const chip = new CSource("hal/esp32");

function listIn(file: string, name: string): string[] {
  return (new ScriptSource(file).constant(name) as readonly (string | number)[]).map(String);
}

const parities = { UART_PARITY_DISABLE: "none", UART_PARITY_EVEN: "even", UART_PARITY_ODD: "odd" };
const pulls = { GPIO_FLOATING: "none", GPIO_PULLUP_ONLY: "up", GPIO_PULLDOWN_ONLY: "down" };
const attenuations = {
  ADC_ATTEN_DB_0: "0",
  ADC_ATTEN_DB_2_5: "2.5",
  ADC_ATTEN_DB_6: "6",
  ADC_ATTEN_DB_12: "12",
};

function named(table: string, names: Readonly<Record<string, string>>): (string | undefined)[] {
  return chip.table(table).map((name) => names[name]);
}

/** Each list by what it numbers: the order in C, or of the one that C does not name, and everybody else's. */
const lists: readonly (readonly [
  what: string,
  order: readonly unknown[],
  others: readonly (readonly string[])[],
])[] = [
  [
    "wake causes",
    chip.enumerators("wakeCause").map((name) => name.toLowerCase().replace("_", "-")),
    [wakeCauses, listIn("hal/esp32/power/power.js", "wakeCauses")],
  ],
  [
    "trust in the clock",
    timeTrusts,
    [
      listIn("hal/esp32/clock/clock.js", "timeTrusts"),
      listIn("firmware/legal/register/meter-record.ts", "trusts"),
    ],
  ],
  [
    "parities",
    named("parities", parities),
    [serialParities, listIn("hal/esp32/serial/serial.js", "parities")],
  ],
  ["pull-ups", named("pulls", pulls), [listIn("hal/esp32/digital/digital.js", "pulls")]],
  [
    "attenuations",
    named("attenuations", attenuations),
    [listIn("hal/esp32/analog/analog.js", "attenuations")],
  ],
];

describe("what C and JavaScript number", () => {
  it.each(lists)("%s: in the same order everywhere", (_what, order, others) => {
    expect(order.length).toBeGreaterThan(2);
    for (const other of others) expect(other).toEqual(order);
  });

  it("wake causes: as the chip's double in the tests of the composition numbers them", () => {
    for (const [name, number] of Object.entries(wakeNumbers))
      expect(wakeCauses[number].replace("-", "")).toBe(name.toLowerCase());
  });
});

describe("the words of the HAL's types", () => {
  const types = {
    wakeCauses: 'import("./hal/power.js").WakeCause',
    timeTrusts: 'import("./hal/clock.js").TimeTrust',
    parities: 'import("./hal/serial.js").SerialParity',
    pulls: 'import("./hal/esp32/digital/digital.js").DigitalInputWiring["pull"]',
    sleepKinds: 'import("./hal/esp32/power/power.js").PowerWiring["sleep"]',
  };
  let words: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    const declared = Object.entries(types).map(([name, type]) => `export type ${name} = ${type};\n`);
    words = new Compiler().words(declared.join(""));
  });

  it.each([
    ["wakeCauses", "hal/esp32/power/power.js"],
    ["timeTrusts", "hal/esp32/clock/clock.js"],
    ["parities", "hal/esp32/serial/serial.js"],
    ["pulls", "hal/esp32/digital/digital.js"],
    ["sleepKinds", "hal/esp32/power/power.js"],
  ])("are all in the list %s of %s", (name, file) => {
    expect(listIn(file, name).sort()).toEqual(words.get(name));
  });
});

describe("how much there is room for", () => {
  it("is the same for the firmware's retained memory on the chip and in the simulator", () => {
    expect(chip.value("RETAINED_FIRMWARE_BYTES")).toBe(retainedByteLength);
  });

  it("is one character more than a binding gives it for a failure's place and reason", () => {
    const failure = new ScriptSource("hal/esp32/failure/failure.js");
    expect(failure.constant("moduleCharacters")).toBe(chip.value("FAILURE_MODULE_BYTES") - 1);
    expect(failure.constant("reasonCharacters")).toBe(chip.value("FAILURE_REASON_BYTES") - 1);
  });

  it("is one encrypted block of flash for what the simulator programs at least", () => {
    expect(new NorFlash({ byteLength: 4096 }).programByteLength).toBe(chip.value("ENCRYPTED_BLOCK_BYTES"));
  });
});
