import { beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { World } from "../../../../sim/kernel/world.js";
import { Battery, type BatteryFigures } from "../../../../sim/world/battery/battery.js";

const second = 1e6;
const hour = 3600 * second;
const day = 24 * hour;
const year = 8766 * hour;
const passivation = { fullOhms: 0, growthDays: 60, breakdownSeconds: 2, breakdownMilliamperes: 5 };
/** Nothing but a store of charge: the tests add back what they are about. */
const ideal = { selfDischargePercentPerYear: 0, internalOhms: 0, passivation };

let world: World;
/** Events that passing the time took. */
let events: number;

beforeEach(() => {
  world = new World();
  events = 0;
});

function battery(figures: Partial<BatteryFigures> = {}): Battery {
  return new Battery(world, { ...ideal, ...figures });
}

function pass(microseconds: number): void {
  const until = world.nowMicroseconds + microseconds;
  while ((world.nextMicroseconds ?? Infinity) <= until) {
    world.step();
    events++;
  }
  world.nowMicroseconds = until;
}

describe("charge", () => {
  it("is current times time, exactly", () => {
    const cell = battery();
    cell.setLoad("modem", 220);
    pass(1_800 * second);
    cell.setLoad("modem", 0);
    pass(day);
    expect(cell.consumedMilliampereHours).toBe(110);
    expect(cell.remainingFraction).toBe(1 - 110 / 8500);
  });

  it("counts a load that has not changed for years", () => {
    const cell = battery();
    cell.setLoad("sleep", 0.004);
    pass(10 * year);
    expect(cell.consumedMilliampereHours).toBeCloseTo(0.004 * 87_660, 9);
  });

  it("counts single draws", () => {
    const cell = battery();
    for (let pulse = 0; pulse < 36_000; pulse++) cell.drawCharge("pulses", 100);
    expect(cell.consumedMilliampereHours).toBe(1);
  });

  it("is kept apart by load, in the order of their coming", () => {
    const cell = battery();
    cell.setLoad("sleep", 0.01);
    cell.setLoad("valve", 50);
    pass(36 * second);
    cell.setLoad("valve", 0);
    cell.drawCharge("flash", 3_600);
    pass(hour - 36 * second);
    expect(cell.loadTotals).toEqual([
      { name: "sleep", milliampereHours: 0.01 },
      { name: "valve", milliampereHours: 0.5 },
      { name: "flash", milliampereHours: 0.001 },
    ]);
  });

  it("does not depend on how often a load is set again or looked at", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 1e9 })), {
          maxLength: 30,
        }),
        (changes) => {
          world = new World();
          const cell = battery({ capacityMilliampereHours: 1e6 });
          let nanocoulombs = 0;
          for (const [milliamperes, microseconds] of changes) {
            cell.setLoad("load", milliamperes);
            pass(Math.floor(microseconds / 2));
            cell.setLoad("load", milliamperes);
            expect(cell.remainingFraction).toBeLessThanOrEqual(1);
            pass(microseconds - Math.floor(microseconds / 2));
            nanocoulombs += milliamperes * microseconds;
          }
          expect(cell.consumedMilliampereHours).toBe(nanocoulombs / 3.6e9);
        },
      ),
      { seed: 3 },
    );
  });

  it("leaks away by itself in proportion to the rated capacity", () => {
    const cell = battery({ selfDischargePercentPerYear: 2 });
    pass(15 * year);
    expect(cell.remainingFraction).toBeCloseTo(0.7, 12);
    expect(cell.selfDischargedMilliampereHours).toBeCloseTo(0.3 * 8500, 9);
    expect(cell.consumedMilliampereHours).toBe(0);
  });

  it.each([-1, NaN, Infinity])("refuses a load of %d", (value) => {
    expect(() => {
      battery().setLoad("modem", value);
    }).toThrow(RangeError);
    expect(() => {
      battery().drawCharge("modem", value);
    }).toThrow(RangeError);
  });
});

