import { registrationFields } from "../../registration-report.js";
import { engineeringLine, extendedSignalLine, signalLine } from "../../signal-quality.js";
import { isTimerString } from "../../timer-strings.js";
import {
  type AtAnswer,
  cmeError,
  type ModemCommand,
  incorrectParameters,
  inform,
  type ModemParts,
  ok,
  wholeNumber,
} from "./command.js";
import { withSim } from "./general-commands.js";

/** Registration, power saving and signal. */
export const networkCommands: readonly (readonly [string, ModemCommand])[] = Object.freeze([
  [
    "+CGATT",
    { read: ({ radio }) => inform(`+CGATT: ${radio.isRegistered ? 1 : 0}`), write: withSim(attach) },
  ],
  ["+CEREG", { read: tellRegistration, write: setRegistrationReport }],
  ["+CPSMS", { read: tellPowerSaving, write: setPowerSaving }],
  ["+CEDRXS", { read: tellExtendedReception, write: setExtendedReception }],
  ["+CSCON", { read: tellConnection, write: setConnectionReport }],
  ["+QCGDEFCONT", { read: tellContext, write: setContext }],
  ["+QBAND", { read: tellBands, write: setBands }],
  ["+CGPADDR", { execute: tellAddress, read: tellAddress, write: tellAddress }],
  ["+CSQ", { execute: ({ radio }) => inform(signalLine(radio.signal)) }],
  ["+CESQ", { execute: ({ radio }) => inform(extendedSignalLine(radio.signal)) }],
  ["+QENG", { write: tellServingCell }],
]);

/** Longest wait of AT+CGATT=1 (BC660K-GL AT commands manual). */
const attachTimeoutMilliseconds = 70_000;
const attachPollMilliseconds = 250;

function attach(
  modem: ModemParts,
  [value]: readonly string[],
  finish: (answer: AtAnswer) => void,
): AtAnswer | undefined {
  const { radio, settings, sockets, timers } = modem;
  if (value === "0") {
    sockets.closeAll();
    radio.stop();
    return ok;
  }
  if (value !== "1") return incorrectParameters;
  if (settings.stored.functionality !== 1) return { error: cmeError.notAllowed };
  radio.start();
  const poll = (leftMilliseconds: number): void => {
    if (radio.isRegistered) finish(ok);
    else if (leftMilliseconds <= 0) finish({ error: cmeError.networkTimeout });
    else
      timers.after(attachPollMilliseconds, () => {
        poll(leftMilliseconds - attachPollMilliseconds);
      });
  };
  poll(attachTimeoutMilliseconds);
  return undefined;
}

function tellRegistration({ settings, radio }: ModemParts): AtAnswer {
  return inform(`+CEREG: ${settings.stored.registrationReport},${registrationFields(settings, radio)}`);
}

function setRegistrationReport({ settings }: ModemParts, [value]: readonly string[]): AtAnswer {
  const registrationReport = wholeNumber(value, 0, 5) as 0 | 1 | 2 | 3 | 4 | 5 | undefined;
  if (registrationReport === undefined) return incorrectParameters;
  settings.store({ registrationReport });
  return ok;
}

function tellPowerSaving({ settings }: ModemParts): AtAnswer {
  const { active, isPowerSaving, periodicUpdate } = settings.stored;
  return inform(`+CPSMS: ${isPowerSaving ? 1 : 0},,,"${periodicUpdate}","${active}"`);
}

/** `AT+CPSMS=<mode>[,,,<T3412>[,<T3324>]]`; a string left out keeps its value. */
function setPowerSaving({ radio, settings }: ModemParts, parameters: readonly string[]): AtAnswer {
  const [mode, , , periodicUpdate = "", active = ""] = parameters;
  const isPowerSaving = wholeNumber(mode, 0, 1);
  if (isPowerSaving === undefined || parameters.length > 5) return incorrectParameters;
  for (const timer of [periodicUpdate, active])
    if (timer !== "" && !isTimerString(timer)) return incorrectParameters;
  settings.store({
    isPowerSaving: isPowerSaving === 1,
    periodicUpdate: periodicUpdate || settings.stored.periodicUpdate,
    active: active || settings.stored.active,
  });
  return {
    afterwards: () => {
      radio.renegotiate();
    },
  };
}

function tellExtendedReception({ settings }: ModemParts): AtAnswer {
  const { extendedReceptionCycle, extendedReceptionMode } = settings.stored;
  const isOn = extendedReceptionMode === 1 || extendedReceptionMode === 2;
  return isOn ? inform(`+CEDRXS: 5,"${extendedReceptionCycle}"`) : inform("+CEDRXS: 0");
}

function setExtendedReception({ settings }: ModemParts, parameters: readonly string[]): AtAnswer {
  const [mode, accessTechnology = "5", cycle = settings.stored.extendedReceptionCycle] = parameters;
  const extendedReceptionMode = wholeNumber(mode, 0, 3) as 0 | 1 | 2 | 3 | undefined;
  if (extendedReceptionMode === undefined || accessTechnology !== "5" || !/^[01]{4}$/.test(cycle))
    return incorrectParameters;
  settings.store({ extendedReceptionMode, extendedReceptionCycle: cycle });
  return ok;
}

function tellConnection({ radio, settings }: ModemParts): AtAnswer {
  const isConnected = radio.phase === "connected";
  return inform(`+CSCON: ${settings.stored.reportsConnection ? 1 : 0},${isConnected ? 1 : 0}`);
}

function setConnectionReport({ settings }: ModemParts, [value]: readonly string[]): AtAnswer {
  const report = wholeNumber(value, 0, 1);
  if (report === undefined) return incorrectParameters;
  settings.store({ reportsConnection: report === 1 });
  return ok;
}

function tellContext({ settings }: ModemParts): AtAnswer {
  return inform(`+QCGDEFCONT: "${settings.stored.contextType}","${settings.stored.accessPoint}"`);
}

function setContext({ settings }: ModemParts, [type = "", accessPoint = ""]: readonly string[]): AtAnswer {
  if (!/^(IP|IPV6|IPV4V6|NONIP)$/i.test(type) || accessPoint.length > 100) return incorrectParameters;
  settings.store({ contextType: type.toUpperCase(), accessPoint });
  return ok;
}

function tellBands({ settings }: ModemParts): AtAnswer {
  const { bands } = settings.stored;
  return inform(`+QBAND: ${[bands.length, ...bands].join(",")}`);
}

/** `AT+QBAND=<count>[,<band>…]`; the simulated network is heard on any. */
function setBands({ settings }: ModemParts, [count, ...texts]: readonly string[]): AtAnswer {
  const bands = texts.map((text) => wholeNumber(text, 1, 88));
  if (wholeNumber(count, 0, 17) !== bands.length || !bands.every((band) => band !== undefined))
    return incorrectParameters;
  settings.store({ bands });
  return ok;
}

function tellAddress({ radio }: ModemParts, [context = "0"]: readonly string[]): AtAnswer {
  if (context !== "0") return incorrectParameters;
  return inform(radio.address === undefined ? "+CGPADDR: 0" : `+CGPADDR: 0,"${radio.address}"`);
}

function tellServingCell({ radio }: ModemParts, [mode]: readonly string[]): AtAnswer {
  if (mode !== "0") return incorrectParameters;
  const { signal } = radio;
  return signal ? inform(engineeringLine(signal)) : ok;
}
