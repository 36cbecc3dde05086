import type { Hardware } from "../../hal/hardware.js";
import type { Modem } from "../../drivers/nb-iot/modem.js";
import type { EventLog } from "../events/event-log.js";
import type { EventName } from "../events/event-names.js";
import type { Metering } from "../legal/metering.js";
import type { ConfigurableProduct, Settings } from "../settings/settings.js";
import type { SettingsStore } from "../settings/settings-store.js";
import type { CommandName } from "../contracts/service-commands.js";
import type { SettingsMemory } from "../settings/settings-memory.js";
import type { RetainedSlices } from "../storage/retained-slices.js";
import type { AccessMemory } from "./access-memory.js";

/** What the meter lets the service port reach. */
export interface MeterAccess {
  readonly hardware: Hardware;
  readonly metering: Metering;
  readonly retained: RetainedSlices;
  readonly access: AccessMemory;
  readonly settingsMemory: SettingsMemory;
  readonly events: EventLog;
  /** Opened when it is first asked for. */
  readonly store: SettingsStore;
  readonly product: ConfigurableProduct;
  readonly serialNumber: string;
  /** As the store has them now. */
  readonly settings: Settings;
  /** What the store holds has changed: whatever was kept of it elsewhere is brought up to date. */
  refresh(): void;
  /** Writes an entry into the event log; false when the flash refuses. */
  note(event: EventName, detail: number): boolean;
  /** Writes what a command threw into the log of failures; some few in a visit, for that wears flash. */
  noteFailure(command: CommandName, error: unknown): void;
  /** To be closed by whoever opens it. */
  openModem(): Modem;
}
