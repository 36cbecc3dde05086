import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Modem, ModemOutcome } from "../../../../drivers/nb-iot/modem.js";
import { contactOutcomeText } from "../../../../firmware/contracts/contact-outcome.js";
import { ContactDuty } from "../../../../firmware/duties/contact/contact-duty.js";
import { ContactMemory } from "../../../../firmware/duties/contact/contact-memory.js";
import type { DutyMeter } from "../../../../firmware/duties/duty.js";
import { water } from "../../../../firmware/products/water.js";
import { buildSettings } from "../../../../firmware/settings/settings.js";
import { RetainedSlices } from "../../../../firmware/storage/retained-slices.js";
import { storageOn } from "../../../../sim/run/flash/flash-access.js";
import { FakeFlash } from "../../fake-flash.js";
import { FakeClock, FakeCrypto, FakeRetainedMemory } from "../../fake-hardware.js";

let memory: FakeRetainedMemory;
let notes: string[];
let closed: number;
let retired: number;
let retire: () => Promise<ModemOutcome<undefined>>;
let start: () => Promise<ModemOutcome<undefined>>;

beforeEach(() => {
  memory = new FakeRetainedMemory();
  new RetainedSlices(memory, "power-on").save();
  notes = [];
  closed = 0;
  retired = 0;
  retire = () => Promise.resolve({ ok: true, value: undefined });
});

/** A wake in which a contact is made with a modem that does not come further than its start. */
async function contact(): Promise<ContactMemory> {
  const retained = new RetainedSlices(memory, "timer");
  const modem = {
    start: () => start(),
    retire: () => {
      retired++;
      return retire();
    },
    close: () => closed++,
  } as unknown as Modem;
  const clock = new FakeClock();
  clock.ticks = 1000;
  const meter = {
    hardware: { clock, crypto: new FakeCrypto("contact") },
    retained,
    storage: storageOn(new FakeFlash(6)),
    settings: buildSettings(water, new Map()),
    metering: { checkpoint: () => true },
    note: (event: string, detail: number) => notes.push(`${event} ${contactOutcomeText(detail)}`) > 0,
    openModem: () => modem,
  } as unknown as DutyMeter;
  try {
    await new ContactDuty(meter).run();
  } finally {
    retained.save();
  }
  return new ContactMemory(new RetainedSlices(memory, "timer"));
}

function refused(code: "no-sim" | "no-answer"): void {
  start = () => Promise.resolve({ ok: false, code });
}

describe("a contact that fails", () => {
  it("keeps its stage and reason from wake to wake", async () => {
    refused("no-sim");
    expect(contactOutcomeText((await contact()).outcome)).toBe("start: no-sim");
  });

  it("is told in the event log when it ends otherwise than the one before it, and not each time", async () => {
    refused("no-sim");
    await contact();
    await contact();
    refused("no-answer");
    await contact();
    expect(notes).toEqual(["contact start: no-sim", "contact start: no-answer"]);
  });

  it.each(["no-sim", "no-answer"] as const)("ends with the modem retired and closed (%s)", async (code) => {
    refused(code);
    await contact();
    expect([retired, closed]).toEqual([1, 1]);
  });

  it("is a defect's where something is thrown, and ends with the modem retired and closed", async () => {
    start = () => Promise.reject(new TypeError("no such stage"));
    await expect(contact()).rejects.toThrow("no such stage");
    expect(notes).toEqual(["contact contact: failed"]);
    expect([retired, closed]).toEqual([1, 1]);
    expect(new ContactMemory(new RetainedSlices(memory, "timer")).isUnderWay).toBe(false);
  });

  it("closes a modem that can't even be retired", async () => {
    refused("no-sim");
    retire = () => Promise.reject(new TypeError("no such line"));
    await expect(contact()).rejects.toThrow("no such line");
    expect(closed).toBe(1);
  });
});

describe("a contact that a reset cut short", () => {
  let starts: number;

  /** As the run that was reset left it, with the next contact due at these ticks. */
  function leave(ticks: number): void {
    const retained = new RetainedSlices(memory, "timer");
    const left = new ContactMemory(retained);
    left.isUnderWay = true;
    left.ticks = ticks;
    retained.save();
    starts = 0;
    start = () => {
      starts++;
      return Promise.resolve({ ok: false, code: "no-sim" });
    };
  }

  it("is told, and has its modem retired at once, long before the next contact", async () => {
    leave(900_000);
    expect((await contact()).isUnderWay).toBe(false);
    expect(notes).toEqual(["contact contact: cut-short"]);
    expect([starts, retired, closed]).toEqual([0, 1, 1]);
  });

  it("is told, and followed by a contact where one is due", async () => {
    leave(1);
    await contact();
    expect(notes).toEqual(["contact contact: cut-short", "contact start: no-sim"]);
    expect([starts, retired]).toEqual([1, 1]);
  });

  it("is not tried to be tidied up again when the modem ends that run too", async () => {
    leave(900_000);
    retire = () => {
      // What the chip has kept when it is reset now.
      throw new Error(String(new ContactMemory(new RetainedSlices(memory, "watchdog")).isUnderWay));
    };
    await expect(contact()).rejects.toThrow("false");
  });
});
