import { StationFault } from "../attempt/faults.js";
import { LineSplitter } from "../meter/line-splitter.js";
import type { BytePort } from "../ports/byte-port.js";
import { DeadlinePassed, type SlotClock, within } from "../attempt/slot-clock.js";
import { Lock } from "./lock.js";

const longestResponse = 4096;
const defaultTimeoutMilliseconds = 3000;
const noError = /^[+-]?0\s*(,|$)/;

/**
 * An instrument that understands SCPI (SCPI-1999, IEEE 488.2), over any stream of bytes. Several slots may share it:
 * each call has it alone, its query for errors with it.
 */
export class ScpiClient {
  /** What messages call it, such as `supply tcp:10.0.0.7:5025`. */
  readonly name: string;
  #port: BytePort;
  #lock = new Lock();
  #onLine: ((line: string) => void) | undefined;
  #onFault: ((fault: StationFault) => void) | undefined;
  #lost: StationFault | undefined;
  /** Responses to queries that were given up; they may still come. */
  #overdue = 0;

  constructor(name: string, port: BytePort) {
    this.name = name;
    this.#port = port;
    const lines = new LineSplitter(longestResponse, (line) => {
      if (this.#overdue > 0) this.#overdue--;
      else this.#onLine?.(line);
    });
    port.onReceive = (bytes, atMilliseconds) => {
      lines.push(bytes, atMilliseconds);
    };
    port.onLost = (reason) => {
      this.#lost = new StationFault(`${name}: ${reason}`);
      this.#onFault?.(this.#lost);
    };
  }

  /**
   * Sends commands, waits until they are done and asks whether they were understood.
   * @param clock by which the instrument may take `timeoutMilliseconds`
   * @throws {StationFault} when it doesn't answer in time or reports an error.
   */
  async command(
    commands: readonly string[],
    clock: SlotClock,
    timeoutMilliseconds = defaultTimeoutMilliseconds,
  ): Promise<void> {
    await this.#lock.hold(async () => {
      await this.#exchange(`${commands.join(";:")};*OPC?`, clock, timeoutMilliseconds);
      await this.#checkErrors(clock);
    });
  }

  /** Asks for numbers. @throws {StationFault} as `command`, and when the response is no number. */
  async query(
    query: string,
    clock: SlotClock,
    timeoutMilliseconds = defaultTimeoutMilliseconds,
  ): Promise<number> {
    return this.#lock.hold(async () => {
      const response = await this.#exchange(query, clock, timeoutMilliseconds);
      await this.#checkErrors(clock);
      const value = Number(response);
      // SCPI-1999 volume 1, 7.2.1.5: not a number is 9.91e37.
      if (response.trim() !== "" && Number.isFinite(value) && value < 9e37) return value;
      throw new StationFault(
        `${this.name} answers ${JSON.stringify(response)} to ${query}, which is no number`,
      );
    });
  }

  /** False once it has gone or left a question unanswered: only a new connection is sure of what an answer is to. */
  get isUsable(): boolean {
    return this.#lost === undefined && this.#overdue === 0;
  }

  async close(): Promise<void> {
    await this.#port.close();
  }

  async #checkErrors(clock: SlotClock): Promise<void> {
    const error = await this.#exchange("SYSTem:ERRor?", clock, defaultTimeoutMilliseconds);
    if (!noError.test(error)) throw new StationFault(`${this.name} reports ${error}`);
  }

  async #exchange(text: string, clock: SlotClock, timeoutMilliseconds: number): Promise<string> {
    if (this.#lost) throw this.#lost;
    const response = new Promise<string>((resolve, reject) => {
      this.#onLine = resolve;
      this.#onFault = reject;
    });
    this.#port.send(new TextEncoder().encode(`${text}\n`));
    try {
      return await within(clock, timeoutMilliseconds, response);
    } catch (error) {
      if (!(error instanceof StationFault)) this.#overdue++;
      if (!(error instanceof DeadlinePassed)) throw error;
      throw new StationFault(`${this.name} does not answer to ${text}; check that it is on and connected`);
    } finally {
      this.#onLine = undefined;
      this.#onFault = undefined;
    }
  }
}
