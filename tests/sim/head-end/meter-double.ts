import { Encoder } from "cbor-x";
import { generate, type Packet, parse, type ParsedPacket } from "coap-packet";
import { HeadEnd } from "../../../sim/head-end/head-end.js";
import type { Readings } from "../../../sim/head-end/readings.js";
import { Random } from "../../../sim/kernel/random.js";
import { World } from "../../../sim/kernel/world.js";

/** 2026-01-01T00:00:00Z: virtual time 0 of these tests. */
export const midnight = 1_767_225_600;
export const period = 900;

const senml = new Encoder({ mapsAsObjects: false, useRecords: false });
const objectLinks = '</>;rt="oma.lwm2m";ct=112,</1/0>,</3/0>,</3424/0>,</3424/1>,</10266/0>,</3306/0>,</4/0>';

export type Field = readonly [label: number | string, value: unknown];

export function encodeSenml(...records: readonly (readonly Field[])[]): Buffer {
  return senml.encode(records.map((fields) => new Map(fields)));
}

/** A head-end, and the far end of the line to talk to it with, one datagram at a time. */
export class MeterDouble {
  readonly world = new World();
  readonly headEnd: HeadEnd;
  /** Every datagram that came back, oldest first. */
  readonly replies: ParsedPacket[] = [];
  from = "192.0.2.1:40000";
  #messageId = 100;

  constructor(options: { separateResponseProbability?: number } = {}) {
    this.headEnd = new HeadEnd({
      scheduler: this.world,
      random: new Random(1),
      expectedPeriodSeconds: period,
      startEpochSeconds: midnight,
      separateResponseProbability: options.separateResponseProbability ?? 0,
    });
  }

  /** Hands over one datagram and returns what came back at once. */
  deliver(datagram: Uint8Array): ParsedPacket[] {
    const before = this.replies.length;
    this.headEnd.receive(datagram, this.from, (reply) => {
      this.replies.push(parse(Buffer.from(reply)));
    });
    return this.replies.slice(before);
  }

  /** A confirmable POST with a token and a fresh message id, unless `packet` says otherwise. */
  request(path: string, queries: readonly string[], format: number | undefined, packet: Packet): Buffer {
    return generate({
      confirmable: true,
      code: "POST",
      messageId: this.#messageId++,
      token: Buffer.from("c0ffee", "hex"),
      options: [
        ...path.split("/").map((segment) => ({ name: "Uri-Path", value: Buffer.from(segment) })),
        ...queries.map((query) => ({ name: "Uri-Query", value: Buffer.from(query) })),
        ...(format === undefined ? [] : [{ name: "Content-Format", value: Buffer.from([format]) }]),
      ],
      ...packet,
    });
  }

  registerRequest(
    queries = ["ep=meter-1", "lt=172800", "lwm2m=1.1", "b=U", "Q"],
    links = objectLinks,
  ): Buffer {
    return this.request("rd", queries, 40, { payload: Buffer.from(links) });
  }

  /** Registers and returns the Location-Path. */
  register(endpoint = "meter-1", lifetimeSeconds = 172_800): string {
    const queries = [`ep=${endpoint}`, `lt=${lifetimeSeconds}`, "lwm2m=1.1", "b=U", "Q"];
    const [response] = this.deliver(this.registerRequest(queries));
    const location = response?.options.filter(({ name }) => name === "Location-Path") ?? [];
    return location.map(({ value }) => value.toString()).join("/");
  }

  sendRequest(payload: Buffer): Buffer {
    return this.request("dp", [], 112, { payload });
  }

  /** Sends the records and returns the response's code. */
  send(...records: readonly (readonly Field[])[]): string | undefined {
    return this.deliver(this.sendRequest(encodeSenml(...records)))[0]?.code;
  }

  /** Lets virtual time pass. */
  wait(seconds: number): void {
    const end = this.world.nowMicroseconds + seconds * 1e6;
    this.world.schedule(seconds * 1e6, () => undefined);
    while ((this.world.nextMicroseconds ?? Infinity) <= end) this.world.step();
  }
}

/** A block with one byte for each value, the plainest packing. */
export function packBlock(
  startEpochSeconds: number,
  deltas: readonly (readonly [forward: number, reverse: number])[],
  periodSeconds = period,
): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt8(2, 0);
  header.writeUInt16BE(1, 1);
  header.writeUInt32BE(startEpochSeconds + periodSeconds, 3);
  header.writeUInt32BE(periodSeconds, 7);
  header.writeUInt16BE(deltas.length, 11);
  header.writeUInt8(2, 13);
  header.writeUInt8(8, 14);
  header.writeUInt8(8, 15);
  return Buffer.concat([header, Buffer.from(deltas.flat())]);
}

/** The index records and the interval records of one block. */
export function blockRecords(
  startEpochSeconds: number,
  base: readonly [forward: number, reverse: number],
  deltas: readonly (readonly [forward: number, reverse: number])[],
  periodSeconds = period,
): Field[][] {
  return [
    ...indexRecords(startEpochSeconds, base),
    [
      [0, "/10266/0/6029"],
      [6, startEpochSeconds],
      [8, packBlock(startEpochSeconds, deltas, periodSeconds)],
    ],
  ];
}

export function indexRecords(
  epochSeconds: number,
  [forward, reverse]: readonly [forward: number, reverse: number],
): Field[][] {
  return [
    [
      [0, "/3424/0/4"],
      [6, epochSeconds],
      [2, forward],
    ],
    [
      [0, "/3424/1/4"],
      [6, epochSeconds],
      [2, reverse],
    ],
  ];
}

/** A registered meter at noon of the first day. */
export function meterAtNoon(): { meter: MeterDouble; device: Readings } {
  const meter = new MeterDouble();
  meter.register();
  meter.wait(12 * 3600);
  const device = meter.headEnd.device("meter-1");
  if (!device) throw new Error("registration left no device");
  return { meter, device };
}
