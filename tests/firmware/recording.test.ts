import { describe, expect, it } from "@jest/globals";
import type { Metering } from "../../firmware/legal/metering.js";
import { Recording } from "../../firmware/recording.js";
import { VirtualClock } from "../virtual-clock.js";

const minute = 60_000;

function bench(untilDue = Infinity) {
  const clock = new VirtualClock();
  const recorded: number[] = [];
  const feeds: [ticks: number, seconds: number][] = [];
  let due = clock.ticks + untilDue;
  const metering = {
    get nextDueTicks() {
      return due;
    },
    recordWhatIsDue: () => {
      due = Infinity;
      recorded.push(clock.ticks);
    },
  } as unknown as Metering;
  const watchdog = { feed: (seconds: number) => feeds.push([clock.ticks, seconds]) };
  return { clock, recorded, feeds, recording: new Recording(clock, watchdog, metering) };
}

describe("recording while something else is at work", () => {
  it("looks every ten seconds, and feeds the watchdog each time", async () => {
    const { clock, recorded, feeds, recording } = bench();
    recording.start();
    await clock.advance(30_000);
    expect(recorded).toEqual([10_000, 20_000, 30_000]);
    expect(feeds).toEqual([10_000, 20_000, 30_000].map((ticks) => [ticks, 60]));
  });

  it("looks when something is due, if that is sooner", async () => {
    const { clock, recorded, recording } = bench(1234);
    recording.start();
    await clock.advance(11_234);
    expect(recorded).toEqual([1234, 11_234]);
  });

  it("waits a moment where something is due already", async () => {
    const { clock, recorded, recording } = bench(-5);
    recording.start();
    await clock.advance(1);
    expect(recorded).toEqual([1]);
  });

  it("stops feeding the watchdog after half an hour, and goes on recording", async () => {
    const { clock, recorded, feeds, recording } = bench();
    recording.start();
    await clock.advance(60 * minute);
    expect(feeds.at(-1)?.[0]).toBe(30 * minute - 10_000);
    expect(recorded.at(-1)).toBe(60 * minute);
  });

  it("has half an hour again when the next piece of work begins", async () => {
    const { clock, feeds, recording } = bench();
    recording.start();
    await clock.advance(20 * minute);
    recording.start();
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(60 * minute);
    expect(feeds.at(-1)?.[0]).toBe(50 * minute - 10_000);
  });

  it("ends when it is stopped, however often", async () => {
    const { clock, recorded, recording } = bench();
    recording.start();
    recording.stop();
    recording.stop();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(minute);
    expect(recorded).toEqual([]);
  });
});
