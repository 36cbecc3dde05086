import { describe, expect, it } from "@jest/globals";
import type { Packet } from "coap-packet";
import fc from "fast-check";
import type { CoapMessage } from "../../../../firmware/wire/coap/message.js";
import { optionTexts } from "../../../../firmware/wire/coap/options.js";
import { OptionNumber } from "../../../../firmware/wire/coap/registry.js";
import { fromHex, toHex } from "../cbor/hex.js";
import { createFixture } from "./fixture.js";
import { settle } from "../../../virtual-clock.js";

fc.configureGlobal({ seed: 7252 });

const read: Packet = {
  confirmable: true,
  code: "GET",
  messageId: 0x4711,
  token: Buffer.of(1, 2),
  options: [
    { name: "Uri-Path", value: Buffer.from("3") },
    { name: "Uri-Path", value: Buffer.from("0") },
  ],
};

describe("CoapEndpoint as a server", () => {
  it("answers a confirmable request in its acknowledgement", async () => {
    const requests: CoapMessage[] = [];
    const { channel } = createFixture({
      server: {
        handle: (request) => {
          requests.push(request);
          return { code: 0x45, contentFormat: 112, payload: Uint8Array.of(0x80) };
        },
      },
    });
    channel.receive(read);
    await settle();
    expect(requests.map(({ options }) => optionTexts(options, OptionNumber.uriPath))).toEqual([["3", "0"]]);
    expect(channel.last).toEqual({
      code: "2.05",
      confirmable: false,
      ack: true,
      reset: false,
      messageId: 0x4711,
      token: Buffer.of(1, 2),
      options: [{ name: "Content-Format", value: Buffer.of(112) }],
      payload: Buffer.of(0x80),
    });
  });

  it("answers a non-confirmable request in a message of its own", async () => {
    const { channel } = createFixture({ server: { handle: () => ({ code: 0x45 }) } }, 0x77);
    channel.receive({ ...read, confirmable: false });
    await settle();
    expect(channel.last).toMatchObject({
      code: "2.05",
      confirmable: false,
      ack: false,
      messageId: 0x7777,
      token: Buffer.of(1, 2),
    });
  });

  it("knows nothing as long as nobody answers requests", async () => {
    const { channel } = createFixture();
    channel.receive(read);
    await settle();
    expect(channel.last).toMatchObject({ ack: true, code: "4.04", messageId: 0x4711 });
  });

  it("acts once on a repeated request and repeats its answer", async () => {
    let calls = 0;
    const { channel, clock } = createFixture({
      server: { handle: () => ({ code: 0x45, payload: Uint8Array.of(++calls) }) },
    });
    channel.receive(read);
    await clock.advance(2_000);
    channel.receive(read);
    await settle();
    expect(calls).toBe(1);
    expect(channel.sent).toHaveLength(2);
    expect(channel.sent[1]?.datagram).toEqual(channel.sent[0]?.datagram);
  });

  it("takes the same message ID as a new request once its lifetime is over", async () => {
    let calls = 0;
    const { channel, clock } = createFixture({
      server: { handle: () => ({ code: 0x45, payload: Uint8Array.of(++calls) }) },
    });
    channel.receive(read);
    await clock.advance(247_000);
    channel.receive(read);
    await settle();
    expect(calls).toBe(2);
  });

  it("refuses a request with a critical option that it does not know", async () => {
    let calls = 0;
    const { channel } = createFixture({
      server: { handle: () => ({ code: 0x45, payload: Uint8Array.of(++calls) }) },
    });
    channel.receive({ ...read, options: [{ name: "If-Match", value: Buffer.of(1) }] });
    await settle();
    expect(channel.last).toMatchObject({ ack: true, code: "4.02" });
    expect(calls).toBe(0);
  });

  it("ignores an elective option that it does not know", async () => {
    const { channel } = createFixture({ server: { handle: () => ({ code: 0x45 }) } });
    channel.receive({ ...read, options: [{ name: "Observe", value: Buffer.alloc(0) }] });
    await settle();
    expect(channel.last).toMatchObject({ ack: true, code: "2.05", options: [] });
  });

  it("answers requests while its own request is waiting", async () => {
    const { channel, endpoint } = createFixture({ server: { handle: () => ({ code: 0x45 }) } });
    void endpoint.request({ method: "post", path: ["dp"] });
    await settle();
    channel.receive(read);
    await settle();
    expect(channel.last).toMatchObject({ ack: true, code: "2.05", messageId: 0x4711 });
  });

  it("answers a ping with a reset", async () => {
    const { channel } = createFixture();
    channel.receive({ confirmable: true, code: "0.00", messageId: 0x0102 });
    await settle();
    expect(toHex(channel.sent[0]?.datagram ?? new Uint8Array(0))).toBe("70000102");
  });

  it.each([true, false])("resets a response to no request of ours (confirmable: %p)", async (confirmable) => {
    const { channel } = createFixture();
    channel.receive({ confirmable, code: "2.05", messageId: 0x0102, token: Buffer.of(9) });
    await settle();
    expect(channel.last).toMatchObject({ reset: true, code: "0.00", messageId: 0x0102 });
  });

  it.each([
    ["a reserved class", "40210102"],
    ["a format error", "4f010102"],
    ["a payload marker without payload", "40010102ff"],
  ])("resets a confirmable message with %s", async (_, hex) => {
    const { channel } = createFixture();
    channel.receiveBytes(fromHex(hex));
    await settle();
    expect(channel.sent.map(({ datagram }) => toHex(datagram))).toEqual(["70000102"]);
  });

  it.each([
    ["of another version", "80010102"],
    ["shorter than a header", "4001"],
    ["non-confirmable with a format error", "5f010102"],
    ["non-confirmable and empty", "50000102"],
    ["non-confirmable of a reserved class", "50210102"],
    ["an acknowledgement of nothing", "60000102"],
    ["a reset of nothing", "70000102"],
    ["an acknowledgement that carries a request", "60010102"],
  ])("ignores a datagram that is %s", async (_, hex) => {
    const { channel } = createFixture();
    channel.receiveBytes(fromHex(hex));
    await settle();
    expect(channel.sent).toHaveLength(0);
  });

  it("drops answers rather than pile them up while the channel is busy", async () => {
    const { channel, clock } = createFixture({ server: { handle: () => ({ code: 0x45 }) } });
    channel.sendMilliseconds = 30_000;
    for (let messageId = 0; messageId < 50; messageId++) channel.receive({ ...read, messageId });
    await clock.advance(1_000_000);
    expect(channel.sent).toHaveLength(4);
  });

  it("survives random datagrams and still gets its own response", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), async (datagrams) => {
        const { channel, endpoint } = createFixture({ server: { handle: () => ({ code: 0x45 }) } }, 0x5a);
        const request = endpoint.request({ method: "get", path: ["a"] });
        await settle();
        for (const [index, datagram] of datagrams.entries()) {
          if (index % 2 === 0 && datagram.length > 0) datagram[0] = 0x40 | ((datagram[0] ?? 0) & 0x3f);
          channel.receiveBytes(datagram);
        }
        channel.receive({ ack: true, code: "2.05", messageId: 0x5a5a, token: Buffer.alloc(4, 0x5a) });
        expect(await request).toMatchObject({ ok: true });
        endpoint.close();
      }),
      { numRuns: 200 },
    );
  });
});
