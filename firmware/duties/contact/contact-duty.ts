import { type ContactOutcome, contactOutcome, delivered } from "../../contracts/contact-outcome.js";
import { DeliveryLog } from "../../uplink/delivery-log.js";
import { Outbox } from "../../uplink/outbox.js";
import { Session } from "../../uplink/session.js";
import type { Duty, DutyDeclaration, DutyMeter } from "../duty.js";
import { ContactMemory } from "./contact-memory.js";
import { ContactSchedule } from "./contact-schedule.js";

/** Contacts with the head-end: when they are due, and one at a time. */
export class ContactDuty implements Duty {
  #meter: DutyMeter;
  #schedule: ContactSchedule;
  #memory: ContactMemory;

  constructor(meter: DutyMeter) {
    this.#meter = meter;
    this.#memory = new ContactMemory(meter.retained);
    this.#schedule = new ContactSchedule(meter, this.#memory);
  }

  get isDue(): boolean {
    return this.#schedule.isDue;
  }

  get nextTicks(): number {
    return this.#schedule.nextTicks;
  }

  async run(): Promise<void> {
    const { metering, retained } = this.#meter;
    if (this.#memory.isUnderWay) this.tell(contactOutcome("contact", "cut-short"));
    metering.checkpoint("before-radio");
    this.#schedule.begin();
    this.#memory.isUnderWay = true;
    retained.save();
    let outcome = contactOutcome("contact", "failed");
    const modem = this.#meter.openModem();
    try {
      outcome = await new Session(this.#meter, modem, this.openOutbox(), this.#memory.outcome).run();
      if (outcome === delivered) this.#schedule.succeed();
    } finally {
      modem.close();
      this.#memory.isUnderWay = false;
      this.tell(outcome);
    }
  }

  /** Keeps how a contact went; the event log has it when that is not as the time before. */
  private tell(outcome: ContactOutcome): void {
    if (outcome === this.#memory.outcome) return;
    this.#memory.outcome = outcome;
    this.#meter.note("contact", outcome);
  }

  private openOutbox(): Outbox {
    const { storage, metering, settings } = this.#meter;
    return new Outbox({
      metering,
      delivery: new DeliveryLog(storage),
      product: settings.product,
    });
  }
}

export const contactDuty: DutyDeclaration = Object.freeze({
  name: "contact",
  followsVisit: true,
  create: (meter: DutyMeter) => new ContactDuty(meter),
});
