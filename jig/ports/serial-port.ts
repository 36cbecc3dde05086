import { existsSync } from "node:fs";
import { SerialPort } from "serialport";
import { baudRate } from "../../firmware/contracts/service-protocol.js";
import { StationFault } from "../attempt/faults.js";
import type { SlotClock } from "../attempt/slot-clock.js";
import type { BytePort } from "./byte-port.js";

/** The kernel may hold a port's lock for a moment after it was closed. */
const retryMilliseconds = Object.freeze([50, 100, 200, 400, 800]);
/** The driver does not always hear of a hang-up; the port's name in the file system goes with the plug. */
const watchMilliseconds = 250;
const lockedPort = /cannot lock port|resource temporarily unavailable|EBUSY|access denied/i;

/** Opens a serial port by its path, at the speed of the service port, 8N1. @throws {StationFault} in one line that says what to do. */
export async function openSerialPort(path: string, clock: SlotClock): Promise<BytePort> {
  for (const pauseMilliseconds of [...retryMilliseconds, undefined]) {
    const port = new SerialPort({ path, baudRate, autoOpen: false, hupcl: false });
    const problem = await new Promise<Error | null>((resolve) => {
      port.open(resolve);
    });
    if (!problem) return new SerialBytePort(port, clock);
    if (pauseMilliseconds === undefined || !lockedPort.test(problem.message))
      throw new StationFault(`${path}: ${explain(problem.message)}`, { cause: problem });
    await clock.wait(pauseMilliseconds);
  }
  throw new StationFault(`${path}: can't be opened`);
}

class SerialBytePort implements BytePort {
  readonly name: string;
  onReceive: BytePort["onReceive"];
  onLost: BytePort["onLost"];
  #port: SerialPort;
  #isClosing = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(port: SerialPort, clock: SlotClock) {
    this.name = port.path;
    this.#port = port;
    port.on("data", (bytes: Buffer) => {
      this.onReceive?.(bytes, clock.nowMilliseconds);
    });
    // Not every system has its ports in the file system.
    if (existsSync(port.path))
      this.#watch = setInterval(() => {
        if (!existsSync(port.path)) this.#lose("its device is no longer there");
      }, watchMilliseconds).unref();
    port.on("error", (error: Error) => {
      this.#lose(error.message);
    });
    port.on("close", (error: Error | null) => {
      this.#lose(error?.message ?? "closed");
    });
  }

  send(bytes: Uint8Array): void {
    if (this.#port.isOpen) this.#port.write(Buffer.from(bytes));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#watch);
    if (!this.#port.isOpen) return;
    await new Promise<void>((resolve) => {
      this.#port.close(() => {
        resolve();
      });
    });
  }

  #lose(reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    clearInterval(this.#watch);
    this.onLost?.(`${this.name} has gone (${reason}); plug it in again`);
    if (this.#port.isOpen) this.#port.close();
  }
}

function explain(message: string): string {
  if (/no such file|ENOENT|file not found/i.test(message))
    return "there is no such port; plug it in or check the path";
  if (lockedPort.test(message)) return "is in use by another program; stop that or take another port";
  if (/permission denied|EACCES/i.test(message))
    return "may not be opened; add yourself to the group that owns it (Debian: dialout)";
  if (/inappropriate ioctl|ENOTTY|not a serial|invalid argument/i.test(message)) return "is no serial port";
  return message.replace(/^Error:?\s*/i, "").replace(/\s+/g, " ");
}
