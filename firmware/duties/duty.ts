import type { Hardware } from "../../hal/hardware.js";
import type { Modem } from "../../drivers/nb-iot/modem.js";
import type { EventName } from "../events/event-names.js";
import type { Metering } from "../legal/metering.js";
import type { SliceSource } from "../legal/retained/slice.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import type { ConfigurableProduct, Settings } from "../settings/settings.js";
import type { ContactedProduct } from "../uplink/session.js";

/**
 * Something that the meter does by itself, beside counting. It is made anew at each wake that may have something for it,
 * from what its own slice of retained memory tells it.
 */
export interface Duty {
  /** True when there is something to do now. */
  readonly isDue: boolean;
  /**
   * Ticks at which there is something to do next. The wakes until then don't ask again: nothing may change it but what a
   * duty or a visitor does, and resets. It reads the clock for no more than the date.
   */
  readonly nextTicks: number;
  /**
   * Does what is due. It books itself as failed before it begins, so that a run that a reset ends is followed by a
   * pause; what the world refuses is its own to handle. What it throws is a defect: it is logged, and the duty rests.
   */
  run(): Promise<void>;
}

/** What duties work on, and ask of the meter. */
export interface DutyMeter {
  readonly hardware: Hardware;
  readonly retained: SliceSource;
  readonly storage: LogStorage;
  readonly settings: Settings<ConfigurableProduct & ContactedProduct>;
  readonly metering: Metering;
  /** The factory's, else that of the board's identity page. */
  readonly serialNumber: string;
  /** CRC-32 of it, by which meters spread what they do over time. */
  readonly serialNumberCrc: number;
  /** Writes an entry into the event log; false when the flash refuses. */
  note(event: EventName, detail: number): boolean;
  /** To be closed by whoever opens it. */
  openModem(): Modem;
}

export interface DutyDeclaration {
  /** As products name it. */
  readonly name: string;
  /** True when someone asks for it who presses the service button and then says nothing at the port. */
  readonly followsVisit: boolean;
  /** Undefined on a board that has not got what it takes. */
  create(meter: DutyMeter): Duty | undefined;
}
