import { DeliveryLog } from "../../uplink/delivery-log.js";
import { Outbox } from "../../uplink/outbox.js";
import { Session } from "../../uplink/session.js";
import type { Duty, DutyDeclaration, DutyMeter } from "../duty.js";
import { ContactSchedule } from "./contact-schedule.js";

/** Contacts with the head-end: when they are due, and one at a time. */
export class ContactDuty implements Duty {
  #meter: DutyMeter;
  #schedule: ContactSchedule;

  constructor(meter: DutyMeter) {
    this.#meter = meter;
    this.#schedule = new ContactSchedule(meter);
  }

  get isDue(): boolean {
    return this.#schedule.isDue;
  }

  get nextTicks(): number {
    return this.#schedule.nextTicks;
  }

  async run(): Promise<void> {
    const { metering, retained } = this.#meter;
    metering.checkpoint("before-radio");
    this.#schedule.begin();
    retained.save();
    const modem = this.#meter.openModem();
    try {
      const result = await new Session(this.#meter, modem, this.openOutbox()).run();
      if (result === "delivered") this.#schedule.succeed();
    } finally {
      modem.close();
    }
  }

  private openOutbox(): Outbox {
    const { storage, metering, settings } = this.#meter;
    return new Outbox({
      metering,
      delivery: new DeliveryLog(storage),
      meterObject: settings.product.meterObject,
      pulseWeightMillilitres: settings.metering.pulseWeightMillilitres,
    });
  }
}

export const contactDuty: DutyDeclaration = Object.freeze({
  name: "contact",
  followsVisit: true,
  create: (meter: DutyMeter) => new ContactDuty(meter),
});
