/** What the pulse decoder in C and those who read or feed it in TypeScript have to say alike. */
import { describe, expect, it } from "@jest/globals";
import type { PulseInputReading } from "../../hal/pulse-input.js";
import { pulseSensors } from "../../sim/chip/boundary/port.js";
import {
  decodePulseReading,
  encodePulseReading,
  pulseReadingByteLength,
} from "../../sim/chip/boundary/pulse-reading.js";
import { ContactTimeline } from "../../sim/world/sensors/contact-timeline.js";
import { ContactBit } from "../../sim/world/sensors/pulse-decoder.js";
import { CSource } from "./sources/c-source.js";
import { ScriptSource } from "./sources/script-source.js";

const core = new CSource("hal/core");
const host = new CSource("sim/engines/program");
const chipInput = new ScriptSource("hal/esp32/pulse-input/pulse-input.js");

/** By the name of the member that says whether it is set. */
const flags = {
  magnetPresent: core.value("PULSE_MAGNET_PRESENT"),
  oneSided: core.value("PULSE_ONE_SIDED"),
  wireCut: core.value("PULSE_WIRE_CUT"),
};
const counters = core.fields("pulseReading").filter((name) => name !== "flags");

const nothing: PulseInputReading = {
  ...{ forward: 0, reverse: 0, illegalTransitions: 0, magnetEvents: 0, sensorFaults: 0 },
  ...{ magnetPresent: false, oneSided: false, wireCut: false },
};

function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getUint32(4 * index, true));
}

describe("a poll", () => {
  it("has the same bits in the simulator", () => {
    expect(ContactBit).toEqual({
      a: core.value("PULSE_CONTACT_A"),
      b: core.value("PULSE_CONTACT_B"),
      loopOpen: core.value("PULSE_LOOP_OPEN"),
    });
  });

  it("comes as often, and a contact is one-sided after as many pulses", () => {
    const model = new ScriptSource("sim/world/sensors/pulse-input.ts");
    const chip = new CSource("hal/esp32/low-power");
    expect(model.constant("pollMicroseconds")).toBe(chip.value("PULSE_POLL_MICROSECONDS"));
    expect(model.constant("oneSidedPulses")).toBe(core.value("PULSE_ONE_SIDED_PULSES"));
  });
});

describe("a sensor", () => {
  const names = core.names("PULSE_SENSOR_");
  const listed = names.map((name) => name.replace("PULSE_SENSOR_", "").toLowerCase().replace("_", "-"));

  it("has the same number at the boundary and on the chip", () => {
    expect(names.map((name) => core.value(name))).toEqual(names.map((_, index) => index));
    expect(pulseSensors).toEqual(listed);
    expect(chipInput.constant("sensors")).toEqual(listed);
  });
});

describe("a reading", () => {
  const fields = core.fields("pulseReading");

  it.each(fields)("has %s at the same place across the boundary", (name) => {
    const place = fields.indexOf(name);
    const reading =
      name === "flags" ? { ...nothing, magnetPresent: true } : { ...nothing, [name]: 0xfffffff0 + place };
    const words = wordsOf(encodePulseReading(reading));
    const expected = fields.map(() => 0);
    expected[place] = name === "flags" ? flags.magnetPresent : 0xfffffff0 + place;
    expect(words).toEqual(expected);
    expect(decodePulseReading(encodePulseReading(reading))).toEqual(reading);
  });

  it.each(Object.entries(flags))(
    "has %s in the same bit across the boundary and on the chip",
    (name, bit) => {
      const bytes = encodePulseReading({ ...nothing, [name]: true });
      expect(wordsOf(bytes).at(-1)).toBe(bit);
      expect(decodePulseReading(bytes)).toEqual({ ...nothing, [name]: true });
      expect(chipInput.numbers("(flags & #)").get(name)).toBe(bit);
    },
  );

  it("is as long across the boundary, and as the chip takes it apart", () => {
    expect(pulseReadingByteLength).toBe(4 * fields.length);
    const [, taken = ""] = /const \[([\w, ]+)\] = this\.#words/.exec(chipInput.text) ?? [];
    expect(taken.split(", ")).toEqual(fields);
    expect(chipInput.text).toContain(`new Uint32Array(${fields.length})`);
    expect(counters).toHaveLength(5);
  });
});

describe("the contacts' timeline", () => {
  const options = { sensor: "dual-reed", debouncePolls: 2, magnetPolls: 3, oneSidedPulses: 4 } as const;
  const values: Readonly<Record<string, number>> = { ...options, sensor: 1 };
  const inOrder = core.fields("pulseDecoderOptions").map((name) => values[name]);

  it("begins, goes on and changes its options by the same words", () => {
    const timeline = new ContactTimeline();
    const contacts = core.value("PULSE_CONTACT_B");
    timeline.start(options, contacts, { forward: 7, reverse: 8 });
    timeline.run(contacts, 9);
    timeline.configure(options);
    const [, ...words] = wordsOf(timeline.take(1024));
    expect(words).toEqual([
      ...[host.value("ENTRY_START") | contacts, 7, 8, ...inOrder],
      ...[host.value("ENTRY_RUN") | contacts, 9],
      ...[host.value("ENTRY_CONFIGURE"), ...inOrder],
    ]);
  });

  it("keeps kinds and contacts apart", () => {
    const contacts =
      core.value("PULSE_CONTACT_A") | core.value("PULSE_CONTACT_B") | core.value("PULSE_LOOP_OPEN");
    expect(host.value("ENTRY_KIND") & contacts).toBe(0);
    for (const name of ["ENTRY_START", "ENTRY_CONFIGURE"])
      expect(host.value("ENTRY_KIND") & host.value(name)).toBe(host.value(name));
  });
});
