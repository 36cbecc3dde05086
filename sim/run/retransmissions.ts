import { parse } from "coap-packet";

/**
 * Counts the CoAP messages that a meter sent again, by watching its datagrams at the modem: a confirmable
 * message whose bytes are those of the last one.
 */
export class RetransmissionCounter {
  count = 0;
  #last: Uint8Array | undefined;

  /** Takes every datagram as the modem hands it to the network. */
  readonly watch = (datagram: Uint8Array): void => {
    if (!parse(Buffer.from(datagram)).confirmable) return;
    if (this.#last && Buffer.compare(this.#last, datagram) === 0) this.count++;
    this.#last = datagram.slice();
  };
}
