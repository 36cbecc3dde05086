import type { BytePort } from "../ports/byte-port.js";
import { ScpiClient } from "./scpi-client.js";

/** The station's instruments by address, each opened once for all slots, and anew after it was lost. */
export class InstrumentPool {
  #open: (address: string) => Promise<BytePort>;
  #clients = new Map<string, Promise<ScpiClient>>();

  /** @param open throws a `StationFault` when there is nothing at an address */
  constructor(open: (address: string) => Promise<BytePort>) {
    this.#open = open;
  }

  /** @param kind what messages call it, such as `supply` */
  async client(kind: string, address: string): Promise<ScpiClient> {
    const known = await this.#clients.get(address)?.catch(() => undefined);
    if (known?.isUsable) return known;
    await known?.close();
    const opening = this.#open(address).then((port) => new ScpiClient(`${kind} ${address}`, port));
    this.#clients.set(address, opening);
    return opening;
  }

  async close(): Promise<void> {
    for (const opening of this.#clients.values()) await (await opening.catch(() => undefined))?.close();
    this.#clients.clear();
  }
}
