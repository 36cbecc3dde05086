import type { Outcome } from "../../hal/outcome.js";
import type { DatagramChannel } from "./channel.js";

/** Hands datagrams to a channel one after the other. */
export class SendQueue {
  #channel: DatagramChannel;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isClosed = false;

  constructor(channel: DatagramChannel) {
    this.#channel = channel;
  }

  /** Datagrams that have not been handed over yet. */
  get length(): number {
    return this.#waiting;
  }

  /** Ends with the channel's outcome, or with `closed` when the queue was closed before its turn. */
  send(datagram: Uint8Array): Promise<Outcome<undefined, string>> {
    this.#waiting++;
    const sent = this.sendAfter(this.#last, datagram);
    this.#last = sent;
    return sent;
  }

  /** Drops what is waiting. */
  close(): void {
    this.#isClosed = true;
  }

  private async sendAfter(
    previous: Promise<unknown>,
    datagram: Uint8Array,
  ): Promise<Outcome<undefined, string>> {
    await previous;
    const outcome = this.#isClosed
      ? ({ ok: false, code: "closed" } as const)
      : await this.#channel.send(datagram);
    this.#waiting--;
    return outcome;
  }
}
