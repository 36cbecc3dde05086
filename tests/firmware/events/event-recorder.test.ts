import { describe, expect, it } from "@jest/globals";
import type { WakeCause } from "../../../hal/power.js";
import { EventLog } from "../../../firmware/events/event-log.js";
import { auditedEvents, type EventName, eventNames } from "../../../firmware/events/event-names.js";
import { EventRecorder } from "../../../firmware/events/event-recorder.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { FakeFlash } from "../fake-flash.js";
import { FakeClock, FakeCrypto, FakeRetainedMemory } from "../fake-hardware.js";

const dayMilliseconds = 86_400_000;
/** Of one kind in a day. */
const mostEntries = 8;
/** 2026-03-01T00:00:00Z. */
const midnightSeconds = 1_772_323_200;

/** A meter's event log, and what keeps its budget, from wake to wake. */
class RecorderBench {
  readonly clock = new FakeClock();
  readonly flash = new FakeFlash(12);
  /** What an entry is dated with; 0 for no date. */
  epochSeconds = 0;
  readonly #memory = new FakeRetainedMemory();
  #retained = new RetainedSlices(this.#memory, "power-on");

  /** Tells that so often, in one run. */
  tell(event: EventName, times = 1, detail = 0): boolean[] {
    const log = new EventLog(storageOn(this.flash), { crypto: new FakeCrypto("events") });
    const recorder = new EventRecorder(log, this.#retained, this.clock);
    return Array.from({ length: times }, () => recorder.append(event, detail, this.epochSeconds));
  }

  /** The run ends, and another begins. */
  wake(cause: WakeCause): void {
    this.#retained.save();
    this.#retained = new RetainedSlices(this.#memory, cause);
  }

  passDays(days: number): void {
    this.clock.ticks += days * dayMilliseconds;
  }

  refuse(isRefused: boolean): void {
    this.flash.onStep = ({ kind }) => (isRefused && kind === "program" ? "refused" : undefined);
  }

  /** Each with its detail, oldest first. */
  get entries(): string[] {
    const entries: string[] = [];
    const log = new EventLog(storageOn(this.flash), { crypto: new FakeCrypto("events") });
    log.visitFrom(0, ({ event, detail }) => entries.push(`${event} ${detail}`) > 0);
    return entries;
  }

  count(event: EventName): number {
    return this.entries.filter((entry) => entry.startsWith(`${event} `)).length;
  }
}

/** How an entry tells that of a kind so many more were only counted. */
function more(event: EventName, count: number): string {
  return `more-of-a-kind ${65_536 * eventNames.indexOf(event) + count}`;
}

describe("events of one kind", () => {
  it.each([1, 2, 300])(
    "of which a day has %d too many are told by their number when another day begins",
    (count) => {
      const bench = new RecorderBench();
      bench.tell("magnet", mostEntries + count);
      expect(bench.count("magnet")).toBe(mostEntries);
      bench.passDays(1);
      bench.tell("power-on");
      expect(bench.entries.slice(mostEntries)).toEqual([more("magnet", count), "power-on 0"]);
    },
  );

  it("are counted apart from each other kind's, the first and the last in the list too", () => {
    const bench = new RecorderBench();
    const kinds = eventNames.filter((event) => !auditedEvents.includes(event) && event !== "more-of-a-kind");
    kinds.forEach((event, index) => bench.tell(event, mostEntries + index));
    bench.passDays(1);
    bench.tell("magnet");
    const told = bench.entries.slice(kinds.length * mostEntries, -1);
    expect(told).toEqual(kinds.map((event, index) => more(event, index)).slice(1));
  });

  it("are told no second time, and have a whole day's room again", () => {
    const bench = new RecorderBench();
    bench.tell("magnet", mostEntries + 3);
    bench.passDays(1);
    bench.tell("magnet", mostEntries);
    bench.passDays(1);
    bench.tell("magnet", mostEntries);
    expect([bench.count("magnet"), bench.count("more-of-a-kind")]).toEqual([3 * mostEntries, 1]);
  });

  it("are counted up to 65,535, and not from the beginning again", () => {
    const bench = new RecorderBench();
    bench.tell("magnet", mostEntries + 65_540);
    bench.passDays(1);
    bench.tell("power-on");
    expect(bench.entries).toContain(more("magnet", 65_535));
  });

  it.each<WakeCause>(["timer", "watchdog"])("are counted over the wakes of a day (%s)", (cause) => {
    const bench = new RecorderBench();
    for (let wake = 0; wake < 30; wake++) {
      bench.tell("magnet");
      bench.wake(cause);
    }
    expect(bench.count("magnet")).toBe(mostEntries);
  });

  it("that the flash refuses take no room from those that it would store", () => {
    const bench = new RecorderBench();
    bench.refuse(true);
    expect(new Set(bench.tell("magnet", 20))).toEqual(new Set([false]));
    bench.refuse(false);
    expect(new Set(bench.tell("magnet", mostEntries))).toEqual(new Set([true]));
    expect(bench.count("magnet")).toBe(mostEntries);
  });
});

describe("a day's room in the event log", () => {
  it.each([
    ["forth", 1],
    ["back", -1],
  ])("is not given anew by a clock that is set %s, day by day", (_, direction) => {
    const bench = new RecorderBench();
    for (let times = 0; times < 30; times++) {
      bench.epochSeconds = midnightSeconds + times * direction * 86_400;
      bench.tell("time-set", 1, direction * 86_400);
    }
    expect(bench.count("time-set")).toBe(mostEntries);
  });

  it.each([
    ["without a date", 0],
    ["with one", midnightSeconds],
  ])("is given each day of a meter %s", (_, epochSeconds) => {
    const bench = new RecorderBench();
    for (let day = 0; day < 5; day++) {
      bench.epochSeconds = epochSeconds && epochSeconds + day * 86_400;
      bench.tell("magnet", mostEntries);
      bench.passDays(1);
    }
    expect(bench.count("magnet")).toBe(5 * mostEntries);
  });
});

describe("what somebody did to the meter by a command", () => {
  it.each(auditedEvents)("has its entry each time (%s)", (event) => {
    const bench = new RecorderBench();
    bench.tell(event, 30);
    expect(bench.entries).toEqual(Array<string>(30).fill(`${event} 0`));
  });
});
