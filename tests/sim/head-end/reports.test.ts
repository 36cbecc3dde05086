import { describe, expect, it } from "@jest/globals";
import { HeadEnd } from "../../../sim/head-end/head-end.js";
import { Random } from "../../../sim/kernel/random.js";
import { World } from "../../../sim/kernel/world.js";
import {
  blockRecords,
  type Field,
  indexRecords,
  meterAtNoon,
  midnight,
  packBlock,
  period,
} from "./meter-double.js";

describe("a daily report", () => {
  it("gives the register now, the intervals and the latest value of each resource", () => {
    const { meter, device } = meterAtNoon();
    const now = midnight + 12 * 3600;
    const code = meter.send(
      ...indexRecords(now, [1009, 3]),
      [
        [0, "/3424/0/1"],
        [6, now],
        [2, 1.009],
      ],
      ...blockRecords(
        midnight,
        [1000, 2],
        [
          [5, 0],
          [0, 1],
          [3, 0],
        ],
      ),
      [
        [0, "/3/0/7"],
        [6, now],
        [2, 3600],
      ],
      [
        [0, "/3306/0/5850"],
        [6, now],
        [4, true],
      ],
    );
    expect(code).toBe("2.04");
    expect(meter.headEnd.faults).toEqual([]);
    expect(device.latest).toEqual({ forwardPulses: 1009, reversePulses: 3, epochSeconds: now });
    const isDatedByArrival = false;
    expect([...device.intervals]).toEqual([
      [
        midnight + 900,
        {
          startEpochSeconds: midnight,
          forward: 5,
          reverse: 0,
          forwardIndex: 1005,
          reverseIndex: 2,
          isDatedByArrival,
        },
      ],
      [
        midnight + 1800,
        {
          startEpochSeconds: midnight + 900,
          forward: 0,
          reverse: 1,
          forwardIndex: 1005,
          reverseIndex: 3,
          isDatedByArrival,
        },
      ],
      [
        midnight + 2700,
        {
          startEpochSeconds: midnight + 1800,
          forward: 3,
          reverse: 0,
          forwardIndex: 1008,
          reverseIndex: 3,
          isDatedByArrival,
        },
      ],
    ]);
    expect(device.resources.get("/3424/0/4")).toEqual({ value: 1009, time: now });
    expect(device.resources.get("/3424/0/1")).toEqual({ value: 1.009, time: now });
    expect(device.resources.get("/3306/0/5850")).toEqual({ value: true, time: now });
    expect(meter.headEnd).toMatchObject({ reports: 1, intervals: 3, repeats: 0, duplicateIntervals: 0 });
  });

  it("may hold several blocks in one payload", () => {
    const { meter, device } = meterAtNoon();
    const later = midnight + 4 * period;
    meter.send(...indexRecords(midnight, [10, 0]), ...indexRecords(later, [20, 0]), [
      [0, "/10266/0/6029"],
      [6, midnight],
      [8, Buffer.concat([packBlock(midnight, [[1, 0]]), packBlock(later, [[2, 0]])])],
    ]);
    expect(meter.headEnd.faults).toEqual([]);
    expect([...device.intervals.values()].map(({ forwardIndex }) => forwardIndex)).toEqual([11, 22]);
    expect(device.latest).toBeUndefined();
  });

  it("may come from a gas meter", () => {
    const { meter, device } = meterAtNoon();
    const index = (epochSeconds: number, pulses: number) =>
      [
        [0, "/3423/0/4"],
        [6, epochSeconds],
        [2, pulses],
      ] as const;
    const header = "020001" + (midnight + period).toString(16) + "0000038400010108";
    meter.send(index(midnight + 1000, 57), index(midnight, 50), [
      [0, "/19/0/0/0"],
      [6, midnight],
      [8, Buffer.from(header + "07", "hex")],
    ]);
    expect(device.latest).toEqual({ forwardPulses: 57, reversePulses: 0, epochSeconds: midnight + 1000 });
    expect(device.intervals.get(midnight + period)).toMatchObject({
      forward: 7,
      reverse: 0,
      forwardIndex: 57,
    });
  });

  it("is told to the listener", () => {
    const { meter, device } = meterAtNoon();
    const seen: unknown[] = [];
    meter.headEnd.onReport = (report) => {
      seen.push([report.endpoint, report.receivedEpochSeconds, report.now?.index.forward, report.device]);
    };
    meter.send(...indexRecords(midnight, [10, 0]));
    expect(seen).toEqual([["meter-1", midnight + 12 * 3600, 10, device]]);
  });

  const block = packBlock(midnight, [[1, 0]]);
  const forward: Field[] = [
    [0, "/3424/0/4"],
    [6, midnight],
    [2, 10],
  ];
  const reverse: Field[] = [
    [0, "/3424/1/4"],
    [6, midnight],
    [2, 0],
  ];
  const blockRecord = [
    [0, "/10266/0/6029"],
    [6, midnight],
    [8, block],
  ] as const;
  const refused: [name: string, records: (readonly Field[])[]][] = [
    ["without a base index", [blockRecord]],
    ["without a reverse base index", [forward, blockRecord]],
    ["with a base index at another time", [...indexRecords(midnight + 1, [10, 0]), blockRecord]],
    ["with a fraction of a pulse", indexRecords(midnight, [10.5, 0])],
    ["with a negative index", indexRecords(midnight, [10, -1])],
    ["with an index beyond exact integers", indexRecords(midnight, [2 ** 53, 0])],
    [
      "with a text as its block",
      [
        forward,
        reverse,
        [
          [0, "/10266/0/6029"],
          [3, "block"],
        ],
      ],
    ],
    [
      "with a block cut short",
      [
        forward,
        reverse,
        [
          [0, "/10266/0/6029"],
          [8, block.subarray(0, -1)],
        ],
      ],
    ],
    [
      "with a volume that is no number",
      [
        forward,
        [
          [0, "/3424/0/1"],
          [3, "1 m3"],
        ],
      ],
    ],
  ];
  it.each(refused)("is refused whole %s", (_name, records) => {
    const { meter, device } = meterAtNoon();
    expect(meter.send(...records)).toBe("4.00");
    expect(meter.headEnd.faults).toHaveLength(1);
    expect([device.reports, device.intervals.size, device.latest]).toEqual([0, 0, undefined]);
  });
});

describe("the head-end's options", () => {
  it.each([0, -900, 1.5, NaN])("refuse a period of %d s", (expectedPeriodSeconds) => {
    const options = { scheduler: new World(), random: new Random(1), expectedPeriodSeconds };
    expect(() => new HeadEnd(options)).toThrow(RangeError);
  });
});
