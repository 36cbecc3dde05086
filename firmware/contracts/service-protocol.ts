/**
 * The service port's messages, for the meter and for whoever talks to it.
 *
 * 115200 baud, 8N1. Each line is one JSON-RPC 2.0 message in ASCII, a `*` and four hexadecimal digits, the
 * CRC-16/X-25 of all before the `*` (`line.ts`), then CR, LF or both. Empty lines are ignored. A request is
 * `{"jsonrpc":"2.0","id":1,"method":"identify"}`, with `"params":{…}` where the command has parameters; `id` is a
 * whole number or a text of at most 16 characters. One request at a time: while one runs, others get `busy`.
 *
 * A meter that sleeps wakes with the first edge on the line and loses what it arrives with: send an empty line, wait
 * for the notification `ready`, then ask. It sleeps again after `idleSeconds` without a valid line.
 */

/** Changes with every change that an older station would misunderstand. */
export const protocolVersion = 1;

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

export type Level = "open" | "authenticated" | "production";

export const ErrorCode = Object.freeze({
  /** JSON-RPC 2.0: the check digits are wrong, the line is too long or is not JSON. */
  parseError: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  badParameters: -32602,
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

export interface IntegerParameter {
  readonly name: string;
  readonly type: "integer";
  readonly lowest: number;
  readonly highest: number;
}
export interface TextParameter {
  readonly name: string;
  /** Printable ASCII without `"` and `\`. */
  readonly type: "text";
  readonly longest: number;
}
export interface HexadecimalParameter {
  readonly name: string;
  readonly type: "hexadecimal";
  readonly byteLength: number;
}
export interface ChoiceParameter {
  readonly name: string;
  readonly type: "choice";
  readonly choices: readonly string[];
}
/** Every parameter of a command is required. */
export type Parameter = IntegerParameter | TextParameter | HexadecimalParameter | ChoiceParameter;

export interface Command {
  readonly name: CommandName;
  readonly level: Level;
  readonly parameters: readonly Parameter[];
}

export type NoParameters = Readonly<Record<string, never>>;

export interface Identity {
  readonly protocol: number;
  /** `water` or `gas`. */
  readonly product: string;
  /** The chip's own number, 12 hexadecimal digits. */
  readonly hardwareId: string;
  /** Empty before it was written. */
  readonly serialNumber: string;
  readonly firmwareVersion: string;
  /** SHA-256 of the image that runs, 64 hexadecimal digits. */
  readonly imageHash: string;
  /** Of the legally relevant software (WELMEC 7.2). */
  readonly meteringVersion: string;
  readonly meteringChecksum: string;
  readonly locked: boolean;
  /** Since the low-power domain got its power. */
  readonly uptimeMilliseconds: number;
}

export interface Index {
  /** Total registers in pulses, exact. */
  readonly forwardPulses: number;
  readonly reversePulses: number;
  readonly pulseWeightMillilitres: number;
  readonly calibrationEpoch: number;
  /** UTC; 0 while the meter has no date. */
  readonly epochSeconds: number;
  readonly timeTrust: "unset" | "estimated" | "network";
}

export interface Status {
  readonly batteryMillivolts: number;
  readonly batteryLow: boolean;
  readonly magnetPresent: boolean;
  readonly sensorFault: boolean;
  readonly valve: "none" | "unknown" | "open" | "closed" | "moving" | "failed";
  /** Slots and sectors of flash that failed in this run. */
  readonly flashFailures: number;
  /** Sequence number of the newest entry of the event log, 0 for none. */
  readonly newestEvent: number;
}

export interface LogEntry {
  readonly sequence: number;
  readonly event: string;
  readonly epochSeconds: number;
  readonly detail: number;
  /** The whole record in hexadecimal, 32 bytes: what the chain of hashes covers. */
  readonly record: string;
}

export interface Rail {
  readonly name: string;
  readonly millivolts: number;
}

export interface Sensors {
  readonly sensor: "single-reed" | "dual-reed";
  readonly magnetPresent: boolean;
  /** One contact of a dual reed comes and goes and the other keeps still. */
  readonly oneSided: boolean;
  readonly wireCut: boolean;
  /** From the limit switches; `none` on a meter without a valve. */
  readonly valve: "none" | "open" | "closed" | "between" | "implausible";
}

/** Differences over the window. */
export interface PulseCounts {
  /** When the window began and ended, in ms of the meter's clock. */
  readonly startTicks: number;
  readonly endTicks: number;
  readonly forward: number;
  readonly reverse: number;
  readonly illegalTransitions: number;
  readonly magnetEvents: number;
  readonly sensorFaults: number;
}

export interface ValveMove {
  /** `stalled` and `timed-out` as `ValveFailure` says. */
  readonly outcome: "reached" | "stalled" | "timed-out" | "limit-fault" | "stopped" | "busy";
  readonly position: "open" | "closed" | "between" | "implausible";
  /** 0 when the valve stood there already. */
  readonly travelMilliseconds: number;
  readonly peakMilliamperes: number;
  /** The motor's current, one sample each `samplePeriodMilliseconds` from its start, at most 240. */
  readonly samplePeriodMilliseconds: number;
  readonly milliamperes: readonly number[];
}

export interface ModemReport {
  /** 15 digits. */
  readonly imei: string;
  /** 19 or 20 digits. */
  readonly iccid: string;
  /** False where no cell was found in time; the signal's numbers are 0 then. */
  readonly hasSignal: boolean;
  readonly powerDbm: number;
  readonly noiseRatioDb: number;
}

export interface FlashReport {
  readonly sectors: number;
  /** Numbers of the sectors that did not erase, program or read back. */
  readonly failedSectors: readonly number[];
  readonly milliseconds: number;
}

/** SHA-256 of each stored thing in hexadecimal; empty where there is none. */
export interface ReadBack {
  readonly serialNumber: string;
  /** Of the decimal digits of the pulse weight, a blank and those of the calibration epoch. */
  readonly calibration: string;
  readonly deviceKey: string;
  readonly serviceKey: string;
  readonly unlockKey: string;
}

/** Parameters and result of every command. */
export interface CommandTypes {
  readonly identify: { readonly parameters: NoParameters; readonly result: Identity };
  readonly readIndex: { readonly parameters: NoParameters; readonly result: Index };
  readonly status: { readonly parameters: NoParameters; readonly result: Status };
  /** 32 hexadecimal digits, good once. */
  readonly challenge: { readonly parameters: NoParameters; readonly result: { readonly challenge: string } };
  /** `response`: HMAC-SHA-256 by the service key over label, hardware id (both ASCII) and the 16 challenge bytes. */
  readonly authenticate: {
    readonly parameters: { readonly response: string };
    readonly result: { readonly sessionSeconds: number };
  };
  /**
   * `token`: HMAC-SHA-256 by the unlock key over label, hardware id (both ASCII) and `counter` as u32, little-endian.
   * The counter must be higher than any used before.
   */
  readonly unlock: {
    readonly parameters: { readonly counter: number; readonly token: string };
    readonly result: { readonly locked: boolean };
  };
  readonly getSettings: {
    readonly parameters: NoParameters;
    readonly result: Readonly<Record<string, number>>;
  };
  /** Calibration asks for the unlocked state and begins a new epoch. */
  readonly setSetting: {
    readonly parameters: { readonly name: string; readonly value: number };
    readonly result: { readonly name: string; readonly value: number; readonly calibrationEpoch: number };
  };
  readonly readLog: {
    readonly parameters: { readonly first: number; readonly count: number };
    readonly result: { readonly newest: number; readonly entries: readonly LogEntry[] };
  };
  readonly selfTest: {
    readonly parameters: NoParameters;
    /** True for what works. */
    readonly result: {
      readonly crypto: boolean;
      readonly random: boolean;
      readonly journal: boolean;
      readonly settings: boolean;
      readonly events: boolean;
    };
  };
  readonly rails: { readonly parameters: NoParameters; readonly result: { readonly rails: readonly Rail[] } };
  /** Sends `mark` when the window begins and answers when it ends. */
  readonly pulseCounts: {
    readonly parameters: { readonly windowMilliseconds: number };
    readonly result: PulseCounts;
  };
  readonly sensors: { readonly parameters: NoParameters; readonly result: Sensors };
  readonly moveValve: {
    readonly parameters: { readonly direction: "open" | "close" };
    readonly result: ValveMove;
  };
  readonly modem: { readonly parameters: { readonly signalSeconds: number }; readonly result: ModemReport };
  readonly flashTest: { readonly parameters: NoParameters; readonly result: FlashReport };
  /** Sends `mark` when the window begins and answers when it ends: the time in between, by a better clock, tells. */
  readonly clockDrift: {
    readonly parameters: { readonly windowMilliseconds: number };
    readonly result: { readonly startTicks: number; readonly endTicks: number };
  };
  readonly writeSerial: {
    readonly parameters: { readonly serialNumber: string };
    readonly result: { readonly serialNumber: string };
  };
  readonly writeCalibration: {
    readonly parameters: { readonly pulseWeightMillilitres: number };
    readonly result: { readonly pulseWeightMillilitres: number; readonly calibrationEpoch: number };
  };
  /** 32 hexadecimal digits each. */
  readonly writeKeys: {
    readonly parameters: {
      readonly deviceKey: string;
      readonly serviceKey: string;
      readonly unlockKey: string;
    };
    readonly result: { readonly written: number };
  };
  readonly readBack: { readonly parameters: NoParameters; readonly result: ReadBack };
  /** Answers, then sleeps. Time ends it, or an edge on the line. */
  readonly sleep: {
    readonly parameters: { readonly seconds: number };
    readonly result: { readonly untilTicks: number };
  };
  /** Asks for serial number, calibration and keys to be there. */
  readonly lock: { readonly parameters: NoParameters; readonly result: { readonly locked: boolean } };
}
export type CommandName = keyof CommandTypes;
export type ParametersOf<Name extends CommandName> = CommandTypes[Name]["parameters"];
export type ResultOf<Name extends CommandName> = CommandTypes[Name]["result"];

/** Entries of the event log that one answer holds. */
export const logPageLength = 8;

function command(name: CommandName, level: Level, ...parameters: Parameter[]): Command {
  return Object.freeze({
    name,
    level,
    parameters: Object.freeze(parameters.map((each) => Object.freeze(each))),
  });
}

function integer(name: string, lowest: number, highest: number): IntegerParameter {
  return { name, type: "integer", lowest, highest };
}

function hexadecimal(name: string, byteLength: number): HexadecimalParameter {
  return { name, type: "hexadecimal", byteLength };
}

/** The closed list: there is nothing else that a meter does for whoever sits at the service port. */
export const commands: readonly Command[] = Object.freeze([
  command("identify", "open"),
  command("readIndex", "open"),
  command("status", "open"),
  command("challenge", "open"),
  command("authenticate", "open", hexadecimal("response", 32)),
  command("unlock", "open", integer("counter", 1, 0xffffffff), hexadecimal("token", 32)),
  command("getSettings", "authenticated"),
  command(
    "setSetting",
    "authenticated",
    { name: "name", type: "text", longest: 32 },
    integer("value", 0, 0xffffffff),
  ),
  command("readLog", "authenticated", integer("first", 1, 0xffffffff), integer("count", 1, logPageLength)),
  command("selfTest", "production"),
  command("rails", "production"),
  command("pulseCounts", "production", integer("windowMilliseconds", 1, 120_000)),
  command("sensors", "production"),
  command("moveValve", "production", {
    name: "direction",
    type: "choice",
    choices: Object.freeze(["open", "close"]),
  }),
  command("modem", "production", integer("signalSeconds", 0, 120)),
  command("flashTest", "production"),
  command("clockDrift", "production", integer("windowMilliseconds", 1, 120_000)),
  command("writeSerial", "production", { name: "serialNumber", type: "text", longest: 16 }),
  command("writeCalibration", "production", integer("pulseWeightMillilitres", 1, 1_000_000)),
  command(
    "writeKeys",
    "production",
    hexadecimal("deviceKey", 16),
    hexadecimal("serviceKey", 16),
    hexadecimal("unlockKey", 16),
  ),
  command("readBack", "production"),
  command("sleep", "production", integer("seconds", 1, 3600)),
  command("lock", "production"),
]);
