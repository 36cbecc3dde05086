import { openLine, sealLine } from "../../firmware/contracts/service-line.js";
import type { CommandName, ParametersOf, ResultOf } from "../../firmware/contracts/service-commands.js";
import {
  ErrorCode,
  type Notifications,
  type ResponseError,
  responseLength,
} from "../../firmware/contracts/service-protocol.js";
import type { BytePort } from "../ports/byte-port.js";
import { DeadlinePassed, type SlotClock, within } from "../attempt/slot-clock.js";
import { inWords } from "../attempt/words.js";
import { LineSplitter } from "./line-splitter.js";
import { AnswerLost, NoAnswer, PortLost, MeterRefusal } from "./meter-errors.js";

export interface RequestOptions {
  /** For each try; 1 s without it. */
  readonly timeoutMilliseconds?: number;
  /** False for what must not be carried out twice. */
  readonly isRepeatable?: boolean;
  /** Called when the meter says that a window begins, with the slot's time at which it was said. */
  readonly onMark?: (mark: Notifications["mark"], atMilliseconds: number) => void;
}

/** An answer and the slot's time at which its last byte came. */
export interface Answer<Result> {
  readonly result: Result;
  readonly atMilliseconds: number;
}

/** How the line has behaved. */
export interface LineCounts {
  readonly damagedLines: number;
  readonly repeatedRequests: number;
}

type Heard =
  | { readonly type: "result"; readonly result: unknown; readonly atMilliseconds: number }
  | { readonly type: "error"; readonly error: ResponseError }
  /** One of the two directions damaged a line. */
  | { readonly type: "damaged" }
  /** The meter has woken and listens. */
  | { readonly type: "ready" };

interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: ResponseError;
}

const defaultTimeoutMilliseconds = 1000;
const tries = 4;
/** A damaged line may have left more behind it. */
const settleMilliseconds = 50;
const lineEnd = "\r\n";

/** The station's end of the service port: one request at a time, with repeats, over a line that may be noisy. */
export class MeterClient {
  #port: BytePort;
  #clock: SlotClock;
  #nextId = 1;
  #expectedId: number | undefined;
  #hear: ((heard: Heard) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #onMark: RequestOptions["onMark"];
  #lost: PortLost | undefined;
  #damagedLines = 0;
  #repeatedRequests = 0;
  #hasHeardMeter = false;
  #hasHeardBytes = false;

  constructor(port: BytePort, clock: SlotClock) {
    this.#port = port;
    this.#clock = clock;
    const lines = new LineSplitter(responseLength, (line, atMilliseconds) => {
      this.#take(line, atMilliseconds);
    });
    port.onReceive = (bytes, atMilliseconds) => {
      this.#hasHeardBytes = true;
      lines.push(bytes, atMilliseconds);
    };
    port.onLost = (reason) => {
      this.#lost = new PortLost(reason);
      this.#fail?.(this.#lost);
    };
  }

