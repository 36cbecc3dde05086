import { choice, hexadecimal, integer, type Parameter, text, type ValuesOf } from "./service-parameters.js";
import type {
  Challenge,
  ChangedSetting,
  ClockWindow,
  FlashReport,
  Identity,
  Index,
  LockState,
  LogPage,
  ModemReport,
  OpenSession,
  PulseCounts,
  Rails,
  ReadBack,
  SelfTest,
  Sensors,
  SettingValues,
  SleepPlan,
  Status,
  ValveMove,
  WrittenCalibration,
  WrittenKeys,
  WrittenSerial,
} from "./service-results.js";

/**
 * Who may give a command: `open`, anybody with a cable; `authenticated`, who has answered a challenge with the meter's
 * service key; `production`, anybody until the meter is locked, and then for the hour that a token opens.
 */
export type Level = "open" | "authenticated" | "production";

declare const result: unique symbol;

export interface ServiceCommand<
  Name extends string = string,
  At extends Level = Level,
  Result extends object = object,
  Parameters extends readonly Parameter[] = readonly Parameter[],
> {
  readonly name: Name;
  readonly level: At;
  readonly parameters: Parameters;
  /** Carries the result's type, and is never there. */
  readonly [result]?: Result;
}

/** `gives<Identity>` says with what a command answers. Nobody calls it: its type is all that matters. */
function gives<Result extends object>(result: Result): Result {
  return result;
}

function command<
  const Name extends string,
  const At extends Level,
  Result extends object,
  const Parameters extends readonly Parameter[],
>(
  name: Name,
  level: At,
  _gives: (result: Result) => Result,
  ...parameters: Parameters
): ServiceCommand<Name, At, Result, Parameters> {
  return Object.freeze({ name, level, parameters: Object.freeze(parameters) });
}

/** Entries of the event log that one answer holds. */
export const logPageLength = 8;

const highestWord = 0xffffffff;
const longestWindowMilliseconds = 120_000;
const keyByteLength = 16;
const digestByteLength = 32;

/**
 * The closed list: there is nothing else that a meter does for whoever sits at the service port. What a handler is given
 * and has to give follows from it, and so does what a station sends; `docs/service-port.md` says what each command does.
 */
export const commands = Object.freeze([
  command("identify", "open", gives<Identity>),
  command("readIndex", "open", gives<Index>),
  command("status", "open", gives<Status>),
  command("challenge", "open", gives<Challenge>),
  command("authenticate", "open", gives<OpenSession>, hexadecimal("response", digestByteLength)),
  command(
    "unlock",
    "open",
    gives<LockState>,
    integer("counter", 1, highestWord),
    hexadecimal("token", digestByteLength),
  ),
  command("getSettings", "authenticated", gives<SettingValues>),
  command(
    "setSetting",
    "authenticated",
    gives<ChangedSetting>,
    text("name", 32),
    integer("value", 0, highestWord),
  ),
  command(
    "readLog",
    "authenticated",
    gives<LogPage>,
    integer("first", 1, highestWord),
    integer("count", 1, logPageLength),
  ),
  command("selfTest", "production", gives<SelfTest>),
  command("rails", "production", gives<Rails>),
  command(
    "pulseCounts",
    "production",
    gives<PulseCounts>,
    integer("windowMilliseconds", 1, longestWindowMilliseconds),
  ),
  command("sensors", "production", gives<Sensors>),
  command("moveValve", "production", gives<ValveMove>, choice("direction", "open", "close")),
  command("modem", "production", gives<ModemReport>, integer("signalSeconds", 0, 120)),
  command("flashTest", "production", gives<FlashReport>),
  command(
    "clockDrift",
    "production",
    gives<ClockWindow>,
    integer("windowMilliseconds", 1, longestWindowMilliseconds),
  ),
  command("writeSerial", "production", gives<WrittenSerial>, text("serialNumber", 16)),
  command(
    "writeCalibration",
    "production",
    gives<WrittenCalibration>,
    integer("pulseWeightMillilitres", 1, 1_000_000),
  ),
  command(
    "writeKeys",
    "production",
    gives<WrittenKeys>,
    hexadecimal("deviceKey", keyByteLength),
    hexadecimal("serviceKey", keyByteLength),
    hexadecimal("unlockKey", keyByteLength),
  ),
  command("readBack", "production", gives<ReadBack>),
  command("sleep", "production", gives<SleepPlan>, integer("seconds", 1, 3600)),
  command("lock", "production", gives<LockState>),
]);

type Listed = (typeof commands)[number];

export type CommandName = Listed["name"];
/** The commands of one level, by name. */
export type CommandNameAt<At extends Level> = Extract<Listed, { readonly level: At }>["name"];

type Named<Name extends CommandName> = Extract<Listed, { readonly name: Name }>;

export type ParametersOf<Name extends CommandName> = ValuesOf<Named<Name>["parameters"]>;
export type ResultOf<Name extends CommandName> = NonNullable<Named<Name>[typeof result]>;
