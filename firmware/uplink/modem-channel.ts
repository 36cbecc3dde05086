import type { Outcome } from "../../hal/outcome.js";
import type { DatagramSocket, ReleaseAssistance } from "../../drivers/nb-iot/modem.js";
import type { DatagramChannel } from "../wire/coap/channel.js";

/** A modem's socket as CoAP's channel. */
export class ModemChannel implements DatagramChannel {
  /** What to tell the network about the datagrams to come. */
  release: ReleaseAssistance = "none";
  #socket: DatagramSocket;

  constructor(socket: DatagramSocket) {
    this.#socket = socket;
  }

  get onDatagram(): ((datagram: Uint8Array) => void) | undefined {
    return this.#socket.onDatagram;
  }

  set onDatagram(callback: ((datagram: Uint8Array) => void) | undefined) {
    this.#socket.onDatagram = callback;
  }

  get onLost(): (() => void) | undefined {
    return this.#socket.onLost;
  }

  set onLost(callback: (() => void) | undefined) {
    this.#socket.onLost = callback;
  }

  send(datagram: Uint8Array): Promise<Outcome<undefined, string>> {
    return this.#socket.send(datagram, this.release);
  }

  close(): Promise<void> {
    return this.#socket.close();
  }
}
