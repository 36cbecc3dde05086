import { type AtCommand, type AtReply, startNotice } from "../at/chat.js";
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
  /** Set when a change counts only after a restart. */
  readonly needsRestart?: boolean;
  /** Set when a firmware may lack it and the modem is still of use. */
  readonly optional?: boolean;
}

/** Lines that the modem sends of its own accord, and may glue behind others. */
export const unsolicited = Object.freeze([
  "+CEREG:",
  "+CSCON:",
  "+CTZEU:",
  "+CPIN:",
  "+IP:",
  "+QIURC:",
  "+QNBIOTEVENT:",
]);

/** Commands are answered within 5 s unless the AT manual says otherwise. */
export const commandMilliseconds = 5000;
const radioMilliseconds = 25_000;
const simTries = 5;
const simRetryMilliseconds = 1000;

/** Lost at each restart, and early: a modem that falls asleep loses the command it was given. */
const stayAwake: AtCommand = Object.freeze({ text: "AT+QSCLK=0", timeoutMilliseconds: commandMilliseconds });
/** The one of those that the modem keeps which can't be read: its echo tells. */
const echoOff: AtCommand = Object.freeze({ text: "ATE0", timeoutMilliseconds: commandMilliseconds });

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
  plainSetting("CMEE", "1", "1"),
  plainSetting("CEREG", "5", "5"),
  plainSetting("CSCON", "1", "1"),
  plainSetting("QNBIOTEVENT", "1", "1,1"),
  // +CTZEU tells UTC, whatever the clock shows.
  plainSetting("CTZR", "3", "3"),
  // An edge on RXD wakes the modem; without it the power key does.
  Object.freeze({ ...namedSetting("QCFG", "wakeupRXD", "1"), needsRestart: true }),
  // Datagrams as hexadecimal digits, on one line with the lengths of what was read and what remains.
  namedSetting("QICFG", "dataformat", "1,1"),
  namedSetting("QICFG", "showlength", "1"),
  namedSetting("QICFG", "viewmode", "0"),
]);

/**
 * Brings an awake modem into the state that the driver relies on, with its radio on and its SIM ready; from the beginning
 * again if it restarts meanwhile, or says late that it has started. False where it has taken something that counts only
 * after a restart, and may be restarted for that.
 */
export async function configure(
  session: AtSession,
  settings: Bc660kGlSettings,
  mayRestart: boolean,
): Promise<ModemOutcome<boolean>> {
  const outcome = await configureOnce(session, settings, mayRestart);
  const hasRestarted = !outcome.ok && outcome.detail?.endsWith(`: ${startNotice}`) === true;
  return hasRestarted ? configureOnce(session, settings, mayRestart) : outcome;
}

async function configureOnce(
  session: AtSession,
  settings: Bc660kGlSettings,
  mayRestart: boolean,
): Promise<ModemOutcome<boolean>> {
  const written = await writeSettings(session, settings);
  if (!written.ok) return written;
  if (written.value === "needs-restart" && mayRestart) return { ok: true, value: false };
  const radio = await turnRadioOn(session);
  const ready = radio.ok ? await requireSim(session) : radio;
  return ready.ok ? { ok: true, value: true } : ready;
}

type Written = "nothing" | "something" | "needs-restart";

async function writeSettings(session: AtSession, settings: Bc660kGlSettings): Promise<ModemOutcome<Written>> {
  const prepared = await prepare(session);
  if (!prepared.ok) return prepared;
  let outcome = await ensure(session, accessPointSetting(settings));
  if (!outcome.ok) return outcome;
  outcome = await ensure(session, powerSavingSetting(settings));
  let needsRestart = false;
  for (let index = 0; outcome.ok && index < fixedSettings.length; index++) {
    outcome = await ensure(session, fixedSettings[index] as Setting);
    needsRestart ||= outcome.ok && outcome.value === "needs-restart";
  }
  return outcome.ok && needsRestart ? { ok: true, value: "needs-restart" } : outcome;
}

async function prepare(session: AtSession): Promise<ModemOutcome<undefined>> {
  if (session.hasEcho) {
    const reply = await session.ask(echoOff);
    if (reply.status !== "ok") return failureOf(reply, echoOff.text);
    session.forgetEcho();
  }
  const reply = await session.ask(stayAwake);
  return reply.status === "ok" ? { ok: true, value: undefined } : failureOf(reply, stayAwake.text);
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

async function ensure(session: AtSession, setting: Setting): Promise<ModemOutcome<Written>> {
  const { write, radioOff, optional, needsRestart } = setting;
  const holds = await isSet(session, setting);
  if (!holds.ok) return holds;
  if (holds.value) return { ok: true, value: "nothing" };
  if (radioOff) {
    const radio = await switchRadio(session, 0);
    if (!radio.ok) return radio;
  }
  const reply = await session.ask({ text: write, timeoutMilliseconds: commandMilliseconds });
  if (reply.status !== "ok" && !(optional && isRefusal(reply))) return failureOf(reply, write);
  // One that does not take it would be restarted at every contact.
  const taken = needsRestart ? await isSet(session, setting) : undefined;
  return { ok: true, value: taken?.ok && taken.value ? "needs-restart" : "something" };
}

/** True as well for an optional setting that the modem does not know. */
async function isSet(session: AtSession, setting: Setting): Promise<ModemOutcome<boolean>> {
  const { read, response, optional } = setting;
  const answer = await session.ask({ text: read, response, timeoutMilliseconds: commandMilliseconds });
  if (optional && isRefusal(answer)) return { ok: true, value: true };
  if (answer.status !== "ok" && !isRefusal(answer)) return failureOf(answer, read);
  return { ok: true, value: isAsExpected(answer, setting) };
}

function isRefusal({ status, error }: AtReply): boolean {
  return status === "error" && error !== startNotice;
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
