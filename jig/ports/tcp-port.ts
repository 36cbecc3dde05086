import { connect, type Socket } from "node:net";
import { StationFault } from "../attempt/faults.js";
import { type SlotClock, within } from "../attempt/slot-clock.js";
import type { BytePort } from "./byte-port.js";

const connectMilliseconds = 3000;

/** Connects to a terminal server, an instrument or a simulated unit. @throws {StationFault} in one line. */
export async function openTcpPort(
  address: string,
  host: string,
  port: number,
  clock: SlotClock,
): Promise<BytePort> {
  const socket = connect({ host, port, noDelay: true });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  try {
    await within(clock, connectMilliseconds, connected);
  } catch (error) {
    socket.destroy();
    const { code } = error as NodeJS.ErrnoException;
    throw new StationFault(`${address}: ${explain(code)}`, { cause: error });
  }
  return new TcpBytePort(address, socket, clock);
}

class TcpBytePort implements BytePort {
  readonly name: string;
  onReceive: BytePort["onReceive"];
  onLost: BytePort["onLost"];
  #socket: Socket;
  #isClosing = false;

  constructor(name: string, socket: Socket, clock: SlotClock) {
    this.name = name;
    this.#socket = socket;
    socket.on("data", (bytes) => {
      this.onReceive?.(bytes, clock.nowMilliseconds);
    });
    // `close` follows and says it.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (this.#isClosing) return;
      this.#isClosing = true;
      this.onLost?.(`${name} has hung up; check what is at the other end`);
    });
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#socket.destroy();
    return Promise.resolve();
  }
}

function explain(code: string | undefined): string {
  if (code === "ECONNREFUSED") return "nothing listens there; start it or check the port";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "there is no such host; check the name";
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return "can't be reached; check the network";
  return code ?? "nothing answers there; check the address";
}
