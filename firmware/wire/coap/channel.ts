import type { Outcome } from "../../../hal/outcome.js";

/** Carries datagrams to and from one peer: a modem's socket, or a security layer above it. */
export interface DatagramChannel {
  /** Called for each datagram that arrives, which is the receiver's to keep. Never called inside `send`. */
  onDatagram: ((datagram: Uint8Array) => void) | undefined;
  /** Called when it can carry nothing any more. Never called inside `send`. */
  onLost: (() => void) | undefined;
  /**
   * Hands one datagram over; success does not mean that it arrived, and what is `refused` may be taken later. Ends in bounded
   * time and never rejects.
   * The endpoint waits for one `send` to end before it starts the next.
   */
  send(datagram: Uint8Array): Promise<Outcome<undefined, string>>;
}
