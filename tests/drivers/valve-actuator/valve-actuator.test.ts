import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { ValveFaults } from "../../../sim/world/valve/valve.js";
import { ValveBench } from "./valve-bench.js";

let bench: ValveBench;

/** Holds at the end of every test, whatever it did. */
function expectMotorAtRest(): void {
  expect(bench.valve.currentMilliamperes).toBe(0);
  expect(bench.wereBothOn).toBe(false);
}

beforeEach(() => {
  bench = new ValveBench(0);
});

afterEach(expectMotorAtRest);

describe("a healthy valve", () => {
  it("opens to its limit and reports travel and running current", async () => {
    const actuator = bench.actuator();
    expect(actuator.position).toBe("closed");
    const outcome = await bench.settle(actuator.open());
    // The switch closes at 0.99 of a stroke of 6 s.
    expect(outcome).toEqual({ ok: true, value: { travelMilliseconds: 5940, peakMilliamperes: 45 } });
    expect(actuator.position).toBe("open");
  });

  it("closes to its limit again", async () => {
    const actuator = bench.actuator();
    await bench.settle(actuator.open());
    expect(await bench.settle(actuator.close())).toMatchObject({ ok: true });
    expect(actuator.position).toBe("closed");
    expect(bench.valve.angle).toBeCloseTo(0.01, 9);
  });

  it("is between its limits on the way", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(3000);
    expect(actuator.position).toBe("between");
    await bench.settle(opening);
  });

  it("succeeds at once with no travel when it is there already", async () => {
    const outcome = await bench.actuator().close();
    expect(outcome).toEqual({ ok: true, value: { travelMilliseconds: 0, peakMilliamperes: 0 } });
    expect(bench.starts).toBe(0);
  });

  it("ends on the next sample when the edge of its limit switch got lost", async () => {
    bench.losesEdges = true;
    const outcome = await bench.settle(bench.actuator({ samplePeriodMilliseconds: 250 }).open());
    expect(outcome).toMatchObject({ ok: true, value: { travelMilliseconds: 6000 } });
  });

  it("leaves no timer behind", async () => {
    await bench.settle(bench.actuator().open());
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it("ignores a limit switch that changes while no move is under way", () => {
    const actuator = bench.actuator();
    bench.valve.faults = { openLimitStuck: 1 };
    bench.pass(100);
    expect(actuator.position).toBe("implausible");
    expect(bench.starts).toBe(0);
  });
});

describe("a partial stroke", () => {
  it("runs for its time and succeeds", async () => {
    const actuator = bench.actuator();
    const outcome = await bench.settle(actuator.move("open", 3000));
    expect(outcome).toEqual({ ok: true, value: { travelMilliseconds: 3000, peakMilliamperes: 45 } });
    expect(bench.valve.angle).toBeCloseTo(0.5, 9);
    expect(actuator.position).toBe("between");
  });

  it("ends early at the limit", async () => {
    const actuator = bench.actuator();
    await bench.settle(actuator.move("open", 600));
    const outcome = await bench.settle(actuator.move("close", 5000));
    expect(outcome).toMatchObject({ ok: true, value: { travelMilliseconds: 540 } });
    expect(actuator.position).toBe("closed");
  });

  it("succeeds although it is too short to leave the limit switch", async () => {
    expect(await bench.settle(bench.actuator().move("open", 20))).toMatchObject({ ok: true });
  });

  it.each([0, 1.5, -1, 10_001, NaN])("refuses to last %d ms", async (milliseconds) => {
    await expect(bench.actuator().move("open", milliseconds)).rejects.toThrow(RangeError);
    expect(bench.starts).toBe(0);
  });
});

describe("a move that can't succeed", () => {
  it("is stalled when the ball jams on the way", async () => {
    bench.valve.faults = { jamAngle: 0.5 };
    const outcome = await bench.settle(bench.actuator().open());
    expect(outcome).toMatchObject({ ok: false, code: "stalled", detail: "160 mA after 3040 ms" });
    expect(bench.valve.angle).toBe(0.5);
  });

  it("is stalled when the ball does not start at all, once the start-up current is over", async () => {
    bench.valve.faults = { jamAngle: 0 };
    const outcome = await bench.settle(bench.actuator().open());
    expect(outcome).toMatchObject({ code: "stalled", detail: "160 mA after 260 ms" });
  });

  it("is stalled at the stop when the limit switch there never closes", async () => {
    bench.valve.faults = { openLimitStuck: 0 };
    expect(await bench.settle(bench.actuator().open())).toMatchObject({ ok: false, code: "stalled" });
    expect(bench.valve.angle).toBe(1);
  });

  it("times out when the valve is too slow", async () => {
    bench.valve.faults = { slowdown: 2 };
    const outcome = await bench.settle(bench.actuator().open());
    expect(outcome).toMatchObject({ ok: false, code: "timed-out", detail: "after 10000 ms" });
    expect(bench.world.nowMicroseconds).toBe(10_000_000);
  });

  it("is a limit fault at once when both switches are closed before it starts", async () => {
    bench.valve.faults = { openLimitStuck: 1 };
    const actuator = bench.actuator();
    expect(actuator.position).toBe("implausible");
    expect(await actuator.open()).toMatchObject({ ok: false, code: "limit-fault" });
    expect(bench.starts).toBe(0);
  });

  it("is a limit fault when the switch at the start still sticks at the end, with the valve where it was sent", async () => {
    bench = new ValveBench(1);
    bench.valve.faults = { openLimitStuck: 1 };
    const outcome = await bench.settle(bench.actuator().close());
    expect(outcome).toMatchObject({ code: "limit-fault", detail: "both limit switches are closed" });
    expect(bench.valve.angle).toBeCloseTo(0.01, 9);
  });

  it("is a limit fault when the switch at the start has not released by the time-out", async () => {
    bench.valve.faults = { slowdown: 1000 };
    const outcome = await bench.settle(bench.actuator().open());
    expect(outcome).toMatchObject({
      code: "limit-fault",
      detail: "the limit switch at the start did not release",
    });
  });

  it("is a limit fault when a reversed motor runs to the opposite limit", async () => {
    bench = new ValveBench(0.5);
    bench.valve.faults = { isMotorReversed: true };
    const outcome = await bench.settle(bench.actuator().open());
    expect(outcome).toMatchObject({ code: "limit-fault", detail: "the opposite limit switch closed" });
    // Three samples of 20 ms after the switch closed, before the stop at 3000 ms.
    expect(bench.clock.ticks).toBe(2980);
  });

  it("is stalled when a reversed motor pushes against the stop it stands at", async () => {
    bench.valve.faults = { isMotorReversed: true };
    expect(await bench.settle(bench.actuator().open())).toMatchObject({ ok: false, code: "stalled" });
  });

  it("outlives samples of over-current that do not follow each other", async () => {
    const opening = bench.actuator().open();
    bench.pass(1995);
    for (let spike = 0; spike < 5; spike++) {
      bench.valve.faults = { jamAngle: bench.valve.angle };
      bench.pass(30);
      bench.valve.faults = {};
      bench.pass(70);
    }
    expect(await bench.settle(opening)).toMatchObject({ ok: true, value: { peakMilliamperes: 160 } });
  });

  it("outlives an opposite switch that bounces after its release", async () => {
    const opening = bench.actuator().open();
    bench.pass(115);
    for (let bounce = 0; bounce < 5; bounce++) {
      bench.valve.faults = { closeLimitStuck: 1 };
      bench.pass(30);
      bench.valve.faults = {};
      bench.pass(70);
    }
    expect(await bench.settle(opening)).toMatchObject({ ok: true });
  });
});

describe("construction", () => {
  it.each([
    { travelTimeoutSeconds: 0 },
    { travelTimeoutSeconds: 301 },
    { stallMilliamperes: 0 },
    { stallMilliamperes: 0.5 },
    { inrushMilliseconds: -1 },
    { inrushMilliseconds: 10_000 },
    { samplePeriodMilliseconds: 0 },
    { samplePeriodMilliseconds: NaN },
  ])("refuses %j before it touches a pin", (options) => {
    expect(() => bench.actuator(options)).toThrow(RangeError);
    expect(bench.openPins.size).toBe(0);
  });

  it.each([0, -1, NaN, Infinity])("refuses a current sense of %d mV/mA", (senseMillivoltsPerMilliampere) => {
    const connection = { ...bench.connection(), senseMillivoltsPerMilliampere };
    expect(() => bench.actuator({ connection })).toThrow(RangeError);
  });

  it("refuses two lines on one pin", () => {
    const connection = bench.connection();
    const shorted = { ...connection, closeDrive: connection.openDrive };
    expect(() => bench.actuator({ connection: shorted })).toThrow("a pin of its own");
    expect(bench.openPins.size).toBe(0);
  });

  it("frees what it had acquired when a later pin is in use", () => {
    bench.acquire("current");
    expect(() => bench.actuator()).toThrow("in use");
    expect([...bench.openPins]).toEqual(["current"]);
  });
});

describe("any valve", () => {
  const fault = fc.record<ValveFaults>(
    {
      jamAngle: fc.double({ min: 0, max: 1, noNaN: true }),
      openLimitStuck: fc.constantFrom<0 | 1>(0, 1),
      closeLimitStuck: fc.constantFrom<0 | 1>(0, 1),
      slowdown: fc.double({ min: 1, max: 5, noNaN: true }),
      isMotorReversed: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const step = fc.record({
    command: fc.constantFrom("open", "close", "part-open", "part-close", "stop"),
    waitMilliseconds: fc.integer({ min: 0, max: 12_000 }),
    fault: fc.option(fault),
  });

  it("is never driven both ways, and its motor rests within the time-out", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        (angle, steps) => {
          bench = new ValveBench(angle);
          const actuator = bench.actuator();
          for (const { command, waitMilliseconds, fault: next } of steps) {
            if (next) bench.valve.faults = next;
            if (command === "stop") actuator.stop();
            else if (command === "open" || command === "close") void actuator[command]();
            else void actuator.move(command === "part-open" ? "open" : "close", 2500);
            bench.pass(waitMilliseconds);
          }
          bench.pass(10_000);
          expectMotorAtRest();
        },
      ),
      { numRuns: 150, seed: 8 },
    );
  });
});
