import coapPacket, { type Packet, type ParsedPacket } from "coap-packet";
import type { DatagramChannel } from "../../../../firmware/wire/coap/channel.js";
import type { Outcome } from "../../../../hal/outcome.js";
import type { VirtualClock } from "../../../virtual-clock.js";

/** A channel whose far end is the test, which speaks CoAP through an independent codec. */
export class ScriptedChannel implements DatagramChannel {
  onDatagram: ((datagram: Uint8Array) => void) | undefined;
  onLost: (() => void) | undefined;
  /** Everything that was sent, with the ticks at which it was. */
  readonly sent: { readonly ticks: number; readonly datagram: Uint8Array }[] = [];
  /** What `send` ends with from now on. */
  outcome: Outcome<undefined, string> = { ok: true, value: undefined };
  /** How long a `send` takes from now on. */
  sendMilliseconds = 0;
  #clock: VirtualClock;
  #isSending = false;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  async send(datagram: Uint8Array): Promise<Outcome<undefined, string>> {
    if (this.#isSending) throw new Error("a send began before the last one ended");
    this.#isSending = true;
    this.sent.push({ ticks: this.#clock.ticks, datagram });
    const { sendMilliseconds } = this;
    if (sendMilliseconds > 0)
      await new Promise<void>((resolve) => this.#clock.setTimer(resolve, sendMilliseconds));
    this.#isSending = false;
    return this.outcome;
  }

  /** The last datagram that was sent, parsed. */
  get last(): ParsedPacket {
    return this.packet(this.sent.length - 1);
  }

  packet(index: number): ParsedPacket {
    const entry = this.sent[index];
    if (entry === undefined) throw new Error(`nothing was sent as number ${index}`);
    return coapPacket.parse(Buffer.from(entry.datagram));
  }

  receive(packet: Packet): void {
    this.receiveBytes(coapPacket.generate(packet));
  }

  receiveBytes(bytes: Uint8Array): void {
    this.onDatagram?.(Uint8Array.from(bytes));
  }
}
