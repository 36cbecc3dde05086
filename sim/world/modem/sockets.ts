import type { Random } from "../../kernel/random.js";
import type { NetworkSocket, Subscriber } from "../network/subscriber.js";
import type { ModemBehaviour } from "./modem-behaviour.js";
import type { Radio } from "./radio.js";
import type { ReleaseIndication } from "./radio-options.js";
import type { TimerSet } from "./timer-set.js";
import type { UartOutput } from "./uart-output.js";

/** Data the modem keeps for one socket until AT+QIRD fetches it. */
export const receiveBufferBytes = 2_168;
/** The most that AT+QIRD hands out at once. */
export const readLimitBytes = 512;
/** The longest datagram that AT+QISEND takes as hexadecimal text. */
export const sendLimitBytes = 1_024;
/** `<connectID>` runs from 0 to 4. */
export const socketCount = 5;

/** Result codes of +QIOPEN (Quectel BC660K-GL TCP/IP application note). */
const openResult = Object.freeze({
  done: 0,
  contextNotOpen: 561,
  identityInUse: 563,
  nameNotFound: 565,
} as const);

export interface OpenSocket {
  readonly id: number;
  readonly host: string;
  readonly remotePort: number;
  readonly network: NetworkSocket;
  readonly received: Uint8Array[];
}

export interface SocketsOptions {
  readonly random: Random;
  readonly behaviour: ModemBehaviour;
  readonly timers: TimerSet;
  readonly output: UartOutput;
  readonly radio: Radio;
  readonly subscriber: Subscriber;
}

export interface ReadResult {
  readonly bytes: Uint8Array;
  /** Bytes of the same datagram that are still to be read. */
  readonly remaining: number;
}

/** The modem's UDP sockets. */
export class Sockets {
  #options: SocketsOptions;
  #open = new Map<number, OpenSocket>();
  #nextLocalPort = 49_152;
  #isSending = false;

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  get(id: number): OpenSocket | undefined {
    return this.#open.get(id);
  }

  get all(): readonly OpenSocket[] {
    return [...this.#open.values()].sort((one, other) => one.id - other.id);
  }

  /** True until the result of the last sending is out: the radio takes one datagram at a time. */
  get isSending(): boolean {
    return this.#isSending;
  }

  /** Opens in the background and reports the result as +QIOPEN. `localPort` 0 lets the modem choose. */
  open(id: number, host: string, remotePort: number, localPort: number): void {
    const { output, radio, random, subscriber, timers } = this.#options;
    const finish = (result: number): void => {
      output.report(`+QIOPEN: ${id},${result}`);
    };
    const conclude = (found: boolean): void => {
      if (!radio.isRegistered) finish(openResult.contextNotOpen);
      else if (!found) finish(openResult.nameNotFound);
      else if (this.#open.has(id)) finish(openResult.identityInUse);
      else {
        this.#create(id, host, remotePort, localPort);
        finish(openResult.done);
      }
    };
    timers.after(random.uniform(20, 200), () => {
      const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host);
      if (isAddress || !radio.isRegistered) {
        conclude(true);
        return;
      }
      radio.wake(() => {
        radio.connect();
        const session = this.#open;
        subscriber.lookUp((found) => {
          // A modem that lost its sockets meanwhile has forgotten this command too.
          if (session === this.#open) conclude(found);
        });
      });
    });
  }

  /** Sends in the background and reports `SEND OK` or `SEND FAIL`. */
  send(socket: OpenSocket, datagram: Uint8Array, assistance: ReleaseIndication): void {
    const { behaviour, output, radio, random, timers } = this.#options;
    this.#isSending = true;
    const isFailing = random.chance(behaviour.sendFailOdds);
    const finish = (isSent: boolean): void => {
      this.#isSending = false;
      if (isSent) socket.network.send(datagram);
      output.report(isSent ? "SEND OK" : "SEND FAIL");
    };
    timers.after(random.uniform(20, 150), () => {
      if (isFailing) finish(false);
      else radio.transmit(datagram.byteLength, assistance, finish);
    });
  }

  /** Takes up to `limit` bytes of the oldest datagram: one reading never spans two datagrams. */
  read(socket: OpenSocket, limit: number): ReadResult {
    const oldest = socket.received.shift();
    if (!oldest) return { bytes: new Uint8Array(0), remaining: 0 };
    const bytes = oldest.subarray(0, limit);
    const rest = oldest.subarray(bytes.byteLength);
    if (rest.byteLength > 0) socket.received.unshift(rest);
    return { bytes, remaining: rest.byteLength };
  }

  close(id: number): void {
    this.#open.get(id)?.network.close();
    this.#open.delete(id);
  }

  /** Deep sleep, a restart and AT+CFUN=0 end every socket without a word. */
  closeAll(): void {
    for (const { network } of this.#open.values()) network.close();
    this.#open = new Map();
    this.#isSending = false;
  }

  #create(id: number, host: string, remotePort: number, localPort: number): void {
    const { subscriber } = this.#options;
    const received: Uint8Array[] = [];
    const network = subscriber.openSocket(localPort || this.#chooseLocalPort(), (datagram) => {
      this.#receive(id, received, datagram);
    });
    this.#open.set(id, { id, host, remotePort, network, received });
  }

  #chooseLocalPort(): number {
    const port = this.#nextLocalPort;
    this.#nextLocalPort = port === 0xffff ? 49_152 : port + 1;
    return port;
  }

  #receive(id: number, received: Uint8Array[], datagram: Uint8Array): void {
    const { behaviour, output, radio, random, timers } = this.#options;
    radio.receive();
    const waiting = received.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (waiting + datagram.byteLength > receiveBufferBytes) {
      output.announce(`+QIURC: "recv",${id},"buff full"`);
      return;
    }
    if (datagram.byteLength > 0) received.push(datagram);
    const length = behaviour.tellsReceivedLength ? `,${datagram.byteLength}` : "";
    const announce = (): void => {
      output.announce(`+QIURC: "recv",${id}${length}`);
    };
    if (!random.chance(behaviour.lateReceiveOdds)) announce();
    else {
      const { low, high } = behaviour.lateReceiveMilliseconds;
      timers.after(random.uniform(low, high), announce);
    }
  }
}
