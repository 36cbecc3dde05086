import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Modem } from "../../../../drivers/nb-iot/modem.js";
import { ContactDuty } from "../../../../firmware/duties/contact/contact-duty.js";
import type { DutyMeter } from "../../../../firmware/duties/duty.js";
import { DutyRoster } from "../../../../firmware/duties/duty-roster.js";
import { duties } from "../../../../firmware/duties.js";
import { water } from "../../../../firmware/products/water.js";
import { buildSettings } from "../../../../firmware/settings/settings.js";
import { RetainedSlices } from "../../../../firmware/storage/retained-slices.js";
import { storageOn } from "../../../../sim/run/flash/flash-access.js";
import { settle } from "../../../virtual-clock.js";
import { FakeFlash } from "../../fake-flash.js";
import { FakeClock, FakeCrypto, FakePower } from "../../fake-hardware.js";
import { MeteringBench } from "../../legal/metering-bench.js";

const dayMilliseconds = 86_400_000;
const settings = buildSettings(water, new Map());

type ModemCall = "open" | "start" | "retire";

let calls: Record<ModemCall, number>;
/** What the modem does when it is called. */
let onCall: (call: ModemCall) => Promise<void>;
/** For each time that the modem was retired, whether it could stay registered. */
let stays: boolean[];

beforeEach(() => {
  calls = { open: 0, start: 0, retire: 0 };
  onCall = () => Promise.resolve();
  stays = [];
});

/** A modem that does not come further than its start. */
function openModem(): Modem {
  const note = (call: ModemCall): Promise<void> => {
    calls[call]++;
    return onCall(call);
  };
  void note("open");
  return {
    start: () => note("start").then(() => ({ ok: false, code: "no-answer" })),
    retire: (mayStayRegistered: boolean) => {
      stays.push(mayStayRegistered);
      return note("retire").then(() => ({ ok: true, value: undefined }));
    },
    close: () => undefined,
  } as unknown as Modem;
}

function meterOf(parts: object): DutyMeter {
  return {
    storage: storageOn(new FakeFlash(6)),
    settings,
    serialNumberCrc: 1,
    metering: { checkpoint: () => true },
    note: () => true,
    openModem,
    ...parts,
  } as unknown as DutyMeter;
}

/** What the chip does and keeps, from start to start. */
class ContactBench {
  readonly clock = new FakeClock();
  readonly power = new FakePower();
  readonly #crypto = new FakeCrypto("contact");

  constructor() {
    new RetainedSlices(this.power.retained, "power-on").save();
    this.clock.setWallTime(1_772_323_200_000, "network");
  }

  /** A start after a reset or a sleep; it sleeps until something is due, or does it until the modem has its say. */
  async wake(cause: "watchdog" | "timer"): Promise<"slept" | "reset"> {
    const { clock, power } = this;
    const retained = new RetainedSlices(power.retained, cause);
    const meter = meterOf({ hardware: { clock, crypto: this.#crypto }, retained });
    const roster = new DutyRoster(meter, duties, ["contact"], {
      dutyBegins: () => undefined,
      dutyFailed: () => undefined,
    });
    if (roster.isDue) {
      let hasEnded = false;
      void roster.run(false).then(() => (hasEnded = true));
      await settle();
      if (!isTrue(() => hasEnded)) return "reset";
    }
    clock.ticks = Math.max(clock.ticks, roster.nextTicks);
    retained.save();
    return "slept";
  }

  /** So many days of starts, with 10 seconds for each that a reset ends. */
  async pass(days: number): Promise<void> {
    let cause: "watchdog" | "timer" = "timer";
    for (const end = this.clock.ticks + days * dayMilliseconds; this.clock.ticks < end;) {
      const isReset: boolean = (await this.wake(cause)) === "reset";
      if (isReset) this.clock.ticks += 10_000;
      cause = isReset ? "watchdog" : "timer";
    }
  }
}

function isTrue(condition: () => boolean): boolean {
  return condition();
}

/** The chip is reset. */
const never = (): Promise<void> => new Promise(() => undefined);

describe("contacts that each end in a reset", () => {
  it.each<ModemCall>(["start", "retire"])(
    "(at the modem's %s) are no more in a week than those that fail otherwise",
    async (where) => {
      await new ContactBench().pass(7);
      const usual = calls.start;
      calls = { open: 0, start: 0, retire: 0 };
      onCall = (call) => (call === where ? never() : Promise.resolve());
      await new ContactBench().pass(7);
      expect(usual).toBeGreaterThan(7);
      expect(calls.start).toBeGreaterThan(0);
      expect(calls.start).toBeLessThanOrEqual(usual + 1);
      // Each of them, and once more to tidy up behind it.
      expect(calls.open).toBeLessThanOrEqual(2 * (usual + 1));
    },
  );
});

describe("a contact", () => {
  it("has whatever was counted written down before the modem gets its power, which may bring the supply down", async () => {
    const bench = new MeteringBench();
    const run = bench.start("power-on");
    run.metering.recordWhatIsDue();
    bench.input.pass(3, 1);
    let written: unknown;
    onCall = (call) => {
      if (call === "open") written = bench.newest;
      return Promise.resolve();
    };
    const { metering, retained } = run;
    const hardware = { clock: bench.clock, crypto: new FakeCrypto("contact") };
    await new ContactDuty(meterOf({ hardware, metering, retained })).run();
    expect(written).toMatchObject({ forwardPulses: 3, reversePulses: 1 });
  });

  it("that is a day's first to fail leaves the modem unregistered, so that the next one attaches anew; no other does", async () => {
    const bench = new ContactBench();
    await bench.pass(1);
    const { retriesPerDay } = settings.communication;
    expect(stays.slice(0, retriesPerDay + 1)).toEqual([false, ...Array<boolean>(retriesPerDay).fill(true)]);
  });
});
