/**
 * The service port's line and messages, for the meter and for whoever talks to it. `docs/service-port.md` describes the
 * whole port, `service-commands.ts` is the list of commands.
 *
 * Each line is one JSON-RPC 2.0 message with check digits (`service-line.ts`), ended by CR, LF or both.
 * One request at a time: while one runs, others get `busy`.
 */

/** Changes with every change that an older station would misunderstand. */
export const protocolVersion = 1;

/** Bits per second on the line, with 8 data bits, no parity and 1 stop bit. */
export const baudRate = 115_200;

/** Longest request and longest answer in characters, check digits included, line end not. */
export const requestLength = 512;
export const responseLength = 2048;

/** The meter goes to sleep this long after the last valid line. */
export const idleSeconds = 60;

/** A challenge is void after this, and a session so long after its last authenticated command. */
export const challengeSeconds = 60;
export const sessionSeconds = 300;

/** What both ends compute HMACs over begins with one of these, so that neither passes for the other. */
export const authenticationLabel = "tally-service-1";
export const unlockLabel = "tally-unlock-1";

export const ErrorCode = Object.freeze({
  /** JSON-RPC 2.0: the check digits are wrong, the line is too long or is not JSON. */
  parseError: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  badParameters: -32602,
  /** A defect of the meter stopped the command; its failure log says which. The port goes on. */
  internalError: -32603,
  /** A production command after the lock. */
  locked: -32001,
  notAuthenticated: -32002,
  busy: -32003,
  /** The command was carried out as far as the hardware let it; `message` says what failed. */
  hardwareFailure: -32004,
  /** The response to the challenge or the unlock token is wrong. */
  authenticationFailed: -32005,
  /** Too many failed attempts; `data` says how many seconds to wait. */
  lockedOut: -32006,
  /** Not now: what has to come before is missing; `message` says what. */
  notReady: -32007,
} as const);
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

export interface ResponseError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data?: number;
}

export type RequestId = number | string;

export interface SuccessResponse<Result = unknown> {
  readonly jsonrpc: "2.0";
  readonly id: RequestId;
  readonly result: Result;
}

export interface ErrorResponse {
  readonly jsonrpc: "2.0";
  /** Null when the line could not be read. */
  readonly id: RequestId | null;
  readonly error: ResponseError;
}

export type Response<Result = unknown> = SuccessResponse<Result> | ErrorResponse;

/** What the meter sends without being asked. */
export interface Notifications {
  /** The port is open. */
  readonly ready: { readonly protocol: number; readonly locked: boolean };
  /**
   * A window of `pulseCounts` or `clockDrift` begins, at `ticks` (ms) of the meter's clock. This line and the answer that
   * ends the window are filled up with blanks to the same length, so that one arrives as long after the other as it was
   * sent, however fast the line is.
   */
  readonly mark: { readonly ticks: number };
}
