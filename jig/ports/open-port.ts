import { StationFault } from "../attempt/faults.js";
import type { SlotClock } from "../attempt/slot-clock.js";
import type { BytePort } from "./byte-port.js";
import { openSerialPort } from "./serial-port.js";
import { openTcpPort } from "./tcp-port.js";

/** Opens `tcp:HOST:PORT` or a serial port by its path. @throws {StationFault} in one line that says what to do. */
export async function openPort(address: string, clock: SlotClock): Promise<BytePort> {
  if (!address.startsWith("tcp:")) return openSerialPort(address, clock);
  const { host, port } = tcpAddress(address) ?? {};
  if (host === undefined || port === undefined)
    throw new StationFault(`${address}: a network port is tcp:HOST:PORT with a port from 1 to 65535`);
  return openTcpPort(address, host, port, clock);
}

/** Undefined for what is no `tcp:HOST:PORT`. IPv6 addresses stand in brackets. */
export function tcpAddress(address: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] = /^tcp:(?:\[([0-9a-f:.]+)\]|([^:]+)):(\d{1,5})$/i.exec(address) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}