describe("voltage", () => {
  /** Draws the cell down to a fraction at once and reads the unloaded voltage. */
  function millivoltsAt(fraction: number): number {
    const cell = battery();
    cell.drawCharge("test", (1 - fraction) * 8500 * 3.6e6);
    return cell.millivolts;
  }

  it("is flat at 3.6 V for most of the life and then falls over a knee", () => {
    expect(millivoltsAt(1)).toBe(3650);
    expect(millivoltsAt(0.51)).toBe(3600);
    expect(millivoltsAt(0.15)).toBeGreaterThan(3550);
    expect(millivoltsAt(0.05)).toBe(3350);
    expect(millivoltsAt(0.01)).toBeLessThan(2500);
  });

  it("never rises as the cell is drained", () => {
    let last = Infinity;
    for (let percent = 100; percent >= 0; percent--) {
      const now = millivoltsAt(percent / 100);
      expect(now).toBeLessThanOrEqual(last);
      last = now;
    }
  });

  it("is gone when the cell is exhausted", () => {
    const cell = battery();
    cell.drawCharge("test", 9000 * 3.6e6);
    expect(cell.remainingFraction).toBe(0);
    expect(cell.millivolts).toBe(0);
  });

  it("sags over the internal resistance under the sum of all loads", () => {
    const cell = battery({ internalOhms: 2 });
    cell.setLoad("modem", 100);
    cell.setLoad("valve", 50);
    expect(cell.millivolts).toBe(3350);
    cell.setLoad("modem", 0);
    expect(cell.millivolts).toBe(3550);
  });
});

describe("passivation", () => {
  const film = { ...passivation, fullOhms: 5 };

  it("makes the first load after a long rest dip, and the dip passes", () => {
    const cell = battery({ passivation: film });
    pass(60 * day);
    cell.setLoad("modem", 100);
    // One time constant of growth: 5 ohms x (1 - 1/e) x 100 mA.
    expect(cell.millivolts).toBe(Math.round(3650 - 500 * (1 - Math.exp(-1))));
    pass(2 * second);
    expect(cell.millivolts).toBe(Math.round(3650 - 500 * (1 - Math.exp(-1)) * Math.exp(-1)));
    pass(30 * second);
    expect(cell.millivolts).toBe(3650);
  });

  it("hardly shows after a rest of minutes", () => {
    const cell = battery({ passivation: film });
    pass(600 * second);
    cell.setLoad("modem", 100);
    expect(cell.millivolts).toBe(3650);
  });

  it("goes on growing under the current of deep sleep", () => {
    const cell = battery({ passivation: film });
    cell.setLoad("sleep", 0.01);
    pass(600 * day);
    cell.setLoad("modem", 100);
    expect(cell.millivolts).toBeLessThan(3160);
  });
});

