import { areEqual } from "../../../hal/base/bytes.js";
import type { Clock, TimerHandle } from "../../../hal/clock.js";
import type { Outcome } from "../../../hal/outcome.js";
import { type CoapMessage, messageIdOf, tokenOf } from "./message.js";
import type { CoapOption } from "./options.js";
import type { Sender, SendQueue } from "./send-queue.js";
import type { TransmissionParameters } from "./transmission.js";

export interface CoapResponse {
  /** 2.xx, 4.xx or 5.xx as one byte. */
  readonly code: number;
  readonly options: readonly CoapOption[];
  readonly payload: Uint8Array;
}

/**
 * Why a request got no response.
 * - `timed-out`: no acknowledgement after every retransmission, or no response after the acknowledgement.
 * - `reset`: the peer refused the message.
 * - `send-failed`: the channel took no datagram, or was lost; `detail` holds its code.
 * - `bad-response`: a response with a critical option that we don't know (RFC 7252, 5.4.1).
 * - `busy`: another request is under way (NSTART = 1).
 * - `closed`: the endpoint was closed.
 */
export type CoapFailure = "timed-out" | "reset" | "send-failed" | "bad-response" | "busy" | "closed";

export type CoapOutcome = Outcome<CoapResponse, CoapFailure>;

/**
 * One confirmable request until its end: transmission with exponential back-off (RFC 7252, 4.2), then the wait
 * for a separate response (5.2.2). A wait begins once the channel has taken the datagram, because a modem in
 * poor coverage may need longer for that than the wait itself.
 */
export class Exchange implements Sender {
  readonly outcome: Promise<CoapOutcome>;
  #queue: SendQueue;
  #clock: Clock;
  #transmission: TransmissionParameters;
  /** The encoded request, until the exchange has ended. */
  #datagram: Uint8Array | undefined;
  #timer: TimerHandle | undefined;
  #timeoutMilliseconds: number;
  #retransmissions = 0;
  #state: "transmitting" | "acknowledged" | "stopped" = "transmitting";
  #resolve!: (outcome: CoapOutcome) => void;

  /** @param firstTimeoutMilliseconds the wait before the first retransmission. */
  constructor(
    datagram: Uint8Array,
    queue: SendQueue,
    clock: Clock,
    transmission: TransmissionParameters,
    firstTimeoutMilliseconds: number,
  ) {
    this.#datagram = datagram;
    this.#queue = queue;
    this.#clock = clock;
    this.#transmission = transmission;
    this.#timeoutMilliseconds = firstTimeoutMilliseconds;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    queue.send(datagram, this);
  }

  get hasEnded(): boolean {
    return this.#datagram === undefined;
  }

  /** Whether the peer answers this exchange's datagram. */
  isAnsweredBy({ messageId }: CoapMessage): boolean {
    return this.#datagram !== undefined && messageId === messageIdOf(this.#datagram);
  }

  /** Whether a response belongs to this exchange's request. */
  hasTokenOf({ token }: CoapMessage): boolean {
    return this.#datagram !== undefined && areEqual(token, tokenOf(this.#datagram));
  }

  onSent(sent: Outcome<undefined, string>): void {
    if (this.hasEnded || this.#state !== "transmitting") return;
    // What the channel refuses is a lost datagram like others; what it can't do it will not do later either.
    if (sent.ok || (sent.code === "refused" && this.mayRetransmit)) this.setTimer(this.#timeoutMilliseconds);
    else this.end({ ok: false, code: "send-failed", detail: sent.code });
  }

  /** The peer has the request; its response comes later. */
  acknowledge(): void {
    if (this.#state !== "transmitting") return;
    this.#state = "acknowledged";
    this.setTimer(1000 * this.#transmission.responseTimeoutSeconds);
  }

  /** The response is here: nothing is retransmitted any more. */
  stop(): void {
    this.#state = "stopped";
    this.clearTimer();
  }

  /** Reports the end, the first time it is called. */
  end(outcome: CoapOutcome): void {
    this.clearTimer();
    this.#datagram = undefined;
    this.#resolve(outcome);
  }

  private onTimeout(): void {
    if (!this.mayRetransmit || !this.#datagram) {
      this.end({ ok: false, code: "timed-out" });
      return;
    }
    this.#retransmissions++;
    this.#timeoutMilliseconds *= 2;
    this.#queue.send(this.#datagram, this);
  }

  private get mayRetransmit(): boolean {
    const { maximumRetransmissions } = this.#transmission;
    return this.#state === "transmitting" && this.#retransmissions < maximumRetransmissions;
  }

  private setTimer(delayMilliseconds: number): void {
    this.clearTimer();
    this.#timer = this.#clock.setTimer(() => {
      this.#timer = undefined;
      this.onTimeout();
    }, delayMilliseconds);
  }

  private clearTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}
