import type { ModemFailure } from "../modem.js";
import { integerOf, parametersOf, unquoted } from "./parameters.js";
import { decodeActiveTime } from "./power-saving-timers.js";

/** What a `+CEREG:` line tells (3GPP TS 27.007, 10.1.22). */
export interface NetworkRegistration {
  /** 0 idle, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming. */
  readonly status: number;
  /** The EMM cause of a rejection (3GPP TS 24.301, annex A), when the network gave one. */
  readonly cause: number | undefined;
  /** T3324 as the network granted it; undefined when it granted none. */
  readonly activeSeconds: number | undefined;
}

/** Illegal UE, IMEI not accepted, illegal ME, EPS services not allowed, neither EPS nor other services allowed. */
const denyingCauses = Object.freeze([3, 5, 6, 7, 8]);
/** PLMN not allowed, roaming not allowed here, no suitable cells in tracking area, congestion. */
const absentNetworkCauses = Object.freeze([11, 13, 15, 22]);

/** Reads the unsolicited form, `<stat>,"tac",…`, and the answer to AT+CEREG?, `<n>,<stat>,"tac",…`. */
export function parseRegistration(line: string): NetworkRegistration | undefined {
  const parameters = parametersOf(line, "+CEREG:");
  if (!parameters) return undefined;
  // The tracking area code is quoted or empty, so a bare number in second place is the read form's status.
  const offset = integerOf(parameters[1]) === undefined ? 0 : 1;
  const status = integerOf(parameters[offset]);
  if (status === undefined) return undefined;
  const isEmmCause = integerOf(parameters[offset + 4]) !== 1;
  return {
    status,
    cause: isEmmCause ? integerOf(parameters[offset + 5]) : undefined,
    activeSeconds: decodeActiveTime(unquoted(parameters[offset + 6] ?? "")),
  };
}

export function isRegistered({ status }: NetworkRegistration): boolean {
  return status === 1 || status === 5;
}

export function isDenied({ status }: NetworkRegistration): boolean {
  return status === 3;
}

/** Why waiting any longer is no use; undefined while it still may help. */
export function refusalOf(registration: NetworkRegistration): ModemFailure | undefined {
  if (!isDenied(registration) || registration.cause === undefined) return undefined;
  if (denyingCauses.includes(registration.cause)) return "denied";
  return absentNetworkCauses.includes(registration.cause) ? "no-network" : undefined;
}
