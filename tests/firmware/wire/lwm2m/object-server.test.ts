import { describe, expect, it } from "@jest/globals";
import type { CoapReply } from "../../../../firmware/wire/coap/endpoint.js";
import { type CoapOption, integerOption, textOption } from "../../../../firmware/wire/coap/options.js";
import { OptionNumber } from "../../../../firmware/wire/coap/registry.js";
import { ObjectServer, type ResourceReading } from "../../../../firmware/wire/lwm2m/object-server.js";
import { createFixture } from "../coap/fixture.js";
import { settle } from "../../../virtual-clock.js";
import { oracleDecode } from "../cbor/oracle.js";

const resources: readonly ResourceReading[] = [
  { path: [3, 0, 0], value: { type: "string", value: "Tally" } },
  { path: [3, 0, 9], value: { type: "integer", value: 87 } },
  { path: [3, 0, 16, 0], value: { type: "string", value: "U" } },
  { path: [3424, 0, 1], value: { type: "float", value: 12.345 } },
  { path: [3424, 0, 10], value: { type: "boolean", value: true } },
  { path: [10266, 0, 6029], value: { type: "data", value: Uint8Array.of(2, 0) } },
];

const server = new ObjectServer({
  read: (path) => {
    const found = resources.filter((resource) => path.every((id, index) => resource.path[index] === id));
    return found.length > 0 ? found : undefined;
  },
});

function ask(path: string, accept?: number, code = 0x01): CoapReply {
  const options: CoapOption[] = path.split("/").map((segment) => textOption(OptionNumber.uriPath, segment));
  if (accept !== undefined) options.push(integerOption(OptionNumber.accept, accept));
  const empty = new Uint8Array(0);
  return server.handle({ type: 0, code, messageId: 1, token: empty, options, payload: empty });
}

function senmlOf(reply: CoapReply): unknown {
  expect(reply).toMatchObject({ code: 0x45, contentFormat: 112 });
  return oracleDecode(reply.payload ?? new Uint8Array(0));
}

function textOf(reply: CoapReply): string {
  expect(reply).toMatchObject({ code: 0x45, contentFormat: 0 });
  return Buffer.from(reply.payload ?? []).toString();
}

describe("ObjectServer", () => {
  it("reads one resource as a SenML record that has the whole path for its base name", () => {
    expect(senmlOf(ask("3/0/9", 112))).toEqual([
      new Map<number, unknown>([
        [-2, "/3/0/9"],
        [2, 87],
      ]),
    ]);
  });

  it("reads an instance as one record per resource", () => {
    expect(senmlOf(ask("3424/0", 112))).toEqual([
      new Map<number, unknown>([
        [-2, "/3424/0/"],
        [0, "1"],
        [2, 12.345],
      ]),
      new Map<number, unknown>([
        [0, "10"],
        [4, true],
      ]),
    ]);
  });

  it("reads an object, resource instances included", () => {
    expect(senmlOf(ask("3", 112))).toEqual([
      new Map<number, unknown>([
        [-2, "/3/"],
        [0, "0/0"],
        [3, "Tally"],
      ]),
      new Map<number, unknown>([
        [0, "0/9"],
        [2, 87],
      ]),
      new Map<number, unknown>([
        [0, "0/16/0"],
        [3, "U"],
      ]),
    ]);
  });

  it("reads an opaque resource as data", () => {
    expect(senmlOf(ask("10266/0/6029", 112))).toEqual([
      new Map<number, unknown>([
        [-2, "/10266/0/6029"],
        [8, Uint8Array.of(2, 0)],
      ]),
    ]);
  });

  it("answers in SenML when the server does not say what it accepts", () => {
    expect(ask("3/0/9")).toEqual(ask("3/0/9", 112));
  });

  it.each([
    ["3/0/9", "87"],
    ["3424/0/1", "12.345"],
    ["3424/0/10", "1"],
    ["3/0/0", "Tally"],
    ["3/0/16/0", "U"],
  ])("reads %s as plain text", (path, text) => {
    expect(textOf(ask(path, 0))).toBe(text);
  });

  it("refuses plain text for more than one value and for data", () => {
    expect(ask("3/0", 0)).toEqual({ code: 0x86 });
    expect(ask("3/0/16", 0)).toEqual({ code: 0x86 });
    expect(ask("10266/0/6029", 0)).toEqual({ code: 0x86 });
  });

  it("refuses formats that it does not speak", () => {
    for (const format of [40, 42, 110, 11542]) expect(ask("3/0/9", format)).toEqual({ code: 0x86 });
  });

  it.each(["4/0", "3/1", "3/0/1", "3/0/9/0", "3/0/9/0/0", "", "x", "03", "3/00", "3 ", "65536", "-3", "3e0"])(
    "finds nothing at %p",
    (path) => {
      expect(ask(path, 112)).toEqual({ code: 0x84 });
    },
  );

  it("writes, creates, deletes and executes nothing", () => {
    for (const code of [0x02, 0x03, 0x04, 0x05, 0x06, 0x07]) {
      expect(ask("3/0/9", undefined, code)).toEqual({ code: 0x85 });
      expect(ask("3/1", undefined, code)).toEqual({ code: 0x84 });
    }
  });

  it("refuses an answer that would not fit into a datagram", () => {
    const value = { type: "data", value: new Uint8Array(400) } as const;
    const options = [textOption(OptionNumber.uriPath, "19")];
    const request = {
      type: 0,
      code: 1,
      messageId: 1,
      token: new Uint8Array(0),
      options,
      payload: new Uint8Array(0),
    } as const;
    const read = (): readonly ResourceReading[] => [{ path: [19, 0, 0], value }];
    expect(new ObjectServer({ read }).handle(request)).toEqual({ code: 0xa0 });
    const roomy = new ObjectServer({ read, maximumPayloadByteLength: 1000 });
    expect(roomy.handle(request)).toMatchObject({ code: 0x45 });
  });

  it("answers a Read that reaches the endpoint", async () => {
    const { channel } = createFixture({ server });
    channel.receive({
      confirmable: true,
      code: "GET",
      messageId: 7,
      token: Buffer.of(1),
      options: [
        { name: "Uri-Path", value: Buffer.from("3") },
        { name: "Uri-Path", value: Buffer.from("0") },
        { name: "Uri-Path", value: Buffer.from("9") },
        { name: "Accept", value: Buffer.alloc(0) },
      ],
    });
    await settle();
    expect(channel.last).toMatchObject({ ack: true, code: "2.05", payload: Buffer.from("87") });
  });
});
