import { beforeEach, describe, expect, it } from "@jest/globals";
import { BrokenInvariant } from "../../../hal/base/invariant.js";
import type { Duty, DutyDeclaration, DutyMeter } from "../../../firmware/duties/duty.js";
import { DutyRoster } from "../../../firmware/duties/duty-roster.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { FakeClock, FakeRetainedMemory } from "../fake-hardware.js";

const hourMilliseconds = 3_600_000;

/** A duty of the test: due from `dueTicks` on. */
class TestDuty implements Duty, DutyDeclaration {
  readonly name: string;
  readonly followsVisit: boolean;
  dueTicks = 0;
  runs = 0;
  error: Error | undefined;
  createError: Error | undefined;

  constructor(name: string, followsVisit = false) {
    this.name = name;
    this.followsVisit = followsVisit;
  }

  create(): Duty {
    if (this.createError !== undefined) throw this.createError;
    return this;
  }

  get isDue(): boolean {
    return clock.ticks >= this.dueTicks;
  }

  get nextTicks(): number {
    return this.dueTicks;
  }

  run(): Promise<void> {
    this.runs++;
    order.push(this.name);
    return this.error === undefined ? Promise.resolve() : Promise.reject(this.error);
  }
}

let clock: FakeClock;
let memory: FakeRetainedMemory;
let first: TestDuty;
let second: TestDuty;
let order: string[];
let told: unknown[];

beforeEach(() => {
  clock = new FakeClock();
  clock.ticks = 5000;
  memory = new FakeRetainedMemory();
  first = new TestDuty("first");
  second = new TestDuty("second", true);
  order = [];
  told = [];
});

/** A start of the application after sleep. */
function wake(names = ["first", "second"]): { roster: DutyRoster; slices: RetainedSlices } {
  const slices = new RetainedSlices(memory, "timer");
  const meter = { hardware: { clock }, retained: slices } as unknown as DutyMeter;
  const roster = new DutyRoster(meter, [first, second], names, {
    dutyBegins: () => told.push("begins"),
    dutyFailed: (name, place, error) => told.push([name, place, String(error)]),
  });
  return { roster, slices };
}

/** Runs what is due, and sleeps. */
async function run(hasVisitor = false): Promise<void> {
  const { roster, slices } = wake();
  await roster.run(hasVisitor);
  slices.save();
}

describe("the roster of duties", () => {
  it("runs what is due in the order of priority, each after the other has begun and ended", async () => {
    await run();
    expect(order).toEqual(["first", "second"]);
    expect(told).toEqual(["begins", "begins"]);
  });

  it("leaves alone what is not due", async () => {
    first.dueTicks = 5001;
    await run();
    expect(order).toEqual(["second"]);
  });

  it("leaves alone what rests since it has failed, in the same run too", async () => {
    first.error = new Error("the duty fails");
    const { roster } = wake();
    await roster.run(false);
    await roster.run(false);
    expect(first.runs).toBe(1);
  });

  it("knows when the next one is due", () => {
    first.dueTicks = 9000;
    second.dueTicks = 8000;
    const { roster } = wake();
    expect([roster.isDue, roster.nextTicks]).toEqual([false, 8000]);
  });

  it("has later wakes believe what an earlier one kept, without as much as making a duty", () => {
    first.dueTicks = 9000;
    second.dueTicks = 8000;
    const { roster, slices } = wake();
    roster.keepNextTicks();
    slices.save();
    first.createError = new Error("never");
    const later = wake().roster;
    expect([later.isDue, later.nextTicks, told]).toEqual([false, 8000, []]);
    clock.ticks = 8000;
    expect(wake().roster.isDue).toBe(true);
  });

  it("finds anew what was not kept", () => {
    second.dueTicks = first.dueTicks = 9000;
    const { roster, slices } = wake();
    expect(roster.nextTicks).toBe(9000);
    slices.save();
    second.dueTicks = 7000;
    expect(wake().roster.nextTicks).toBe(7000);
  });

  it.each(["it is told to reconsider", "it has run something"])("finds anew when %s", async (how) => {
    second.dueTicks = 5000;
    const { roster } = wake();
    roster.keepNextTicks();
    first.dueTicks = 6000;
    second.dueTicks = 7000;
    if (how === "it is told to reconsider") roster.reconsider();
    else await roster.run(true);
    expect(roster.nextTicks).toBe(6000);
  });

  it("keeps nothing when no duty is ever due", () => {
    const { roster, slices } = wake([]);
    roster.keepNextTicks();
    slices.save();
    first.dueTicks = second.dueTicks = 6000;
    expect(wake().roster.nextTicks).toBe(6000);
  });

  it("makes only the duties that the product has", async () => {
    first.createError = new Error("never");
    const { roster } = wake(["second"]);
    await roster.run(false);
    expect([order, told]).toEqual([["second"], ["begins"]]);
    expect(wake([]).roster.nextTicks).toBe(Infinity);
  });

  it("runs for a visitor what follows a visit, due or not", async () => {
    first.dueTicks = second.dueTicks = Infinity;
    await run(true);
    expect(order).toEqual(["second"]);
  });
});

