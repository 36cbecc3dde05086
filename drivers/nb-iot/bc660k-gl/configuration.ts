import type { AtCommand, AtReply } from "../at/chat.js";
import { failed, failureOf } from "../at/failure.js";
import type { ModemOutcome } from "../modem.js";
import { hasFirstParameter, parametersOf, unquoted } from "../at/parameters.js";
import type { AtSession } from "../at/session.js";

export interface Bc660kGlSettings {
  readonly apn: string;
  /** T3412 extended and T3324 to ask the network for, as eight binary digits each. */
  readonly periodicUpdate: string;
  readonly activeTime: string;
}

/** Something that the modem keeps in its flash: written only where it differs, to spare the flash. */
interface Setting {
  readonly read: string;
  readonly response: string;
  /** The parameters that the answer to `read` begins with, unquoted and without the empty ones. */
  readonly expected: readonly string[];
  readonly write: string;
  /** Set when the modem takes the change only while its radio is off. */
  readonly radioOff?: boolean;
  /** Set when a firmware may lack it and the modem is still of use. */
  readonly optional?: boolean;
}

/** Commands are answered within 5 s unless the AT manual says otherwise. */
export const commandMilliseconds = 5000;
const radioMilliseconds = 25_000;
const simTries = 5;
const simRetryMilliseconds = 1000;

/** Lost at each restart. QSCLK=0 comes early: a modem that falls asleep loses the command it was given. */
const preparation: readonly string[] = Object.freeze(["ATE0", "AT+QSCLK=0", "AT+CMEE=1"]);

const readRadio: AtCommand = Object.freeze({
  text: "AT+CFUN?",
  response: "+CFUN:",
  timeoutMilliseconds: commandMilliseconds,
});

const readSim: AtCommand = Object.freeze({
  text: "AT+CPIN?",
  response: "+CPIN:",
  abort: "CPIN ERROR",
  timeoutMilliseconds: commandMilliseconds,
});

/** The settings that are the same for every meter: made once, with the module. */
const fixedSettings: readonly Setting[] = Object.freeze([
  plainSetting("CEREG", "5", "5"),
  plainSetting("CSCON", "1", "1"),
  plainSetting("QNBIOTEVENT", "1", "1,1"),
  // +CTZEU tells UTC, whatever the clock shows.
  plainSetting("CTZR", "3", "3"),
  // An edge on RXD wakes the modem; takes effect at its next start, and until then the power key wakes it.
  namedSetting("QCFG", "wakeupRXD", "1"),
  // Datagrams as hexadecimal digits, on one line with the lengths of what was read and what remains.
  namedSetting("QICFG", "dataformat", "1,1"),
  namedSetting("QICFG", "showlength", "1"),
  namedSetting("QICFG", "viewmode", "0"),
]);

/**
 * Brings an awake modem into the state that the driver relies on, with its radio on and its SIM ready; from the beginning
 * again if it restarts meanwhile, or says late that it has started.
 */
export async function configure(
  session: AtSession,
  settings: Bc660kGlSettings,
): Promise<ModemOutcome<undefined>> {
  const outcome = await configureOnce(session, settings);
  const hasRestarted = !outcome.ok && outcome.detail?.endsWith(": RDY") === true;
  return hasRestarted ? configureOnce(session, settings) : outcome;
}

async function configureOnce(
  session: AtSession,
  settings: Bc660kGlSettings,
): Promise<ModemOutcome<undefined>> {
  for (let index = 0; index < preparation.length; index++) {
    const text = preparation[index] as string;
    const reply = await session.ask({ text, timeoutMilliseconds: commandMilliseconds });
    if (reply.status !== "ok") return failureOf(reply, text);
  }
  let outcome = await ensure(session, accessPointSetting(settings));
  if (!outcome.ok) return outcome;
  outcome = await ensure(session, powerSavingSetting(settings));
  if (!outcome.ok) return outcome;
  for (let index = 0; index < fixedSettings.length; index++) {
    outcome = await ensure(session, fixedSettings[index] as Setting);
    if (!outcome.ok) return outcome;
  }
  const radio = await turnRadioOn(session);
  return radio.ok ? requireSim(session) : radio;
}