describe("brown-out", () => {
  let warnings: number[];

  function watched(figures: Partial<BatteryFigures>): Battery {
    const cell = battery(figures);
    warnings = [];
    cell.onBrownOut = () => warnings.push(world.nowMicroseconds);
    return cell;
  }

  it("warns of a load that is too much, as an event of its own and once", () => {
    const cell = watched({ internalOhms: 10 });
    cell.setLoad("modem", 100);
    expect(warnings).toEqual([]);
    pass(second);
    cell.setLoad("valve", 10);
    pass(second);
    expect(warnings).toEqual([0]);
  });

  it("warns again after the voltage has recovered", () => {
    const cell = watched({ internalOhms: 10 });
    cell.setLoad("modem", 100);
    pass(second);
    cell.setLoad("modem", 0);
    pass(second);
    cell.setLoad("modem", 100);
    pass(second);
    expect(warnings).toEqual([0, 2 * second]);
  });

  it("says nothing of a dip that lasted no time", () => {
    const cell = watched({ internalOhms: 10 });
    cell.setLoad("modem", 100);
    cell.setLoad("modem", 0);
    pass(second);
    expect(warnings).toEqual([]);
  });

  it("warns of the dip of a passivated cell, which a fresh one would not show", () => {
    const figures = { internalOhms: 2, passivation: { ...passivation, fullOhms: 10 } };
    const cell = watched(figures);
    cell.setLoad("modem", 100);
    pass(second);
    cell.setLoad("modem", 0);
    expect(warnings).toEqual([]);
    pass(300 * day);
    cell.setLoad("modem", 100);
    pass(second);
    expect(warnings).toHaveLength(1);
  });

  it("warns of a second dip although the film broke down in silence after the first", () => {
    const cell = watched({ internalOhms: 5, passivation: { ...passivation, fullOhms: 20 } });
    pass(300 * day);
    cell.setLoad("modem", 100);
    pass(60 * second);
    expect(cell.millivolts).toBeGreaterThan(3000);
    cell.setLoad("valve", 100);
    pass(second);
    expect(warnings).toEqual([300 * day, 300 * day + 60 * second]);
  });

  it("warns when a steady load has drained the cell, at the calculated time", () => {
    watched({}).setLoad("sleep", 10);
    pass(2 * year);
    // 2,800 mV stands at 0.02 x 800 / 900 of the capacity.
    const expected = (8500 * (1 - (0.02 * 800) / 900) * hour) / 10;
    expect(warnings).toHaveLength(1);
    expect(Math.abs((warnings[0] as number) - expected)).toBeLessThanOrEqual(2000);
  });

  it("warns while asleep when the self-discharge alone has drained the cell", () => {
    watched({ selfDischargePercentPerYear: 10 });
    pass(9.8 * year);
    expect(warnings).toEqual([]);
    pass(0.1 * year);
    expect(warnings).toHaveLength(1);
  });

  it("finds the time anew when the loads change on the way", () => {
    const cell = watched({});
    cell.setLoad("sleep", 100);
    pass(40 * hour);
    cell.setLoad("sleep", 10);
    const expected = 40 * hour + (8500 * (1 - (0.02 * 800) / 900) - 4000) * (hour / 10);
    pass(year);
    expect(warnings).toHaveLength(1);
    expect(Math.abs((warnings[0] as number) - expected)).toBeLessThanOrEqual(2000);
  });

  it("warns at once when a single draw takes the last of the charge", () => {
    const cell = watched({});
    pass(hour);
    cell.drawCharge("test", 8450 * 3.6e6);
    pass(1);
    expect(warnings).toEqual([hour]);
  });

  it("costs a handful of events in ten years of daily reports", () => {
    const cell = watched({ selfDischargePercentPerYear: 1, internalOhms: 1.5 });
    for (let report = 0; report < 3650; report++) {
      cell.setLoad("modem", 60);
      pass(20 * second);
      cell.setLoad("modem", 0.01);
      pass(day - 20 * second);
    }
    expect(warnings).toEqual([]);
    expect(events).toBeGreaterThan(0);
    // The modem alone would drain the cell in six days, so a look each six days is what one expects.
    expect(events).toBeLessThan(3650 / 5);
  });
});

describe("the end of the charge", () => {
  it("is told once, when the last of it is given", () => {
    const cell = battery({ capacityMilliampereHours: 10 });
    const ends: number[] = [];
    cell.onEmpty = () => ends.push(world.nowMicroseconds);
    cell.setLoad("sleep", 1);
    pass(4 * hour);
    cell.setLoad("sleep", 2);
    pass(day);
    expect(ends).toEqual([7 * hour]);
  });

  it("comes sooner when charge is drawn at once, and later when a load goes", () => {
    const cell = battery({ capacityMilliampereHours: 10 });
    const ends: number[] = [];
    cell.onEmpty = () => ends.push(world.nowMicroseconds);
    cell.setLoad("sleep", 1);
    pass(9 * hour);
    cell.drawCharge("pulses", 0.5 * 3.6e6);
    pass(0.25 * hour);
    cell.setLoad("sleep", 0.5);
    pass(day);
    expect(ends).toEqual([9.75 * hour]);
  });
});
