import { describe, expect, it } from "@jest/globals";
import { chips } from "../../../hal/esp32/chips.js";

describe.each(Object.entries(chips))("the data of %s", (_name, chip) => {
  const lists = [
    ["gpios", chip.gpios],
    ["inputOnlyPins", chip.inputOnlyPins],
    ["lowPowerPins", chip.lowPowerPins],
    ["analogPins", chip.analogPins],
    ["strappingPins", chip.strappingPins],
    ["flashPins", chip.flashPins],
    ["usbPins", chip.usbPins],
  ] as const;

  it.each(lists)("%s are pins of the chip, none twice", (_list, pins) => {
    expect(pins.filter((pin) => !chip.gpios.includes(pin))).toEqual([]);
    expect(new Set(pins).size).toBe(pins.length);
  });

  it("leave low-power pins and flash pins apart", () => {
    expect(chip.lowPowerPins.filter((pin) => chip.flashPins.includes(pin))).toEqual([]);
  });

  it("offer two low-power pins for a dual reed that no strapping option needs", () => {
    expect(
      chip.lowPowerPins.filter((pin) => !chip.strappingPins.includes(pin)).length,
    ).toBeGreaterThanOrEqual(2);
  });

  it("name each line of sdkconfig once", () => {
    const names = chip.configuration.map((line) => line.split("=")[0]);
    expect(new Set(names).size).toBe(names.length);
  });
});
