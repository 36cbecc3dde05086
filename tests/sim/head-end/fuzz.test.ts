import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { blockRecords, encodeSenml, indexRecords, MeterDouble, midnight } from "./meter-double.js";

const settings = { seed: 1, numRuns: 2000 };

/** One of some changes at one of the bytes: replace, remove, insert, or cut off what follows. */
const mutation = fc.record({
  kind: fc.constantFrom("replace", "remove", "insert", "cut"),
  position: fc.nat(),
  byte: fc.integer({ min: 0, max: 255 }),
});

function mutate(
  bytes: Buffer,
  { kind, position, byte }: { kind: string; position: number; byte: number },
): Buffer {
  const at = bytes.length === 0 ? 0 : position % bytes.length;
  const before = bytes.subarray(0, at);
  if (kind === "cut") return before;
  if (kind === "insert") return Buffer.concat([before, Buffer.of(byte), bytes.subarray(at)]);
  const after = bytes.subarray(at + 1);
  return kind === "remove" ? Buffer.concat([before, after]) : Buffer.concat([before, Buffer.of(byte), after]);
}

function dailyReport(): Buffer {
  return encodeSenml(
    ...indexRecords(midnight + 7200, [20, 1]),
    ...blockRecords(
      midnight,
      [10, 1],
      [
        [5, 0],
        [2, 0],
        [3, 0],
      ],
    ),
    [
      [0, "/3/0/7"],
      [2, 3600],
    ],
  );
}

describe("whatever arrives", () => {
  it("never makes the head-end throw when it is random bytes", () => {
    const meter = new MeterDouble({ separateResponseProbability: 0.5 });
    meter.register();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        meter.deliver(bytes);
      }),
      settings,
    );
    meter.wait(3600);
    expect(meter.headEnd.malformedDatagrams).toBeGreaterThan(0);
    expect(meter.headEnd.reports).toBe(0);
  });

  it("never makes the head-end throw when it is a damaged registration", () => {
    const meter = new MeterDouble();
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        meter.deliver(mutations.reduce(mutate, meter.registerRequest()));
        meter.wait(500);
      }),
      settings,
    );
    expect(meter.headEnd.faults.length).toBeGreaterThan(0);
  });

  it("never makes the head-end throw when it is a damaged report, nor lets intervals overlap", () => {
    const meter = new MeterDouble();
    meter.register("meter-1", 0);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        meter.deliver(meter.sendRequest(mutations.reduce(mutate, dailyReport())));
        meter.wait(500);
      }),
      settings,
    );
    expect(meter.headEnd.reports).toBeGreaterThan(0);
    expect(meter.headEnd.reports).toBeLessThan(settings.numRuns);
    const intervals = [...(meter.headEnd.device("meter-1")?.intervals ?? [])].sort(
      ([one], [other]) => one - other,
    );
    let freeFrom = 0;
    for (const [end, { startEpochSeconds }] of intervals) {
      expect(startEpochSeconds).toBeGreaterThanOrEqual(freeFrom);
      freeFrom = end;
    }
  });

  it("is answered by something a client can read", () => {
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 3 }), (mutations) => {
        const meter = new MeterDouble();
        meter.register();
        // The double reads every reply with the packet library, which throws on what it cannot read.
        for (const reply of meter.deliver(mutations.reduce(mutate, meter.sendRequest(dailyReport()))))
          expect(reply.ack || reply.reset || !reply.confirmable).toBe(true);
      }),
      { ...settings, numRuns: 500 },
    );
  });
});