  get counts(): LineCounts {
    return { damagedLines: this.#damagedLines, repeatedRequests: this.#repeatedRequests };
  }

  /**
   * Has the meter do something.
   * @throws {MeterRefusal} when it won't, {NoAnswer} when nobody answers, {AnswerLost}, {PortLost}
   */
  async request<Name extends CommandName>(
    name: Name,
    parameters: ParametersOf<Name>,
    options: RequestOptions = {},
  ): Promise<Answer<ResultOf<Name>>> {
    const id = this.#nextId++;
    const hasParameters = Object.keys(parameters).length > 0;
    const line = sealLine(
      JSON.stringify({ jsonrpc: "2.0", id, method: name, ...(hasParameters && { params: parameters }) }),
    );
    this.#expectedId = id;
    this.#onMark = options.onMark;
    try {
      return await this.#ask(name, line, options);
    } finally {
      this.#expectedId = undefined;
      this.#onMark = undefined;
    }
  }

  /** Wakes a meter that may sleep, and waits until it listens; one that is awake takes no notice. */
  async wake(timeoutMilliseconds: number): Promise<void> {
    await this.#sendAndHear(lineEnd, timeoutMilliseconds, ({ type }) => type === "ready");
  }

  async #ask<Name extends CommandName>(
    name: Name,
    line: string,
    { timeoutMilliseconds = defaultTimeoutMilliseconds, isRepeatable = true }: RequestOptions,
  ): Promise<Answer<ResultOf<Name>>> {
    const isEnd = (heard: Heard): boolean => {
      // While it is busy with our earlier try, its answer is still to come.
      if (heard.type === "error") return heard.error.code !== ErrorCode.busy;
      return heard.type === "result" || (heard.type === "damaged" && isRepeatable);
    };
    for (let tryNumber = 1; tryNumber <= tries; tryNumber++) {
      if (tryNumber > 1) this.#repeatedRequests++;
      let heard = await this.#sendAndHear(line + lineEnd, timeoutMilliseconds, isEnd);
      if (!isRepeatable && !heard) break;
      if (heard?.type === "damaged") await this.#clock.wait(settleMilliseconds);
      // Perhaps it sleeps; perhaps it is slow, and its answer comes now.
      heard ??= await this.#sendAndHear(
        lineEnd,
        timeoutMilliseconds,
        (each) => isEnd(each) || each.type === "ready",
      );
      if (heard?.type === "result")
        return { result: heard.result as ResultOf<Name>, atMilliseconds: heard.atMilliseconds };
      if (heard?.type === "error") throw new MeterRefusal(name, heard.error);
    }
    if (isRepeatable || !this.#hasHeardMeter) throw this.#noAnswer(name);
    await this.request("identify", {}).catch((error: unknown) => {
      throw error instanceof NoAnswer ? this.#noAnswer(name) : error;
    });
    throw new AnswerLost(`the answer to ${inWords(name)} was lost`);
  }

  /** One try. Undefined when the time passes without what ends it. */
  async #sendAndHear(
    text: string,
    timeoutMilliseconds: number,
    isEnd: (heard: Heard) => boolean,
  ): Promise<Heard | undefined> {
    const heard = new Promise<Heard>((resolve, reject) => {
      this.#hear = (each) => {
        if (isEnd(each)) resolve(each);
      };
      this.#fail = reject;
    });
    this.#send(text);
    return this.#await(heard, timeoutMilliseconds);
  }

  async #await<Result>(heard: Promise<Result>, timeoutMilliseconds: number): Promise<Result | undefined> {
    try {
      return await within(this.#clock, timeoutMilliseconds, heard);
    } catch (error) {
      if (error instanceof DeadlinePassed) return undefined;
      throw error;
    } finally {
      this.#hear = undefined;
      this.#fail = undefined;
    }
  }

  #send(text: string): void {
    if (this.#lost) throw this.#lost;
    this.#port.send(new TextEncoder().encode(text));
  }

  #take(line: string, atMilliseconds: number): void {
    const message = parseMessage(line);
    if (!message) {
      this.#damagedLines++;
      this.#hear?.({ type: "damaged" });
      return;
    }
    this.#hasHeardMeter = true;
    if (message.method === "mark") this.#onMark?.(message.params as Notifications["mark"], atMilliseconds);
    if (message.method === "ready") this.#hear?.({ type: "ready" });
    if (message.method !== undefined) return;
    if (message.error && message.id === null) {
      this.#damagedLines++;
      this.#hear?.({ type: "damaged" });
      return;
    }
    if (message.id !== this.#expectedId) return;
    if (message.error) this.#hear?.({ type: "error", error: message.error });
    else this.#hear?.({ type: "result", result: message.result, atMilliseconds });
  }

  #noAnswer(name: CommandName): NoAnswer {
    if (this.#hasHeardMeter)
      return new NoAnswer(`the unit stopped answering at ${inWords(name)}; check its contacts and try again`);
    return new NoAnswer(
      this.#hasHeardBytes
        ? `what is at ${this.#port.name} is no meter, or the line is too noisy; check the wiring`
        : `nothing answers at ${this.#port.name}; check that a meter is in the slot and has power`,
    );
  }
}

function parseMessage(line: string): Message | undefined {
  const text = openLine(line);
  if (text === undefined) return undefined;
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