describe("a duty that throws", () => {
  beforeEach(() => {
    first.error = new TypeError("no such move");
  });

  it("is told of, and the others run", async () => {
    await run();
    expect(order).toEqual(["first", "second"]);
    expect(told).toContainEqual(["first", 1, "TypeError: no such move"]);
  });

  it("rests for an hour, then for two, up to a day, over every sleep", async () => {
    second.dueTicks = Infinity;
    const rests: number[] = [];
    for (let times = 0; times < 7; times++) {
      await run();
      const before = clock.ticks;
      do clock.ticks += hourMilliseconds / 4;
      while (!wake().roster.isDue);
      rests.push((clock.ticks - before) / hourMilliseconds);
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 24, 24]);
    expect(first.runs).toBe(7);
  });

  it("does not keep the chip awake: the next wake is after its rest, or another duty's", async () => {
    const { roster } = wake();
    await roster.run(false);
    second.dueTicks = Infinity;
    expect(roster.nextTicks).toBe(clock.ticks + hourMilliseconds);
  });

  it("is asked when its rest is over, though others have long to go", async () => {
    await run();
    second.dueTicks = clock.ticks + 20 * hourMilliseconds;
    clock.ticks += 1000;
    const { roster, slices } = wake();
    expect(roster.nextTicks).toBe(5000 + hourMilliseconds);
    roster.keepNextTicks();
    slices.save();
    clock.ticks += hourMilliseconds;
    await run();
    expect(first.runs).toBe(2);
  });

  it("is as good as new once it has come to its end", async () => {
    await run();
    clock.ticks += hourMilliseconds;
    first.error = undefined;
    await run();
    first.error = new Error("again");
    await run();
    second.dueTicks = Infinity;
    clock.ticks += hourMilliseconds;
    expect(wake().roster.isDue).toBe(true);
  });

  it("rests in the same way when it can't even be made", async () => {
    first.error = undefined;
    first.createError = new RangeError("pin 70");
    await run();
    await run();
    expect(order).toEqual(["second", "second"]);
    expect(told.filter((each) => each !== "begins")).toEqual([["first", 1, "RangeError: pin 70"]]);
  });

  it.each([
    ["run", "error"],
    ["made", "createError"],
  ] as const)("rests over a reset that comes with what it throws as it is %s, too", async (_, when) => {
    second.dueTicks = Infinity;
    first.error = undefined;
    first[when] = new Error("and the chip is reset");
    for (let reset = 0; reset < 5; reset++) await wake().roster.run(false);
    expect(told.filter((each) => each !== "begins")).toHaveLength(1);
    clock.ticks += hourMilliseconds;
    await wake().roster.run(false);
    expect(told.filter((each) => each !== "begins")).toHaveLength(2);
  });

  it("ends the run when an invariant is broken: what can't be must not go on", async () => {
    first.error = new BrokenInvariant("the register never falls");
    await expect(run()).rejects.toThrow("the register never falls");
    expect(order).toEqual(["first"]);
  });
});
