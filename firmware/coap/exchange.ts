import type { Clock, TimerHandle } from "../../hal/clock.js";
import type { Outcome } from "../../hal/outcome.js";
import type { CoapOption } from "./options.js";
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
 * - `send-failed`: the channel refused a datagram; `detail` holds its code.
 * - `bad-response`: a response with a critical option that we don't know (RFC 7252, 5.4.1).
 * - `busy`: another request is under way (NSTART = 1).
 * - `closed`: the endpoint was closed.
 */
export type CoapFailure = "timed-out" | "reset" | "send-failed" | "bad-response" | "busy" | "closed";

export type CoapOutcome = Outcome<CoapResponse, CoapFailure>;

export interface ExchangeOptions {
  readonly messageId: number;
  readonly token: Uint8Array;
  /** The encoded confirmable request. */
  readonly datagram: Uint8Array;
  readonly send: (datagram: Uint8Array) => Promise<Outcome<undefined, string>>;
  readonly clock: Clock;
  readonly transmission: TransmissionParameters;
  /** The wait before the first retransmission. */
  readonly firstTimeoutMilliseconds: number;
  /** Called before each retransmission. */
  readonly onRetransmission: () => void;
  /** Called once. */
  readonly onEnd: (outcome: CoapOutcome) => void;
}

/**
 * One confirmable request until its end: transmission with exponential back-off (RFC 7252, 4.2), then the wait
 * for a separate response (5.2.2). A wait begins once the channel has taken the datagram, because a modem in
 * poor coverage may need longer for that than the wait itself.
 */
export class Exchange {
  readonly messageId: number;
  readonly token: Uint8Array;
  #options: ExchangeOptions;
  #timer: TimerHandle | undefined;
  #timeoutMilliseconds: number;
  #retransmissions = 0;
  #state: "transmitting" | "acknowledged" | "stopped" | "ended" = "transmitting";

  constructor(options: ExchangeOptions) {
    this.messageId = options.messageId;
    this.token = options.token;
    this.#options = options;
    this.#timeoutMilliseconds = options.firstTimeoutMilliseconds;
  }

  async transmit(): Promise<void> {
    const sent = await this.#options.send(this.#options.datagram);
    if (this.#state !== "transmitting") return;
    if (sent.ok)
      this.setTimer(() => {
        this.retransmit();
      }, this.#timeoutMilliseconds);
    else this.end({ ok: false, code: "send-failed", detail: sent.code });
  }

  /** The peer has the request; its response comes later. */
  acknowledge(): void {
    if (this.#state !== "transmitting") return;
    this.#state = "acknowledged";
    this.setTimer(() => {
      this.end({ ok: false, code: "timed-out" });
    }, 1000 * this.#options.transmission.responseTimeoutSeconds);
  }

  /** The response is here: nothing is retransmitted any more. */
  stop(): void {
    if (this.#state !== "ended") this.#state = "stopped";
    this.clearTimer();
  }

  /** Reports the end, the first time it is called. */
  end(outcome: CoapOutcome): void {
    this.clearTimer();
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#options.onEnd(outcome);
  }

  private retransmit(): void {
    if (this.#retransmissions === this.#options.transmission.maximumRetransmissions) {
      this.end({ ok: false, code: "timed-out" });
      return;
    }
    this.#retransmissions++;
    this.#timeoutMilliseconds *= 2;
    this.#options.onRetransmission();
    void this.transmit();
  }

  private setTimer(callback: () => void, delayMilliseconds: number): void {
    this.clearTimer();
    this.#timer = this.#options.clock.setTimer(callback, delayMilliseconds);
  }

  private clearTimer(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}
