import { commandMilliseconds } from "./configuration.js";
import type { AtCommand } from "../at/chat.js";
import { failed, failureOf } from "../at/failure.js";
import type { ModemIdentity, ModemOutcome, ModemTime, SignalQuality } from "../modem.js";
import { parseClock } from "../at/network-time.js";
import { integerOf, parametersOf, unquoted } from "../at/parameters.js";
import type { AtSession } from "../at/session.js";

const readClock: AtCommand = Object.freeze({
  text: "AT+CCLK?",
  response: "+CCLK:",
  timeoutMilliseconds: commandMilliseconds,
});
const readEquipment: AtCommand = Object.freeze({
  text: "AT+CGSN=1",
  response: "+CGSN:",
  bareDigits: true,
  timeoutMilliseconds: commandMilliseconds,
});
const readSubscriber: AtCommand = Object.freeze({
  text: "AT+CIMI",
  bareDigits: true,
  timeoutMilliseconds: commandMilliseconds,
});
const readCard: AtCommand = Object.freeze({
  text: "AT+QCCID",
  response: "+QCCID:",
  timeoutMilliseconds: commandMilliseconds,
});
const readServingCell: AtCommand = Object.freeze({
  text: "AT+QENG=0",
  response: "+QENG: 0",
  timeoutMilliseconds: 15_000,
});

/** The modem's clock, whose zone says what of it is UTC; undefined before the network has set it. */
export async function readNetworkTime(session: AtSession): Promise<ModemOutcome<ModemTime | undefined>> {
  const reply = await session.ask(readClock);
  if (reply.status !== "ok") return failureOf(reply, readClock.text);
  const line = reply.lines[0] ?? "";
  const time = parseClock(line.slice("+CCLK:".length));
  if (time === "unreadable") return failed("refused", `${readClock.text}: ${line}`);
  if (time === "not-set") return { ok: true, value: undefined };
  const { shownMilliseconds, zoneMilliseconds } = time;
  const epochMilliseconds = shownMilliseconds - zoneMilliseconds;
  const otherMilliseconds = zoneMilliseconds === 0 ? undefined : shownMilliseconds;
  return { ok: true, value: { epochMilliseconds, otherMilliseconds } };
}

export async function readIdentity(session: AtSession): Promise<ModemOutcome<ModemIdentity>> {
  const imei = await readDigits(session, readEquipment, /^\d{15}$/);
  if (!imei.ok) return imei;
  const imsi = await readDigits(session, readSubscriber, /^\d{6,15}$/);
  if (!imsi.ok) return imsi;
  // Some cards pad their 19 digits to a full octet with an F.
  const iccid = await readDigits(session, readCard, /^\d{19,20}F?$/i);
  if (!iccid.ok) return iccid;
  return {
    ok: true,
    value: { imei: imei.value, imsi: imsi.value, iccid: iccid.value.replace(/F$/i, "") },
  };
}

/**
 * The serving cell: `+QENG: 0,earfcn,offset,pci,"cell",rsrp,rsrq,rssi,sinr,band,"tac",ecl,…`. Without one its
 * parameters are missing, and in one that is idle the ECL.
 */
export async function readSignal(session: AtSession): Promise<ModemOutcome<SignalQuality>> {
  const reply = await session.ask(readServingCell);
  if (reply.status !== "ok") return failureOf(reply, readServingCell.text);
  const parameters = parametersOf(reply.lines[0] ?? "", "+QENG:") ?? [];
  const powerDbm = integerOf(parameters[5]);
  const noiseRatioDb = integerOf(parameters[8]);
  const coverageLevel = integerOf(parameters[11]);
  if (powerDbm === undefined || noiseRatioDb === undefined) return failed("no-network", "no serving cell");
  return { ok: true, value: { powerDbm, noiseRatioDb, coverageLevel } };
}

async function readDigits(
  session: AtSession,
  command: AtCommand,
  form: RegExp,
): Promise<ModemOutcome<string>> {
  const reply = await session.ask(command);
  if (reply.status !== "ok") return failureOf(reply, command.text);
  const { lines } = reply;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const parameter = parametersOf(line, command.response ?? "")?.[0] ?? line;
    if (form.test(unquoted(parameter))) return { ok: true, value: unquoted(parameter) };
  }
  return failed("refused", `${command.text}: ${lines[0] ?? "no value"}`);
}