/** AT+CFUN=1 unless it holds already: the modem keeps CFUN=0 over restarts. */
export async function turnRadioOn(session: AtSession): Promise<ModemOutcome<undefined>> {
  const reply = await session.ask(readRadio);
  if (reply.status !== "ok") return failureOf(reply, readRadio.text);
  if (hasFirstParameter(reply.lines, "+CFUN:", "1")) return { ok: true, value: undefined };
  return switchRadio(session, 1);
}

/** 1 is full functionality, 0 the least: radio and SIM are off. */
export async function switchRadio(session: AtSession, level: 0 | 1): Promise<ModemOutcome<undefined>> {
  const text = `AT+CFUN=${level}`;
  const reply = await session.ask({ text, timeoutMilliseconds: radioMilliseconds });
  return reply.status === "ok" ? { ok: true, value: undefined } : failureOf(reply, text);
}

function plainSetting(command: string, expected: string, written: string): Setting {
  return Object.freeze({
    read: `AT+${command}?`,
    response: `+${command}:`,
    expected: Object.freeze([expected]),
    write: `AT+${command}=${written}`,
  });
}

function namedSetting(command: string, name: string, value: string): Setting {
  return Object.freeze({
    read: `AT+${command}="${name}"`,
    response: `+${command}: "${name}"`,
    expected: Object.freeze(value.split(",")),
    write: `AT+${command}="${name}",${value}`,
    optional: true,
  });
}

function accessPointSetting({ apn }: Bc660kGlSettings): Setting {
  return {
    read: "AT+QCGDEFCONT?",
    response: "+QCGDEFCONT:",
    expected: ["IP", apn],
    write: `AT+QCGDEFCONT="IP","${apn}"`,
    radioOff: true,
  };
}

function powerSavingSetting({ periodicUpdate, activeTime }: Bc660kGlSettings): Setting {
  return {
    read: "AT+CPSMS?",
    response: "+CPSMS:",
    expected: ["1", periodicUpdate, activeTime],
    write: `AT+CPSMS=1,,,"${periodicUpdate}","${activeTime}"`,
  };
}

async function ensure(session: AtSession, setting: Setting): Promise<ModemOutcome<undefined>> {
  const { read, response, write, radioOff, optional } = setting;
  const answer = await session.ask({ text: read, response, timeoutMilliseconds: commandMilliseconds });
  if (answer.status === "error" && optional) return { ok: true, value: undefined };
  if (answer.status !== "ok" && answer.status !== "error") return failureOf(answer, read);
  if (isAsExpected(answer, setting)) return { ok: true, value: undefined };
  if (radioOff) {
    const radio = await switchRadio(session, 0);
    if (!radio.ok) return radio;
  }
  const reply = await session.ask({ text: write, timeoutMilliseconds: commandMilliseconds });
  const isDone = reply.status === "ok" || (reply.status === "error" && optional);
  return isDone ? { ok: true, value: undefined } : failureOf(reply, write);
}

/** True when the parameters of a line, without the empty ones, begin as expected. */
function isAsExpected({ lines }: AtReply, { response, expected }: Setting): boolean {
  for (let place = 0; place < lines.length; place++) {
    const parameters = parametersOf(lines[place] as string, response) ?? [];
    let same = 0;
    for (let index = 0; index < parameters.length && same < expected.length; index++) {
      const actual = unquoted(parameters[index] as string);
      if (actual === "") continue;
      if (!isSame(expected[same] as string, actual)) break;
      same++;
    }
    if (same === expected.length) return true;
  }
  return false;
}

function isSame(expected: string, actual: string): boolean {
  if (actual === expected) return true;
  const lowerExpected = expected.toLowerCase();
  const lowerActual = actual.toLowerCase();
  // A network may add the operator identifier to the access point name (3GPP TS 23.003, 9.1.2).
  return lowerActual === lowerExpected || lowerActual.startsWith(`${lowerExpected}.mnc`);
}

/** A SIM needs a moment after power-on; one that does not answer by then is reported. */
async function requireSim(session: AtSession): Promise<ModemOutcome<undefined>> {
  let last = "";
  for (let attempt = 1; attempt <= simTries; attempt++) {
    if (attempt > 1) await session.rest(simRetryMilliseconds);
    const reply = await session.ask(readSim);
    if (reply.status !== "ok" && reply.status !== "error") return failureOf(reply, readSim.text);
    if (hasFirstParameter(reply.lines, "+CPIN:", "READY")) return { ok: true, value: undefined };
    last = reply.lines[0] ?? reply.error;
  }
  return failed("no-sim", last);
}
