import { beforeEach, describe, expect, it } from "@jest/globals";
import { BallValve } from "../../../../sim/world/valve/valve.js";
import { World } from "../../../../sim/kernel/world.js";

let world: World;

beforeEach(() => {
  world = new World();
});

function pass(milliseconds: number): void {
  const until = world.nowMicroseconds + milliseconds * 1000;
  while ((world.nextMicroseconds ?? Infinity) <= until) world.step();
  world.nowMicroseconds = until;
}

describe("the ball", () => {
  it("turns evenly while it is driven and rests when the drive goes", () => {
    const valve = new BallValve(world, 0);
    valve.setDrive("open", 1);
    pass(1500);
    expect(valve.angle).toBeCloseTo(0.25, 12);
    valve.setDrive("open", 0);
    pass(5000);
    expect(valve.angle).toBeCloseTo(0.25, 12);
  });

  it("closes from open in its travel time and stays at the stop", () => {
    const valve = new BallValve(world, 1, { travelSeconds: 4 });
    valve.setDrive("close", 1);
    pass(3999);
    expect(valve.angle).toBeGreaterThan(0);
    pass(1);
    expect(valve.angle).toBe(0);
    pass(10_000);
    expect(valve.angle).toBe(0);
  });

  it("is braked when both inputs are on", () => {
    const valve = new BallValve(world, 0.5);
    valve.setDrive("close", 1);
    valve.setDrive("open", 1);
    pass(1000);
    expect(valve.angle).toBe(0.5);
    expect(valve.currentMilliamperes).toBe(0);
  });

  it("needs no event but the switches, the stop and the end of the start-up current", () => {
    const valve = new BallValve(world, 0);
    valve.setDrive("open", 1);
    let events = 0;
    while (world.step()) events++;
    expect(events).toBe(4);
  });
});

describe("the limit switches", () => {
  it("change at their thresholds, to the microsecond, with hysteresis", () => {
    const valve = new BallValve(world, 0);
    const changes: [number, string, number][] = [];
    valve.onLimitChange = (limit, level) => changes.push([world.nowMicroseconds, limit, level]);
    valve.setDrive("open", 1);
    pass(7000);
    valve.setDrive("open", 0);
    valve.setDrive("close", 1);
    pass(7000);
    expect(changes).toEqual([
      [90_000, "close", 0],
      [5_940_000, "open", 1],
      [7_090_000, "open", 0],
      [12_940_000, "close", 1],
    ]);
  });

  it("read what stands at the start", () => {
    expect(new BallValve(world, 1).limit("open")).toBe(1);
    expect(new BallValve(world, 0.5).limit("open")).toBe(0);
    expect(new BallValve(world, 0.5).limit("close")).toBe(0);
    expect(new BallValve(world, 0.005).limit("close")).toBe(1);
  });

  it("let a listener switch the motor off on the spot", () => {
    const valve = new BallValve(world, 0);
    valve.onLimitChange = (limit) => {
      if (limit === "open") valve.setDrive("open", 0);
    };
    valve.setDrive("open", 1);
    pass(7000);
    expect(valve.angle).toBe(0.99);
    expect(valve.currentMilliamperes).toBe(0);
  });
});

describe("the motor's current", () => {
  it("steps from start-up to running to stall", () => {
    const valve = new BallValve(world, 0.5);
    const changes: [number, number][] = [];
    valve.onCurrentChange = (milliamperes) => changes.push([world.nowMicroseconds / 1000, milliamperes]);
    valve.setDrive("open", 1);
    pass(4000);
    valve.setDrive("open", 0);
    expect(changes).toEqual([
      [0, 180],
      [80, 45],
      [3000, 160],
      [4000, 0],
    ]);
  });

  it("starts up anew when the direction changes", () => {
    const valve = new BallValve(world, 0.5);
    valve.setDrive("open", 1);
    pass(500);
    expect(valve.currentMilliamperes).toBe(45);
    valve.setDrive("open", 0);
    valve.setDrive("close", 1);
    expect(valve.currentMilliamperes).toBe(180);
  });
});

describe("a fault", () => {
  it("jams the ball at its angle until it is lifted", () => {
    const valve = new BallValve(world, 0);
    valve.faults = { jamAngle: 0.3 };
    valve.setDrive("open", 1);
    pass(3000);
    expect(valve.angle).toBe(0.3);
    expect(valve.currentMilliamperes).toBe(160);
    valve.setDrive("open", 0);
    valve.setDrive("close", 1);
    pass(3000);
    expect(valve.angle).toBe(0.3);
    valve.faults = {};
    pass(600);
    expect(valve.angle).toBeCloseTo(0.2, 12);
  });

  it("leaves a ball alone that does not come to the jam", () => {
    const valve = new BallValve(world, 0.5);
    valve.faults = { jamAngle: 0.3 };
    valve.setDrive("open", 1);
    pass(6000);
    expect(valve.angle).toBe(1);
  });

  it("sticks a limit switch at a level and tells of the change", () => {
    const valve = new BallValve(world, 0);
    const changes: [string, number][] = [];
    valve.onLimitChange = (limit, level) => changes.push([limit, level]);
    valve.faults = { openLimitStuck: 1, closeLimitStuck: 0 };
    expect(changes).toEqual([
      ["open", 1],
      ["close", 0],
    ]);
    valve.setDrive("open", 1);
    pass(7000);
    valve.faults = {};
    expect(changes).toHaveLength(2);
    expect(valve.limit("open")).toBe(1);
  });

  it("slows the ball from where it is", () => {
    const valve = new BallValve(world, 0);
    valve.setDrive("open", 1);
    pass(3000);
    valve.faults = { slowdown: 3 };
    pass(3000);
    expect(valve.angle).toBeCloseTo(0.5 + 0.5 / 3, 12);
  });

  it("turns a reversed motor the wrong way", () => {
    const valve = new BallValve(world, 0.5);
    valve.faults = { isMotorReversed: true };
    valve.setDrive("open", 1);
    pass(600);
    expect(valve.angle).toBeCloseTo(0.4, 12);
  });
});

it("refuses an angle outside of the stroke", () => {
  expect(() => new BallValve(world, 1.1)).toThrow(RangeError);
});
