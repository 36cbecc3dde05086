import type { ReleaseIndication } from "../../radio-options.js";
import { readLimitBytes, sendLimitBytes, socketCount } from "../../sockets.js";
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

/** UDP sockets, with data as hexadecimal text. */
export const socketCommands: readonly (readonly [string, ModemCommand])[] = Object.freeze([
  ["+QICFG", { write: configure }],
  ["+QIOPEN", { write: open }],
  ["+QISEND", { write: send }],
  ["+QIRD", { write: read }],
  ["+QICLOSE", { write: close }],
  ["+QISTATE", { read: tellStates, execute: tellStates, write: tellState }],
]);

/** Only the data format can be set, and only to the hexadecimal one that is in force anyway. */
function configure(_modem: ModemParts, [name = "", ...values]: readonly string[]): AtAnswer {
  return name.toLowerCase() === "dataformat" && values.join(",") === "1,1" ? ok : incorrectParameters;
}

/** `AT+QIOPEN=<context>,<socket>,"UDP","<host>",<remote port>[,<local port>[,<access mode>]]` */
function open({ sockets }: ModemParts, parameters: readonly string[]): AtAnswer {
  const [context, id, service = "", host = "", remote, local = "0", access = "0"] = parameters;
  const socket = wholeNumber(id, 0, socketCount - 1);
  const remotePort = wholeNumber(remote, 1, 0xffff);
  const localPort = wholeNumber(local, 0, 0xffff);
  if (socket === undefined || remotePort === undefined || localPort === undefined) return incorrectParameters;
  if (context !== "0" || service.toUpperCase() !== "UDP" || access !== "0") return incorrectParameters;
  if (!/^[\w.:-]{1,150}$/.test(host)) return incorrectParameters;
  return {
    afterwards: () => {
      sockets.open(socket, host, remotePort, localPort);
    },
  };
}

/** `AT+QISEND=<socket>,<length in bytes>,"<hexadecimal>"[,<release assistance>]` */
function send({ sockets }: ModemParts, parameters: readonly string[]): AtAnswer {
  const [id, lengthText, text = "", assistance = "0"] = parameters;
  const length = wholeNumber(lengthText, 1, sendLimitBytes);
  const releaseAssistance = wholeNumber(assistance, 0, 2) as ReleaseIndication | undefined;
  if (length === undefined || releaseAssistance === undefined) return incorrectParameters;
  if (text.length !== 2 * length || !/^[0-9a-f]*$/i.test(text)) return incorrectParameters;
  const socket = sockets.get(Number(id));
  if (!socket || id === "") return { error: cmeError.notAllowed };
  if (sockets.isSending) return { error: cmeError.busy };
  return {
    afterwards: () => {
      sockets.send(socket, bytesOfHexadecimal(text), releaseAssistance);
    },
  };
}

function read({ sockets }: ModemParts, [id, limitText]: readonly string[]): AtAnswer {
  const limit = wholeNumber(limitText ?? String(readLimitBytes), 1, readLimitBytes);
  if (limit === undefined) return incorrectParameters;
  const socket = sockets.get(wholeNumber(id, 0, socketCount - 1) ?? -1);
  if (!socket) return { error: cmeError.notAllowed };
  const { bytes, remaining } = sockets.read(socket, limit);
  if (bytes.byteLength === 0) return inform("+QIRD: 0");
  return inform(`+QIRD: ${bytes.byteLength},${remaining},"${hexadecimal(bytes)}"`);
}

function close({ output, sockets, timers }: ModemParts, [id]: readonly string[]): AtAnswer {
  const socket = sockets.get(wholeNumber(id, 0, socketCount - 1) ?? -1);
  if (!socket) return { error: cmeError.notAllowed };
  return {
    afterwards: () => {
      sockets.close(socket.id);
      timers.after(20, () => {
        output.report("CLOSE OK");
      });
    },
  };
}

function tellStates({ sockets }: ModemParts): AtAnswer {
  return inform(...sockets.all.map(({ id }) => stateLine(sockets, id)));
}

function tellState({ sockets }: ModemParts, [queryType, id]: readonly string[]): AtAnswer {
  const socket = wholeNumber(id, 0, socketCount - 1);
  if (queryType !== "1" || socket === undefined) return incorrectParameters;
  return sockets.get(socket) ? inform(stateLine(sockets, socket)) : ok;
}

/** `<socket>,"UDP","<host>",<remote port>,<local port>,<state: 2 connected>,<context>,<access mode>` */
function stateLine(sockets: ModemParts["sockets"], id: number): string {
  const socket = sockets.get(id);
  if (!socket) throw new Error(`socket ${id} is not open`);
  return `+QISTATE: ${id},"UDP","${socket.host}",${socket.remotePort},${socket.network.localPort},2,0,0`;
}

function bytesOfHexadecimal(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}

function hexadecimal(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0").toUpperCase();
  return text;
}
