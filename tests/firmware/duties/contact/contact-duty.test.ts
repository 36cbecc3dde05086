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
let start: () => Promise<ModemOutcome<undefined>>;

beforeEach(() => {
  memory = new FakeRetainedMemory();
  new RetainedSlices(memory, "power-on").save();
  notes = [];
  closed = 0;
});

/** A wake in which a contact is made with a modem that does not come further than its start. */
async function contact(): Promise<ContactMemory> {
  const retained = new RetainedSlices(memory, "timer");
  const modem = { start: () => start(), close: () => closed++ } as unknown as Modem;
  const meter = {
    hardware: { clock: new FakeClock(), crypto: new FakeCrypto("contact") },
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

  it("is known to have been cut short when the next one finds it under way", async () => {
    const retained = new RetainedSlices(memory, "timer");
    new ContactMemory(retained).isUnderWay = true;
    retained.save();
    refused("no-sim");
    await contact();
    expect(notes).toEqual(["contact contact: cut-short", "contact start: no-sim"]);
  });

  it("is a defect's where something is thrown, and ends with the modem closed", async () => {
    start = () => Promise.reject(new TypeError("no such stage"));
    await expect(contact()).rejects.toThrow("no such stage");
    expect(notes).toEqual(["contact contact: failed"]);
    expect(closed).toBe(1);
    expect(new ContactMemory(new RetainedSlices(memory, "timer")).isUnderWay).toBe(false);
  });
});
