import type { Command, Reply } from "./chat.js";
import { failed, failureOf } from "./failure.js";
import type { ModemOutcome } from "./modem.js";
import { parametersOf, unquoted } from "./parameters.js";
import type { Session } from "./session.js";

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

const readRadio: Command = Object.freeze({
  text: "AT+CFUN?",
  response: "+CFUN:",
  timeoutMilliseconds: commandMilliseconds,
});

const readSim: Command = Object.freeze({
  text: "AT+CPIN?",
  response: "+CPIN:",
  abort: Object.freeze(["CPIN ERROR"]),
  timeoutMilliseconds: commandMilliseconds,
});

/** Brings an awake modem into the state that the driver relies on, with its radio on and its SIM ready. */
export async function configure(
  session: Session,
  settings: Bc660kGlSettings,
): Promise<ModemOutcome<undefined>> {
  for (const text of preparation) {
    const reply = await session.ask({ text, timeoutMilliseconds: commandMilliseconds });
    if (reply.status !== "ok") return failureOf(reply, text);
  }
  for (const setting of settingsOf(settings)) {
    const outcome = await ensure(session, setting);
    if (!outcome.ok) return outcome;
  }
  const radio = await turnRadioOn(session);
  return radio.ok ? requireSim(session) : radio;
}

/** AT+CFUN=1 unless it holds already: the modem keeps CFUN=0 over restarts. */
export async function turnRadioOn(session: Session): Promise<ModemOutcome<undefined>> {
  const reply = await session.ask(readRadio);
  if (reply.status !== "ok") return failureOf(reply, readRadio.text);
  if (reply.lines.some((line) => parametersOf(line, "+CFUN:")?.[0] === "1"))
    return { ok: true, value: undefined };
  return switchRadio(session, 1);
}

/** 1 is full functionality, 0 the least: radio and SIM are off. */
export async function switchRadio(session: Session, level: 0 | 1): Promise<ModemOutcome<undefined>> {
  const text = `AT+CFUN=${level}`;
  const reply = await session.ask({ text, timeoutMilliseconds: radioMilliseconds });
  return reply.status === "ok" ? { ok: true, value: undefined } : failureOf(reply, text);
}

function settingsOf({ apn, periodicUpdate, activeTime }: Bc660kGlSettings): readonly Setting[] {
  return [
    {
      read: "AT+QCGDEFCONT?",
      response: "+QCGDEFCONT:",
      expected: ["IP", apn],
      write: `AT+QCGDEFCONT="IP","${apn}"`,
      radioOff: true,
    },
    {
      read: "AT+CPSMS?",
      response: "+CPSMS:",
      expected: ["1", periodicUpdate, activeTime],
      write: `AT+CPSMS=1,,,"${periodicUpdate}","${activeTime}"`,
    },
    { read: "AT+CEREG?", response: "+CEREG:", expected: ["5"], write: "AT+CEREG=5" },
    { read: "AT+CSCON?", response: "+CSCON:", expected: ["1"], write: "AT+CSCON=1" },
    {
      read: "AT+QNBIOTEVENT?",
      response: "+QNBIOTEVENT:",
      expected: ["1"],
      write: "AT+QNBIOTEVENT=1,1",
    },
    // An edge on RXD wakes the modem; takes effect at its next start, and until then the power key wakes it.
    namedSetting("AT+QCFG", "wakeupRXD", "1"),
    // Datagrams as hexadecimal digits, on one line with the lengths of what was read and what remains.
    namedSetting("AT+QICFG", "dataformat", "1,1"),
    namedSetting("AT+QICFG", "showlength", "1"),
    namedSetting("AT+QICFG", "viewmode", "0"),
  ];
}

function namedSetting(command: string, name: string, value: string): Setting {
  return {
    read: `${command}="${name}"`,
    response: `${command.slice(2)}: "${name}"`,
    expected: value.split(","),
    write: `${command}="${name}",${value}`,
    optional: true,
  };
}

async function ensure(session: Session, setting: Setting): Promise<ModemOutcome<undefined>> {
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

function isAsExpected({ lines }: Reply, { response, expected }: Setting): boolean {
  return lines.some((line) => {
    const actual = (parametersOf(line, response) ?? []).map(unquoted).filter((parameter) => parameter !== "");
    return expected.every((parameter, index) => isSame(parameter, actual[index] ?? ""));
  });
}

function isSame(expected: string, actual: string): boolean {
  const [lowerExpected, lowerActual] = [expected.toLowerCase(), actual.toLowerCase()];
  // A network may add the operator identifier to the access point name (3GPP TS 23.003, 9.1.2).
  return lowerActual === lowerExpected || lowerActual.startsWith(`${lowerExpected}.mnc`);
}

/** A SIM needs a moment after power-on; one that does not answer by then is reported. */
async function requireSim(session: Session): Promise<ModemOutcome<undefined>> {
  let last = "";
  for (let attempt = 1; attempt <= simTries; attempt++) {
    if (attempt > 1) await session.rest(simRetryMilliseconds);
    const reply = await session.ask(readSim);
    if (reply.status !== "ok" && reply.status !== "error") return failureOf(reply, readSim.text);
    if (reply.lines.some((line) => parametersOf(line, "+CPIN:")?.[0] === "READY"))
      return { ok: true, value: undefined };
    last = reply.lines[0] ?? reply.error;
  }
  return failed("no-sim", last);
}
