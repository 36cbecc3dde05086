import { describe, expect, it } from "@jest/globals";
import { ContactMemory } from "../../../../firmware/duties/contact/contact-memory.js";
import { daySeconds, delivered, ScheduleBench } from "./schedule-bench.js";

describe("what contacts that fail may cost", () => {
  it("has half as many retries each day that nothing was delivered, and all of them again after a delivery", () => {
    const { bench, schedule } = delivered({ retriesPerDay: 5 });
    const contactsOfDay = (): number => {
      let contacts = 0;
      for (const day = new ContactMemory(bench.retained).failedDays; ; contacts++) {
        if (new ContactMemory(bench.retained).failedDays !== day) return contacts;
        bench.sleep(schedule);
        schedule.begin();
      }
    };
    expect([contactsOfDay(), contactsOfDay(), contactsOfDay(), contactsOfDay()]).toEqual([6, 3, 2, 1]);
    bench.sleep(schedule);
    schedule.begin();
    schedule.succeed();
    expect(contactsOfDay()).toBe(6);
  });

  it("shares a day's search among its contacts, repeats less in retries, and does more and more to the modem", () => {
    const { bench, schedule } = delivered({ retriesPerDay: 4, maximumRetransmissions: 3 });
    const patience = Array.from({ length: 6 }, () => {
      bench.sleep(schedule);
      return schedule.begin();
    });
    const patienceOf = (
      attachMilliseconds: number,
      maximumRetransmissions: number,
      remedy: string,
    ): object => ({ attachMilliseconds, maximumRetransmissions, remedy });
    expect(patience).toEqual([
      ...[patienceOf(40_000, 3, "none"), patienceOf(40_000, 1, "none"), patienceOf(40_000, 1, "reset")],
      ...[patienceOf(40_000, 1, "none"), patienceOf(40_000, 1, "none")],
      patienceOf(200_000 / 3, 3, "power-cycle"),
    ]);
  });

  it("searches for half of a day's time when it is the first ever, and 40 s at least", () => {
    const bench = new ScheduleBench({ retriesPerDay: 24 });
    const schedule = bench.open();
    bench.sleep(schedule);
    expect(schedule.begin().attachMilliseconds).toBe(100_000);
    bench.sleep(schedule);
    expect(schedule.begin().attachMilliseconds).toBe(40_000);
  });

  it.each([
    [12, 8, 3],
    [60, 5, 1],
    [2, 8, 5],
    [12, 0, 0],
  ])(
    "waits for an answer for five minutes at most, whatever is set (%d s, %d retransmissions)",
    (acknowledgementSeconds, maximumRetransmissions, most) => {
      const { bench, schedule } = delivered({ acknowledgementSeconds, maximumRetransmissions });
      bench.sleep(schedule);
      expect(schedule.begin().maximumRetransmissions).toBe(most);
    },
  );

  it.each([-400, 60, 1000])(
    "does not end contacts when a date %d days off is put right in the last of a day",
    (days) => {
      const { bench, schedule } = delivered({ retriesPerDay: 0 });
      bench.setTime((100 + Math.max(0, days)) * daySeconds);
      schedule.begin();
      bench.setTime((100 + Math.min(0, days)) * daySeconds);
      expect(bench.sleep(schedule)).toBeLessThanOrEqual(2 * daySeconds);
    },
  );
});
