import type { GrantedTimers } from "../network/subscriber.js";
import { decodeActive, decodePeriodicUpdate } from "./timer-strings.js";

/** Settings in the modem's flash: they survive everything. */
export interface StoredSettings {
  /** AT+CFUN: 0 minimum, 1 full, 4 radio off. */
  readonly functionality: 0 | 1 | 4;
  /** AT+CPSMS: the mode, and the timer strings to ask the network for. */
  readonly isPowerSaving: boolean;
  readonly periodicUpdate: string;
  readonly active: string;
  /** AT+QNBIOTEVENT=…,1 */
  readonly reportsPowerSaving: boolean;
  /** AT+CEDRXS */
  readonly extendedReceptionMode: 0 | 1 | 2 | 3;
  readonly extendedReceptionCycle: string;
  /** AT+QCGDEFCONT */
  readonly contextType: string;
  readonly accessPoint: string;
  /** AT+CTZR */
  readonly timeZoneReport: 0 | 1 | 2 | 3;
  /** AT+QBAND */
  readonly bands: readonly number[];
  /** ATE */
  readonly echoes: boolean;
  /** AT+CMEE */
  readonly errorDetail: 0 | 1 | 2;
  /** AT+CEREG */
  readonly registrationReport: 0 | 1 | 2 | 3 | 4 | 5;
  /** AT+CSCON */
  readonly reportsConnection: boolean;
}

/** Settings in RAM that deep sleep retains: a restart brings the defaults back. */
export interface SessionSettings {
  /** AT+QSCLK: 0 never sleeps, 1 light and deep sleep, 2 light sleep only. */
  readonly sleepMode: 0 | 1 | 2;
}

const factorySettings: StoredSettings = Object.freeze({
  functionality: 1,
  isPowerSaving: false,
  periodicUpdate: "00000110",
  active: "00000101",
  reportsPowerSaving: false,
  extendedReceptionMode: 0,
  extendedReceptionCycle: "0011",
  contextType: "IP",
  accessPoint: "",
  timeZoneReport: 0,
  bands: Object.freeze([]),
  echoes: true,
  errorDetail: 0,
  registrationReport: 0,
  reportsConnection: false,
});

const defaultSession: SessionSettings = Object.freeze({ sleepMode: 1 });

export class ModemSettings {
  #stored = factorySettings;
  #session = defaultSession;
  #flashWrites = 0;

  get stored(): StoredSettings {
    return this.#stored;
  }

  get session(): SessionSettings {
    return this.#session;
  }

  /** Writes of the modem's flash: one for each stored setting given, even if nothing changes by it. */
  get flashWrites(): number {
    return this.#flashWrites;
  }

  /** The timers to ask the network for; undefined ones ask for no power saving. */
  get askedTimers(): GrantedTimers {
    const { active, isPowerSaving, periodicUpdate } = this.#stored;
    return {
      activeSeconds: isPowerSaving ? decodeActive(active) : undefined,
      periodicUpdateSeconds: isPowerSaving ? decodePeriodicUpdate(periodicUpdate) : undefined,
    };
  }

  store(change: Partial<StoredSettings>): void {
    this.#flashWrites++;
    this.#stored = Object.freeze({ ...this.#stored, ...change });
  }

  change(change: Partial<SessionSettings>): void {
    this.#session = Object.freeze({ ...this.#session, ...change });
  }

  /** What a restart does. */
  restart(): void {
    this.#session = defaultSession;
  }
}
