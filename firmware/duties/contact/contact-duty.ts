import type { Modem } from "../../../drivers/nb-iot/modem.js";
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

  /** At once where a contact was cut short: its modem may be searching still. */
  get isDue(): boolean {
    return this.#memory.isUnderWay || this.#schedule.isDue;
  }

  get nextTicks(): number {
    return this.#memory.isUnderWay ? this.#meter.hardware.clock.ticks : this.#schedule.nextTicks;
  }

  async run(): Promise<void> {
    if (this.#memory.isUnderWay) this.tell(contactOutcome("contact", "cut-short"));
    if (this.#schedule.isDue || !this.#memory.isUnderWay) return this.contact();
    // Noted first: a modem that ends this run too is left alone until the next contact.
    this.#memory.isUnderWay = false;
    this.#meter.retained.save();
    await this.retire(this.#meter.openModem(), false);
  }

  private async contact(): Promise<void> {
    const { metering, retained } = this.#meter;
    metering.checkpoint("before-radio");
    const patience = this.#schedule.begin();
    this.#memory.isUnderWay = true;
    retained.save();
    let outcome = contactOutcome("contact", "failed");
    const modem = this.#meter.openModem();
    try {
      const { outcome: last } = this.#memory;
      const session = new Session(this.#meter, modem, this.openOutbox(), last, patience);
      outcome = await session.run();
      // What flash did not take is with the head-end for all that, and no sooner contact would mend the flash.
      const isDelivered = outcome === delivered || outcome === contactOutcome("send", "flash-failed");
      if (isDelivered) this.#schedule.succeed();
      else this.#schedule.holdBack(session.waitSeconds);
    } finally {
      this.tell(outcome);
      // It is told before the modem is asleep, which may take a while.
      retained.save();
      // After the first failure it attaches anew: what it holds for its connection may be dead. More of that helps nobody.
      await this.retire(modem, this.#memory.attempts !== 1);
    }
  }

  private async retire(modem: Modem, mayStayRegistered: boolean): Promise<void> {
    try {
      await modem.retire(mayStayRegistered);
    } finally {
      modem.close();
      this.#memory.isUnderWay = false;
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
      memory: this.#memory,
      product: settings.product,
    });
  }
}

export const contactDuty: DutyDeclaration = Object.freeze({
  name: "contact",
  followsVisit: true,
  create: (meter: DutyMeter) => new ContactDuty(meter),
});
