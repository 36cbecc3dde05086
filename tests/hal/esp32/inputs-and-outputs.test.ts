import { beforeEach, describe, expect, it } from "@jest/globals";
import { NativeDouble } from "./native-double.js";

const chip = new NativeDouble();
chip.install();
const { analogClass } = await import("../../../hal/esp32/analog/analog.js");
const { digitalInputClass, digitalOutputClass } = await import("../../../hal/esp32/digital/digital.js");
const { ChipFlashPartition } = await import("../../../hal/esp32/flash/flash.js");
const { pulseInputClass } = await import("../../../hal/esp32/pulse-input/pulse-input.js");
const { serialClass } = await import("../../../hal/esp32/serial/serial.js");

beforeEach(() => {
  chip.reset();
  for (const name of ["analog", "digital", "flash", "serial"])
    chip.define(`xs_tally_${name}_isOpen`, () => true);
});

describe("a digital output", () => {
  const Output = digitalOutputClass({ valve: { gpio: 6, isActiveLow: true } });

  it("is driven from its construction on", () => {
    new Output({ pin: "valve", initial: 1 }).write(0);
    expect(chip.valuesOf("xs_tally_digital_openOutput")).toEqual([[6, true, 1]]);
    expect(chip.valuesOf("xs_tally_digital_write")).toEqual([[0]]);
  });

  it("refuses a pin that the board has not got, touching none", () => {
    expect(() => new Output({ pin: "pump", initial: 0 })).toThrow('output pin "pump" is unknown or in use');
    expect(chip.names).not.toContain("xs_tally_digital_openOutput");
  });

  it("refuses a pin that is taken", () => {
    chip.define("xs_tally_digital_isOpen", () => false);
    expect(() => new Output({ pin: "valve", initial: 0 })).toThrow('output pin "valve" is unknown or in use');
  });

  it("refuses an initial level that is none, touching no pin", () => {
    expect(() => new Output({ pin: "valve", initial: 2 as 0 })).toThrow(RangeError);
    expect(chip.names).toEqual([]);
  });

  it("closes once and is then no longer written", () => {
    const output = new Output({ pin: "valve", initial: 0 });
    output.close();
    output.close();
    expect(chip.valuesOf("xs_tally_digital_closeOutput")).toHaveLength(1);
    expect(() => {
      output.write(1);
    }).toThrow("closed");
  });
});

describe("a digital input", () => {
  const Input = digitalInputClass({ limit: { gpio: 7, isActiveLow: false, pull: "down" } });

  it("hands its wiring and its callback to the chip", () => {
    const onReadable = (): void => undefined;
    chip.define("xs_tally_digital_read", () => 1);
    const input = new Input({ pin: "limit", onReadable });
    expect(input.read()).toBe(1);
    expect(chip.valuesOf("xs_tally_digital_openInput")).toEqual([[7, false, 2, onReadable]]);
  });

  it("refuses a pull that is none, touching no pin", () => {
    const Wrong = digitalInputClass({ limit: { gpio: 7, isActiveLow: false, pull: "left" as "up" } });
    expect(() => new Wrong({ pin: "limit" })).toThrow(RangeError);
    expect(chip.names).toEqual([]);
  });
});

describe("an analog input", () => {
  it("reads millivolts until it is closed, which it is once", () => {
    const Analog = analogClass({ current: { gpio: 2, attenuationDecibels: 2.5 } });
    chip.define("xs_tally_analog_read", () => 612);
    const analog = new Analog({ pin: "current" });
    expect(analog.read()).toBe(612);
    analog.close();
    analog.close();
    expect(chip.valuesOf("xs_tally_analog_open")).toEqual([[2, 1]]);
    expect(chip.valuesOf("xs_tally_analog_close")).toHaveLength(1);
    expect(() => analog.read()).toThrow("closed");
  });

  it("refuses an attenuation that the chip has not got", () => {
    const Analog = analogClass({ current: { gpio: 2, attenuationDecibels: 3 as 0 } });
    expect(() => new Analog({ pin: "current" })).toThrow(RangeError);
    expect(chip.names).toEqual([]);
  });
});

describe("a serial port", () => {
  const Serial = serialClass({ modem: { uart: 1, transmit: 4, receive: 5, direction: undefined } });
  const options = { port: "modem", baud: 2400, parity: "even", onReadable: () => undefined } as const;

  it("opens with parity and without a direction pin", () => {
    new Serial(options);
    expect(chip.valuesOf("xs_tally_serial_open")[0]?.slice(0, 6)).toEqual([1, 4, 5, -1, 2400, 1]);
  });

  it.each([{ baud: 299 }, { baud: 921601 }, { baud: 9600.5 }, { parity: "mark" as "even" }])(
    "refuses %j, touching no UART",
    (wrong) => {
      expect(() => new Serial({ ...options, ...wrong })).toThrow(RangeError);
      expect(chip.names).toEqual([]);
    },
  );

  it("reports lost input as an error that names the port, and survives without anybody to tell", () => {
    const errors: string[] = [];
    new Serial({ ...options, onError: ({ message }) => errors.push(message) });
    new Serial(options);
    for (const values of chip.valuesOf("xs_tally_serial_open")) (values[7] as () => void)();
    expect(errors).toEqual(['serial port "modem" lost input']);
  });

  it("reads nothing once it is closed, and closes once", () => {
    chip.define("xs_tally_serial_read", () => Uint8Array.of(1, 2).buffer);
    const port = new Serial(options);
    expect(port.read()).toEqual(Uint8Array.of(1, 2));
    port.close();
    port.close();
    expect(port.read()).toBeUndefined();
    expect(chip.valuesOf("xs_tally_serial_close")).toHaveLength(1);
  });
});

