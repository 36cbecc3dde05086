import type { Outcome } from "../../../hal/outcome.js";
import { stackBase } from "../../../hal/base/stack-base.js";
import type { DatagramChannel } from "./channel.js";

/** Who wants to know what became of a datagram. */
export interface Sender {
  /** Called once the channel has taken the datagram or refused it. */
  onSent(outcome: Outcome<undefined, string>): void;
}

interface Waiting {
  readonly datagram: Uint8Array;
  readonly sender: Sender | undefined;
}

/** Hands datagrams to a channel one after the other. */
export class SendQueue {
  #channel: DatagramChannel;
  /** The first is the one that the channel is taking. */
  #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(channel: DatagramChannel) {
    this.#channel = channel;
  }

  /** Datagrams that have not been handed over yet. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Hands `datagram` over once those before it have been; after `close` never. */
  send(datagram: Uint8Array, sender?: Sender): void {
    if (this.#isClosed) return;
    this.#waiting.push({ datagram, sender });
    if (this.#waiting.length === 1) void this.run();
  }

  /** Drops what is waiting; nobody is told what becomes of the datagram under way. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }

  private async run(): Promise<void> {
    // By then, what the datagram was made of has been let go of.
    await stackBase();
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const outcome = await this.#channel.send(next.datagram);
      if (this.#isClosed) return;
      this.#waiting.shift();
      next.sender?.onSent(outcome);
    }
  }
}
