import type { Failure } from "../../hal/failure.js";
import type { Hardware } from "../../hal/hardware.js";
import type { Modem } from "../../drivers/nb-iot/modem.js";
import type { EventLog } from "../events/event-log.js";
import type { EventName } from "../events/event-names.js";
import type { Metering } from "../legal/metering.js";
import { keepSettings, openSettingsStore } from "../settings/kept-settings.js";
import type { ConfigurableProduct, Settings } from "../settings/settings.js";
import type { SettingsStore } from "../settings/settings-store.js";
import type { CommandName } from "../contracts/service-commands.js";
import type { SettingsMemory } from "../settings/settings-memory.js";
import type { RetainedSlices } from "../storage/retained-slices.js";
import type { AccessMemory } from "./access-memory.js";
import type { MeterAccess } from "./meter-access.js";

/** Whoever sits at the port can repeat a command that fails: what that costs in flash has an end. */
const mostFailures = 4;

/** What the meter itself provides; the rest follows from the settings store. */
export interface VisitedMeter extends Pick<
  MeterAccess,
  | "hardware"
  | "metering"
  | "retained"
  | "access"
  | "settingsMemory"
  | "events"
  | "settings"
  | "note"
  | "openModem"
> {
  /** Writes into the log of failures, as far as the flash lets it. */
  logFailure(failure: Failure): void;
}

/** The meter as the service port sees it during one visit, with the settings store open. */
export class VisitableMeter implements MeterAccess {
  readonly hardware: Hardware;
  readonly metering: Metering;
  readonly retained: RetainedSlices;
  readonly access: AccessMemory;
  readonly settingsMemory: SettingsMemory;
  readonly events: EventLog;
  #meter: VisitedMeter;
  #store: SettingsStore | undefined;
  #settings: Settings | undefined;
  #failures = 0;

  constructor(meter: VisitedMeter) {
    this.hardware = meter.hardware;
    this.metering = meter.metering;
    this.retained = meter.retained;
    this.access = meter.access;
    this.settingsMemory = meter.settingsMemory;
    this.events = meter.events;
    this.#meter = meter;
  }

  note(event: EventName, detail: number): boolean {
    return this.#meter.note(event, detail);
  }

  noteFailure(command: CommandName, error: unknown): void {
    if (++this.#failures > mostFailures) return;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.#meter.logFailure({ module: `service port, ${command}`, reason });
  }

  openModem(): Modem {
    return this.#meter.openModem();
  }

  get store(): SettingsStore {
    this.#store ??= openSettingsStore(this.hardware, this.retained);
    return this.#store;
  }

  get settings(): Settings {
    this.#settings ??= keepSettings(this.store, this.retained, this.settingsMemory, this.product);
    return this.#settings;
  }

  get product(): ConfigurableProduct {
    return this.#meter.settings.product;
  }

  get serialNumber(): string {
    return this.settingsMemory.serialNumber || this.hardware.serialNumber;
  }

  refresh(): void {
    this.#settings = undefined;
    keepSettings(this.store, this.retained, this.settingsMemory, this.product);
    this.retained.save();
  }
}