describe("a flash partition", () => {
  beforeEach(() => {
    chip.define("xs_tally_flash_byteLength", () => 8192);
    chip.define("xs_tally_flash_sectorByteLength", () => 4096);
    chip.define("xs_tally_flash_programByteLength", () => 16);
    for (const name of ["read", "program", "erase"]) chip.define(`xs_tally_flash_${name}`, () => true);
  });

  it("knows its geometry", () => {
    expect(new ChipFlashPartition({ partition: "journal" }).geometry).toEqual({
      byteLength: 8192,
      sectorByteLength: 4096,
      programByteLength: 16,
    });
  });

  it("refuses a label that the partition table has not got", () => {
    chip.define("xs_tally_flash_isOpen", () => false);
    expect(() => new ChipFlashPartition({ partition: "attic" })).toThrow(
      'flash partition "attic" is unknown',
    );
  });

  it.each([
    ["reads beyond its end", (p) => p.read(8190, new Uint8Array(3))],
    ["reads before its start", (p) => p.read(-1, new Uint8Array(1))],
    ["programs part of a block", (p) => p.program(0, new Uint8Array(8))],
    ["programs across blocks", (p) => p.program(8, new Uint8Array(16))],
    ["erases part of a sector", (p) => p.erase(16)],
    ["erases beyond its end", (p) => p.erase(8192)],
  ] as [string, (partition: InstanceType<typeof ChipFlashPartition>) => boolean][])(
    "%s only to throw a RangeError, and the flash is left alone",
    (_name, act) => {
      const partition = new ChipFlashPartition({ partition: "journal" });
      chip.calls = [];
      expect(() => act(partition)).toThrow(RangeError);
      expect(chip.names).toEqual([]);
    },
  );

  it("passes on that the chip reports a fault", () => {
    chip.define("xs_tally_flash_erase", () => false);
    expect(new ChipFlashPartition({ partition: "journal" }).erase(4096)).toBe(false);
  });
});

describe("the pulse input", () => {
  const options = { sensor: "dual-reed", debounceMilliseconds: 5, magnetSeconds: 15 } as const;
  const wiring = { contactA: 1, contactB: 2, cableLoop: undefined, pullUp: "external" } as const;

  beforeEach(() => {
    chip.define("xs_tally_pulse_hasLine", (_self, gpio) => (gpio as number) < 6);
    chip.define("xs_tally_pulse_configure", () => true);
  });

  it("hands its options and lines to what counts", () => {
    const PulseInput = pulseInputClass(wiring);
    new PulseInput(options);
    expect(chip.valuesOf("xs_tally_pulse_configure")).toEqual([[1, 5, 15, 1, 2, -1, false]]);
  });

  it.each([{ contactA: 9 }, { cableLoop: 9 }, { contactB: 1 }, { pullUp: "none" as "internal" }])(
    "refuses the wiring %j",
    (wrong) => {
      expect(() => pulseInputClass({ ...wiring, ...wrong })).toThrow(RangeError);
    },
  );

  it.each([
    { debounceMilliseconds: 0 },
    { debounceMilliseconds: 51 },
    { magnetSeconds: 3601 },
    { sensor: "hall" as "dual-reed" },
  ])("refuses the options %j and leaves what counts alone", (wrong) => {
    const PulseInput = pulseInputClass(wiring);
    expect(() => new PulseInput({ ...options, ...wrong })).toThrow(RangeError);
    expect(chip.names).not.toContain("xs_tally_pulse_configure");
  });

  it("refuses a dual reed without a second contact", () => {
    const PulseInput = pulseInputClass({ ...wiring, contactB: undefined });
    expect(() => new PulseInput(options)).toThrow(RangeError);
    new PulseInput({ ...options, sensor: "single-reed" });
    expect(chip.valuesOf("xs_tally_pulse_configure")).toEqual([[0, 5, 15, 1, -1, -1, false]]);
  });

  it("reads counters that use all 32 bits, and each flag", () => {
    chip.define("xs_tally_pulse_read", (_self, buffer) => {
      new Uint32Array(buffer as ArrayBuffer).set([0xffffffff, 2, 3, 4, 5, 6]);
      return true;
    });
    const PulseInput = pulseInputClass(wiring);
    expect(new PulseInput(options).read()).toEqual({
      forward: 0xffffffff,
      reverse: 2,
      illegalTransitions: 3,
      magnetEvents: 4,
      magnetPresent: false,
      sensorFaults: 5,
      oneSided: true,
      wireCut: true,
    });
  });

  it("goes on counting when it is closed", () => {
    const PulseInput = pulseInputClass(wiring);
    const input = new PulseInput(options);
    chip.calls = [];
    input.close();
    expect(chip.names).toEqual([]);
  });
});
