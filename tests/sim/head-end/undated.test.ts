import { describe, expect, it } from "@jest/globals";
import {
  blockRecords,
  type Field,
  indexRecords,
  meterAtNoon,
  type MeterDouble,
  midnight,
  packBlock,
  period,
} from "./meter-double.js";

const noon = midnight + 12 * 3600;

/** Sends intervals as a meter does that knows no date: by its own time, which the last record tells. */
function sendUndated(
  meter: MeterDouble,
  ownSeconds: number,
  startOwnSeconds: number,
  base: number,
  deltas: readonly number[],
): void {
  const block = packBlock(
    startOwnSeconds,
    deltas.map((delta) => [delta, 0]),
  );
  const ownTime: Field[] = [
    [0, "/3/0/13"],
    [2, ownSeconds],
  ];
  const payload: Field[] = [
    [0, "/10266/0/6029"],
    [8, block],
  ];
  const now = base + deltas.reduce((sum, delta) => sum + delta, 0);
  const code = meter.send(
    ...indexRecords(0, [now, 0]),
    ownTime,
    ...indexRecords(startOwnSeconds - ownSeconds, [base, 0]),
    payload,
  );
  expect(code).toBe("2.04");
}

describe("intervals of a meter that knows no date", () => {
  it("are dated by the arrival of their report", () => {
    const { meter, device } = meterAtNoon();
    sendUndated(meter, 9000, 7000, 50, [3, 4]);
    const first = noon - 2000;
    expect([...device.intervals.keys()]).toEqual([first + period, first + 2 * period]);
    expect(device.intervals.get(first + 2 * period)).toMatchObject({ forward: 4, isDatedByArrival: true });
    expect(meter.headEnd.faults).toEqual([]);
  });

  it.each([-40, 40])("go on where those before them ended, although they are %d s later", (lateSeconds) => {
    const { meter, device } = meterAtNoon();
    sendUndated(meter, 9000, 7000, 50, [3, 4]);
    meter.wait(1800 + lateSeconds);
    sendUndated(meter, 10_800, 8800, 57, [5]);
    expect([...device.intervals.values()].map(({ startEpochSeconds }) => startEpochSeconds)).toEqual([
      noon - 2000,
      noon - 1100,
      noon - 200,
    ]);
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("are a repeat when they come again later", () => {
    const { meter, device } = meterAtNoon();
    sendUndated(meter, 9000, 7000, 50, [3, 4]);
    meter.wait(600);
    sendUndated(meter, 9580, 7000, 50, [3, 4]);
    expect(device.intervals.size).toBe(2);
    expect(meter.headEnd.faults).toEqual([]);
    expect(meter.headEnd.repeats).toBe(2);
  });

  it("are moved to end where the next one begins, once their meter knows the date", () => {
    const { meter, device } = meterAtNoon();
    sendUndated(meter, 9000, 7000, 50, [3, 4]);
    meter.wait(1800);
    // By its date the second interval had ended 70 s before the moment that its report had been taken for.
    meter.send(...blockRecords(noon - 270, [57, 0], [[6, 0]]));
    expect([...device.intervals.keys()]).toEqual([noon - 1170, noon - 270, noon + 630]);
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("are repeats, all of them, when they come again with the date that their meter has learned", () => {
    const { meter, device } = meterAtNoon();
    sendUndated(meter, 9000, 7000, 50, [3, 4]);
    meter.wait(1800);
    // What had arrived 40 s late is told once more, for no acknowledgement got through, and one interval more.
    meter.send(
      ...blockRecords(
        noon - 2040,
        [50, 0],
        [
          [3, 0],
          [4, 0],
          [6, 0],
        ],
      ),
    );
    expect([...device.intervals.keys()]).toEqual([noon - 1140, noon - 240, noon + 660]);
    expect(meter.headEnd.faults).toEqual([]);
    expect(meter.headEnd.repeats).toBe(2);
  });

  it("overlap others when their registers do not fit", () => {
    const { meter } = meterAtNoon();
    sendUndated(meter, 9000, 7000, 50, [3, 4]);
    meter.wait(1760);
    sendUndated(meter, 10_800, 8800, 58, [5]);
    expect(meter.headEnd.duplicateIntervals).toBe(1);
  });

  it("have to have a register where they begin", () => {
    const { meter } = meterAtNoon();
    const ownTime: Field[] = [
      [0, "/3/0/13"],
      [2, 10_000],
    ];
    const payload: Field[] = [
      [0, "/10266/0/6029"],
      [8, packBlock(7000, [[1, 0]])],
    ];
    expect(meter.send(...indexRecords(-2999, [50, 0]), ownTime, payload)).toBe("4.00");
  });
});
