import type { NetworkTime } from "../network/subscriber.js";
import { type ModemClock, timeZoneLine } from "./modem-clock.js";
import type { RadioAnnouncements, RegistrationView } from "./radio-options.js";
import { registrationFields } from "./registration-report.js";
import type { ModemSettings } from "./settings.js";
import type { UartOutput } from "./uart-output.js";

export interface AnnouncementsOptions {
  readonly settings: ModemSettings;
  readonly clock: ModemClock;
  readonly output: UartOutput;
}

/** The lines the modem says of itself, as far as its settings ask for them. */
export class Announcements implements RadioAnnouncements {
  #options: AnnouncementsOptions;

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
  }

  ready(): void {
    this.#options.output.announce("RDY");
  }

  functionality(): void {
    const { output, settings } = this.#options;
    output.announce(`+CFUN: ${settings.stored.functionality}`);
  }

  simReady(): void {
    this.#options.output.announce("+CPIN: READY");
  }

  registration(view: RegistrationView): void {
    const { output, settings } = this.#options;
    if (settings.stored.registrationReport > 0)
      output.announce(`+CEREG: ${registrationFields(settings, view)}`);
  }

  connection(isConnected: boolean): void {
    const { output, settings } = this.#options;
    if (settings.stored.reportsConnection) output.announce(`+CSCON: ${isConnected ? 1 : 0}`);
  }

  address(address: string): void {
    this.#options.output.announce(`+IP: ${address}`);
  }

  /** The network has told the time: the modem's clock follows. */
  time(time: NetworkTime): void {
    const { clock, output, settings } = this.#options;
    clock.set(time);
    const { timeZoneReport } = settings.stored;
    if (timeZoneReport !== 0) output.announce(timeZoneLine(timeZoneReport, time));
  }

  powerSaving(event: "ENTER PSM" | "EXIT PSM"): void {
    const { output, settings } = this.#options;
    if (settings.stored.reportsPowerSaving) output.announce(`+QNBIOTEVENT: "${event}"`);
  }
}
