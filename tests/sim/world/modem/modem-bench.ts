import { Random } from "../../../../sim/kernel/random.js";
import { World } from "../../../../sim/kernel/world.js";
import { Bc660k } from "../../../../sim/world/modem/bc660k/bc660k.js";
import type { ModemBehaviour } from "../../../../sim/world/modem/modem-behaviour.js";
import { Network } from "../../../../sim/world/network/network.js";
import type { NetworkConditions } from "../../../../sim/world/network/network-conditions.js";

/** A modem with good manners, for tests of what it says. */
export const politeBehaviour: Partial<ModemBehaviour> = {
  glueOdds: 0,
  splitOdds: 0,
  unsolicitedLossOdds: 0,
  lateReceiveOdds: 0,
  simErrorOdds: 0,
  sendFailOdds: 0,
};

export const flawlessConditions: Partial<NetworkConditions> = {
  uplinkLossOdds: 0,
  downlinkLossOdds: 0,
  duplicationOdds: 0,
  attachSeconds: { low: 5, high: 5 },
  resumeSeconds: { low: 2, high: 2 },
};

export interface Uplink {
  readonly datagram: Uint8Array;
  readonly from: string;
  readonly reply: (datagram: Uint8Array) => void;
}

export interface BenchOptions {
  readonly seed?: number;
  readonly behaviour?: Partial<ModemBehaviour>;
  readonly conditions?: Partial<NetworkConditions>;
}

export const epochMilliseconds = Date.UTC(2026, 9, 2, 23, 50, 0);

/** A modem on a bench: wired to a terminal, and to a network whose head-end only listens. */
export class ModemBench {
  readonly world = new World();
  readonly network: Network;
  readonly modem: Bc660k;
  readonly uplinks: Uplink[] = [];
  /** The pieces in which the output came. */
  readonly pieces: string[] = [];
  #read = 0;

  constructor({ seed = 1, behaviour = {}, conditions = {} }: BenchOptions = {}) {
    const random = new Random(seed);
    this.network = new Network({
      scheduler: this.world,
      random: random.fork("network"),
      conditions: { ...flawlessConditions, ...conditions },
      epochMilliseconds: () => epochMilliseconds + this.world.nowMicroseconds / 1_000,
      carryUplink: (datagram, from, reply) => {
        this.uplinks.push({ datagram, from, reply });
      },
    });
    this.modem = new Bc660k({
      scheduler: this.world,
      random: random.fork("modem"),
      network: this.network,
      behaviour: { ...politeBehaviour, ...behaviour },
      onOutput: (bytes) => {
        this.pieces.push(String.fromCharCode(...bytes));
      },
      identity: { imei: "866818039921444", imsi: "001010123456789", iccid: "89490200001234567890" },
    });
  }

  get text(): string {
    return this.pieces.join("");
  }

  /** Lets time pass. */
  run(seconds: number): void {
    const { atMicroseconds } = this.world.schedule(seconds * 1e6, () => undefined);
    while (this.world.nowMicroseconds < atMicroseconds) this.world.step();
  }

  /** What came out since the last call. */
  takeText(): string {
    const text = this.text.slice(this.#read);
    this.#read = this.text.length;
    return text;
  }

  takeLines(): string[] {
    return this.takeText()
      .split("\r\n")
      .filter((line) => line !== "");
  }

  type(text: string): void {
    this.modem.receive(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }

  /** Types a command and gives the lines that follow within `seconds`. */
  command(text: string, seconds = 0.3): string[] {
    this.takeText();
    this.type(`${text}\r`);
    this.run(seconds);
    return this.takeLines();
  }

  pressPowerKey(seconds = 0.7): void {
    this.modem.setPowerKey(true);
    this.run(seconds);
    this.modem.setPowerKey(false);
  }

  /** Switches on, waits for the network, and turns echo and sleep off. */
  start(): this {
    this.pressPowerKey();
    this.run(2);
    this.command("ATE0");
    this.command("AT+QSCLK=0");
    this.run(10);
    this.takeText();
    return this;
  }

  /** After `start`: opens socket 0. */
  open(): this {
    this.command('AT+QIOPEN=0,0,"UDP","203.0.113.7",5684,0,0', 1);
    return this;
  }

  /** After `open`: sends one byte, so that there is an uplink to reply to. */
  reach(): Uplink {
    this.command('AT+QISEND=0,1,"2A",0', 10);
    const uplink = this.uplinks.at(-1);
    if (!uplink) throw new Error("nothing came through");
    return uplink;
  }
}
