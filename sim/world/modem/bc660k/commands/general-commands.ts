import {
  type AtAnswer,
  cmeError,
  type ModemCommand,
  type CommandHandler,
  incorrectParameters,
  inform,
  type ModemParts,
  ok,
  wholeNumber,
} from "./command.js";

/** Identity, settings and power of the modem itself. */
export const generalCommands: readonly (readonly [string, ModemCommand])[] = Object.freeze([
  ["", { execute: () => ok }],
  ["E", { execute: setEcho }],
  ["I", { execute: () => inform("Quectel_Ltd", "Quectel_BC660K-GL", "Revision: BC660KGLAAR01A01") }],
  [
    "+CMEE",
    { read: ({ settings }) => inform(`+CMEE: ${settings.stored.errorDetail}`), write: setErrorDetail },
  ],
  [
    "+CFUN",
    { read: ({ settings }) => inform(`+CFUN: ${settings.stored.functionality}`), write: setFunctionality },
  ],
  ["+CPIN", { read: withSim(() => inform("+CPIN: READY")) }],
  ["+CGSN", { execute: ({ identity }) => inform(identity.imei), write: tellSerialNumber }],
  ["+CIMI", { execute: withSim(({ identity }) => inform(identity.imsi)) }],
  ["+QCCID", { execute: withSim(({ identity }) => inform(`+QCCID: ${identity.iccid}`)) }],
  ["+CCLK", { read: ({ clock }) => inform(`+CCLK: ${clock.text}`) }],
  [
    "+CTZR",
    { read: ({ settings }) => inform(`+CTZR: ${settings.stored.timeZoneReport}`), write: setTimeZoneReport },
  ],
  [
    "+QSCLK",
    { read: ({ settings }) => inform(`+QSCLK: ${settings.session.sleepMode}`), write: setSleepMode },
  ],
  [
    "+QNBIOTEVENT",
    {
      read: ({ settings }) => inform(`+QNBIOTEVENT: ${settings.stored.reportsPowerSaving ? 1 : 0},1`),
      write: setPowerSavingReport,
    },
  ],
  ["+QPOWD", { write: powerDown }],
  ["+QRST", { write: restart }],
]);

/** Answers for the SIM card only while there is one. */
export function withSim(handler: CommandHandler): CommandHandler {
  return (modem, parameters, finish) =>
    modem.hasSim() ? handler(modem, parameters, finish) : { error: cmeError.simNotInserted };
}

function setEcho({ settings }: ModemParts, [value = "0"]: readonly string[]): AtAnswer {
  const echo = wholeNumber(value, 0, 1);
  if (echo === undefined) return incorrectParameters;
  settings.store({ echoes: echo === 1 });
  return ok;
}

function setErrorDetail({ settings }: ModemParts, [value]: readonly string[]): AtAnswer {
  const errorDetail = wholeNumber(value, 0, 2) as 0 | 1 | 2 | undefined;
  if (errorDetail === undefined) return incorrectParameters;
  settings.store({ errorDetail });
  return ok;
}

/** Kept over a restart; the radio takes a moment to follow. */
function setFunctionality(
  modem: ModemParts,
  [value, reset = "0"]: readonly string[],
  finish: (answer: AtAnswer) => void,
): AtAnswer | undefined {
  const level = wholeNumber(value, 0, 4);
  if ((level !== 0 && level !== 1 && level !== 4) || reset !== "0") return incorrectParameters;
  modem.timers.after(modem.random.uniform(300, 2_000), () => {
    modem.settings.store({ functionality: level });
    if (level === 1) {
      if (modem.hasSim()) modem.radio.start();
    } else {
      modem.sockets.closeAll();
      modem.radio.stop();
    }
    finish(ok);
  });
  return undefined;
}

/** AT+CGSN=1 is the IMEI, quoted as in the example of 3GPP TS 27.007, 5.4. */
function tellSerialNumber({ identity }: ModemParts, [kind]: readonly string[]): AtAnswer {
  return kind === "1" ? inform(`+CGSN: "${identity.imei}"`) : incorrectParameters;
}

function setTimeZoneReport({ settings }: ModemParts, [value]: readonly string[]): AtAnswer {
  const timeZoneReport = wholeNumber(value, 0, 3) as 0 | 1 | 2 | 3 | undefined;
  if (timeZoneReport === undefined) return incorrectParameters;
  settings.store({ timeZoneReport });
  return ok;
}

function setSleepMode({ settings, radio }: ModemParts, [value]: readonly string[]): AtAnswer {
  const sleepMode = wholeNumber(value, 0, 2) as 0 | 1 | 2 | undefined;
  if (sleepMode === undefined) return incorrectParameters;
  settings.change({ sleepMode });
  return {
    afterwards: () => {
      radio.reconsiderSleep();
    },
  };
}

function setPowerSavingReport({ settings }: ModemParts, [enable, event]: readonly string[]): AtAnswer {
  const isEnabled = wholeNumber(enable, 0, 1);
  if (isEnabled === undefined || event !== "1") return incorrectParameters;
  settings.store({ reportsPowerSaving: isEnabled === 1 });
  return ok;
}

function powerDown(modem: ModemParts, [mode]: readonly string[]): AtAnswer {
  if (wholeNumber(mode, 0, 1) === undefined) return incorrectParameters;
  return {
    afterwards: () => {
      modem.timers.after(500, () => {
        modem.powerDown();
      });
    },
  };
}

function restart(modem: ModemParts, [mode]: readonly string[]): AtAnswer {
  if (mode !== "1") return incorrectParameters;
  return {
    afterwards: () => {
      modem.timers.after(500, () => {
        modem.restart();
      });
    },
  };
}
