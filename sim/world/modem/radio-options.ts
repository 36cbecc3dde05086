import type { Random } from "../../kernel/random.js";
import type { Scheduler } from "../../kernel/world.js";
import type { NetworkConditions } from "../network/network-conditions.js";
import type { GrantedTimers, NetworkTime, Subscriber } from "../network/subscriber.js";

export type RadioPhase = "off" | "searching" | "idle" | "connected" | "psm";

/** `<stat>` of +CEREG: 0 not registered, 1 registered, 2 searching, 3 denied. */
export type RegistrationStatus = 0 | 1 | 2 | 3;

/** What the application knows of what follows a datagram: nothing, silence, or one answer. */
export type ReleaseIndication = 0 | 1 | 2;

/** What is known of the registration. */
export interface RegistrationView {
  readonly status: RegistrationStatus;
  /** EMM cause of the last refusal. */
  readonly cause: number | undefined;
  readonly granted: GrantedTimers;
}

/** Takes what the modem may say of its radio. */
export interface RadioAnnouncements {
  registration(view: RegistrationView): void;
  connection(isConnected: boolean): void;
  address(address: string): void;
  time(time: NetworkTime): void;
}

/** Takes what the rest of the modem has to follow. */
export interface RadioListener {
  /** The radio has entered power saving mode. */
  onPowerSaving(): void;
  /** T3412 has run out in power saving mode: the modem has to wake and call `resume` or `wake`. */
  onPeriodicUpdateDue(): void;
  /** `phase` or `isTransmitting` has changed. */
  onPhaseChange(): void;
}

export interface RadioOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly conditions: NetworkConditions;
  readonly subscriber: Subscriber;
  readonly announcements: RadioAnnouncements;
  readonly listener: RadioListener;
  /** The timers to ask for; undefined ones ask for no power saving. */
  readonly askedTimers: () => GrantedTimers;
  /** Whether AT+QSCLK lets the modem sleep. */
  readonly maySleep: () => boolean;
}
