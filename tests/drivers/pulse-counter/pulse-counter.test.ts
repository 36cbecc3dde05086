import { describe, expect, it } from "@jest/globals";
import { PulseCounter, type PulseCounterOptions } from "../../../drivers/pulse-counter/pulse-counter.js";
import type { Clock } from "../../../hal/clock.js";
import type { PulseInput, PulseInputOptions, PulseInputReading } from "../../../hal/pulse-input.js";

/** An input that keeps a record of what the driver does to it. */
function createInput(reading: PulseInputReading) {
  const opened: PulseInputOptions[] = [];
  const record = { closes: 0 };
  class RecordingInput implements PulseInput {
    constructor(options: PulseInputOptions) {
      opened.push(options);
    }
    read(): PulseInputReading {
      return reading;
    }
    close(): void {
      record.closes++;
    }
  }
  return { io: RecordingInput, opened, record };
}

const reading: PulseInputReading = {
  forward: 4_294_967_295,
  reverse: 7,
  illegalTransitions: 2,
  magnetEvents: 1,
  magnetPresent: true,
  sensorFaults: 3,
  oneSided: true,
  wireCut: false,
};

const clock: Clock = {
  ticks: 123_456,
  wallTime: { epochMilliseconds: 0, trust: "unset" },
  setWallTime: () => undefined,
  setTimer: () => 0,
  clearTimer: () => undefined,
};

function createCounter(changes: Partial<PulseCounterOptions> = {}) {
  const input = createInput(reading);
  const create = () =>
    new PulseCounter({
      input: { io: input.io, sensor: "dual-reed" },
      clock,
      debounceMilliseconds: 5,
      magnetSeconds: 15,
      ...changes,
    });
  return { ...input, create };
}

describe("the pulse counter", () => {
  it("configures the input for the sensor on the board", () => {
    const { create, opened } = createCounter();
    create();
    expect(opened).toEqual([{ sensor: "dual-reed", debounceMilliseconds: 5, magnetSeconds: 15 }]);
  });

  it("gives counters, faults and the tick of the sample", () => {
    expect(createCounter().create().sample()).toMatchObject({
      forward: 4_294_967_295,
      reverse: 7,
      ticks: 123_456,
      faults: {
        illegalTransitions: 2,
        magnetEvents: 1,
        magnetPresent: true,
        sensorFaults: 3,
        oneSided: true,
        wireCut: false,
      },
    });
  });

  it.each([
    { debounceMilliseconds: 0 },
    { debounceMilliseconds: 51 },
    { debounceMilliseconds: 2.5 },
    { debounceMilliseconds: NaN },
    { magnetSeconds: 0 },
    { magnetSeconds: 3601 },
  ])("refuses %j before it acquires the input", (changes) => {
    const { create, opened } = createCounter(changes);
    expect(create).toThrow(RangeError);
    expect(opened).toEqual([]);
  });

  it("releases the input once, however often it is closed", () => {
    const { create, record } = createCounter();
    const counter = create();
    counter.close();
    counter.close();
    expect(record.closes).toBe(1);
  });

  it("gives no sample once closed", () => {
    const counter = createCounter().create();
    counter.close();
    expect(() => counter.sample()).toThrow("closed");
  });
});
