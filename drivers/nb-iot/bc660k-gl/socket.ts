import type { Clock, TimerHandle } from "../../../hal/clock.js";
import type { AtCommand, AtReply } from "../at/chat.js";
import { failed, failureOf } from "../at/failure.js";
import { decodeHexadecimal } from "../../../hal/base/hexadecimal.js";
import type { DatagramSocket, ModemOutcome, ReleaseAssistance } from "../modem.js";
import { integerOf, parametersOf, unquoted } from "../at/parameters.js";
import type { AtSession } from "../at/session.js";

const longestDatagram = 512;
/** What one AT+QIRD may ask for, in bytes. */
const longestRead = 512;
/** The modem's receive buffer, in bytes. */
const bufferLength = 2168;
/** Reads until `+QIRD: 0` empty the buffer well before this; then it is the next poll's turn. */
const mostReads = 64;
/** A notice of data may come late or get lost, so the buffer is looked at without one, too. */
const pollMilliseconds = 5000;

const sendMilliseconds = 60_000;

const releaseParameters = Object.freeze({ none: "", "after-this": ",1", "after-reply": ",2" });

const read: AtCommand = Object.freeze({
  text: `AT+QIRD=0,${longestRead}`,
  response: "+QIRD:",
  timeoutMilliseconds: 5000,
});

/** Frees the modem's socket 0; fails harmlessly when there is none. */
export const closeSocketCommand: AtCommand = Object.freeze({
  text: "AT+QICLOSE=0",
  completion: "CLOSE OK",
  timeoutMilliseconds: 10_000,
});

/** The modem's UDP socket 0, in buffered mode with hexadecimal data. */
export class Bc660kGlSocket implements DatagramSocket {
  onDatagram: ((datagram: Uint8Array) => void) | undefined;
  onLost: (() => void) | undefined;
  #session: AtSession;
  #clock: Clock;
  #open = true;
  #isLost = false;
  #isReading = false;
  #hasNotice = false;
  #poll: TimerHandle | undefined;
  /** The beginning of a datagram that is longer than one read. */
  #partial: Uint8Array | undefined;

  constructor(session: AtSession, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
    this.schedulePoll();
  }

  /** @throws {RangeError} (as a rejection) unless `datagram` has 1 to 512 bytes. */
  send(datagram: Uint8Array, release: ReleaseAssistance): Promise<ModemOutcome<undefined>> {
    if (datagram.length < 1 || datagram.length > longestDatagram)
      return Promise.reject(new RangeError(`a datagram must have 1 to ${longestDatagram} bytes`));
    if (!this.isUsable()) return Promise.resolve(failed("refused", "the socket is closed"));
    // Not an async function: this is where the most waits at once, and each of those keeps its whole frame.
    return this.#session
      .ask({
        text: `AT+QISEND=0,${datagram.length},"`,
        data: datagram,
        ending: `"${releaseParameters[release]}`,
        completion: "SEND OK",
        abort: "SEND FAIL",
        timeoutMilliseconds: sendMilliseconds,
      })
      .then(sendOutcome);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.abandon();
    await this.#session.ask(closeSocketCommand);
  }

  /** Lets go of the socket without a word to the modem, which has lost it or is being left. */
  abandon(): void {
    this.#open = false;
    if (this.#poll !== undefined) this.#clock.clearTimer(this.#poll);
    this.#poll = undefined;
  }

  /** The modem has lost it. */
  vanish(): void {
    if (!this.#open) return;
    this.abandon();
    this.onLost?.();
  }

  /** Takes an unsolicited `+QIURC:` line. */
  notice(line: string): void {
    const parameters = parametersOf(line, "+QIURC:") ?? [];
    if (!this.#open || (integerOf(parameters[1]) ?? 0) !== 0) return;
    const event = unquoted(parameters[0] ?? "");
    if (event === "closed" || event === "pdpdeact") {
      this.#isLost = true;
      this.onLost?.();
    }
    // Data has come, or so much that some was lost ("buff full"): either way the buffer is to be emptied.
    else this.receive();
  }

  private isUsable(): boolean {
    return this.#open && !this.#isLost;
  }

  private schedulePoll(): void {
    if (this.#poll !== undefined) this.#clock.clearTimer(this.#poll);
    this.#poll = this.#clock.setTimer(() => {
      this.#poll = undefined;
      this.receive();
    }, pollMilliseconds);
  }

  private receive(): void {
    this.#hasNotice = true;
    if (!this.#isReading) void this.empty();
  }

  private async empty(): Promise<void> {
    this.#isReading = true;
    while (this.#hasNotice && this.isUsable()) {
      this.#hasNotice = false;
      for (let reads = 0; reads < mostReads && this.isUsable(); reads++)
        if (!this.take(await this.#session.ask(read))) break;
    }
    this.#isReading = false;
    if (this.isUsable()) this.schedulePoll();
  }

  /** Returns false once the buffer is empty or can't be read. */
  private take(reply: AtReply): boolean {
    if (reply.status !== "ok" || !this.#open) return false;
    const answer = parseRead(reply.lines[0] ?? "");
    if (!answer) {
      this.#partial = undefined;
      return reply.lines.length > 0;
    }
    if (answer.bytes.length === 0) {
      this.deliver(this.#partial);
      return false;
    }
    this.join(answer);
    return true;
  }

  /**
   * One read never returns more than one datagram. A full read with more behind it is taken for the beginning of
   * a longer one; the protocol above drops what was joined wrongly.
   */
  private join({ bytes, remaining }: ReadAnswer): void {
    const before = this.#partial ?? new Uint8Array(0);
    const joined = new Uint8Array(before.length + bytes.length);
    joined.set(before);
    joined.set(bytes, before.length);
    const isContinued = bytes.length === longestRead && remaining !== 0 && joined.length < bufferLength;
    if (isContinued) this.#partial = joined;
    else this.deliver(joined);
  }

  private deliver(datagram: Uint8Array | undefined): void {
    this.#partial = undefined;
    if (datagram && this.#open) this.onDatagram?.(datagram);
  }
}

function sendOutcome(reply: AtReply): ModemOutcome<undefined> {
  return reply.status === "ok" ? { ok: true, value: undefined } : failureOf(reply, "AT+QISEND");
}

interface ReadAnswer {
  readonly bytes: Uint8Array;
  /** Bytes that wait for another read; undefined when the modem does not say. */
  readonly remaining: number | undefined;
}

/** Reads `+QIRD: 0`, `+QIRD: n,remaining,"hex"` and `+QIRD: n,"hex"`. */
function parseRead(line: string): ReadAnswer | undefined {
  const parameters = parametersOf(line, "+QIRD:");
  if (!parameters) return undefined;
  const length = integerOf(parameters[0]);
  if (length === 0) return { bytes: new Uint8Array(0), remaining: 0 };
  const data = parameters.length > 1 ? unquoted(parameters[parameters.length - 1] ?? "") : "";
  const bytes = decodeHexadecimal(data);
  if (!bytes || bytes.length !== length) return undefined;
  return { bytes, remaining: parameters.length > 2 ? integerOf(parameters[1]) : undefined };
}
