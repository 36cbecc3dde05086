/** EXCHANGE_LIFETIME with the default parameters (RFC 7252, 4.8.2): a peer may use a message ID anew after it. */
const exchangeLifetimeMilliseconds = 247_000;

/**
 * Enough for one exchange and some commands of a server, each with its answer, which may be long; a copy of an older
 * message is taken as new.
 */
const capacity = 4;

/** A message that was dealt with, and the datagram that answered it, if any. */
export interface RecentMessage {
  readonly messageId: number;
  readonly reply: Uint8Array | undefined;
  readonly expiresTicks: number;
}

/** Remembers the peer's latest messages, so that each is acted on once (RFC 7252, 4.5). */
export class RecentMessages {
  #messages: RecentMessage[] = [];

  find(messageId: number, ticks: number): RecentMessage | undefined {
    return this.#messages.find((message) => message.messageId === messageId && ticks < message.expiresTicks);
  }

  remember(messageId: number, reply: Uint8Array | undefined, ticks: number): void {
    if (this.#messages.length === capacity) this.#messages.shift();
    this.#messages.push({ messageId, reply, expiresTicks: ticks + exchangeLifetimeMilliseconds });
  }
}
