import { describe, expect, it } from "@jest/globals";
import { narrowbandTransmission } from "../../../../firmware/wire/coap/transmission.js";
import { createFixture, watch } from "./fixture.js";
import { settle } from "../../../virtual-clock.js";

const get = { method: "get", path: ["a"] } as const;
const firstId = 0;
const token = Buffer.alloc(4);
const content = { code: "2.05", token, payload: Buffer.from("x") };
const contentValue = { ok: true, value: { code: 0x45, payload: new Uint8Array(Buffer.from("x")) } };

function ticksOf(channel: { sent: readonly { ticks: number }[] }): number[] {
  return channel.sent.map(({ ticks }) => ticks);
}

describe("CoapEndpoint as a client", () => {
  it("sends a confirmable request with its options in order", async () => {
    const { channel, endpoint } = createFixture({}, 0x5a);
    void endpoint.request({
      method: "post",
      path: ["rd", "7"],
      query: ["lt=60", "b=U"],
      contentFormat: 112,
      accept: 0,
      payload: Uint8Array.of(1, 2),
    });
    await settle();
    const { options, ...head } = channel.last;
    expect(head).toEqual({
      code: "0.02",
      confirmable: true,
      ack: false,
      reset: false,
      messageId: 0x5a5a,
      token: Buffer.alloc(4, 0x5a),
      payload: Buffer.of(1, 2),
    });
    expect(options.map(({ name, value }) => [name, value.toString("latin1")])).toEqual([
      ["Uri-Path", "rd"],
      ["Uri-Path", "7"],
      ["Content-Format", "p"],
      ["Uri-Query", "lt=60"],
      ["Uri-Query", "b=U"],
      ["Accept", ""],
    ]);
  });

  it("takes the response that comes with the acknowledgement", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ ack: true, messageId: firstId, ...content });
    await settle();
    expect(request.value).toMatchObject(contentValue);
    expect(channel.sent).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it("retransmits after 10, 20, 40 and 80 s more and gives up after another 160 s, with the lowest draw", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await clock.advance(309_999);
    expect(ticksOf(channel)).toEqual([0, 10_000, 30_000, 70_000, 150_000]);
    expect(request.value).toBeUndefined();
    await clock.advance(1);
    expect(request.value).toEqual({ ok: false, code: "timed-out" });
    expect(clock.pendingTimers).toBe(0);
  });

  it("waits one and a half times as long with the highest draw", async () => {
    const { channel, clock, endpoint } = createFixture({}, 0xff);
    const request = watch(endpoint.request(get));
    await clock.advance(464_999);
    expect(ticksOf(channel)).toEqual([0, 15_000, 45_000, 105_000, 225_000]);
    expect(request.value).toBeUndefined();
    await clock.advance(1);
    expect(request.value).toEqual({ ok: false, code: "timed-out" });
  });

  it("retransmits the same bytes", async () => {
    const { channel, clock, endpoint } = createFixture();
    void endpoint.request({ ...get, payload: Uint8Array.of(9) });
    await clock.advance(10_000);
    expect(channel.sent[1]?.datagram).toEqual(channel.sent[0]?.datagram);
  });

  it("obeys other transmission parameters", async () => {
    const transmission = { ...narrowbandTransmission, ackTimeoutSeconds: 2, maximumRetransmissions: 1 };
    const { channel, clock, endpoint } = createFixture({ transmission });
    const request = watch(endpoint.request(get));
    await clock.advance(6_000);
    expect(ticksOf(channel)).toEqual([0, 2_000]);
    expect(request.value).toEqual({ ok: false, code: "timed-out" });
  });

  it.each([
    { ackTimeoutSeconds: 0 },
    { ackRandomFactor: 0.5 },
    { maximumRetransmissions: -1 },
    { maximumRetransmissions: 1.5 },
    { responseTimeoutSeconds: NaN },
  ])("refuses %p", (part) => {
    const transmission = { ...narrowbandTransmission, ...part };
    expect(() => createFixture({ transmission })).toThrow(RangeError);
  });

  it("counts a wait from the moment the channel has taken the datagram", async () => {
    const { channel, clock, endpoint } = createFixture();
    channel.sendMilliseconds = 25_000;
    void endpoint.request(get);
    await clock.advance(60_000);
    expect(ticksOf(channel)).toEqual([0, 35_000]);
  });

  it("takes a response that arrives before the channel says that it has sent", async () => {
    const { channel, clock, endpoint } = createFixture();
    channel.sendMilliseconds = 5_000;
    const request = watch(endpoint.request(get));
    await clock.advance(1_000);
    channel.receive({ ack: true, messageId: firstId, ...content });
    await clock.advance(400_000);
    expect(request.value).toMatchObject(contentValue);
    expect(channel.sent).toHaveLength(1);
  });

  it("gets the response to a retransmission when the first one was lost", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await clock.advance(10_000);
    channel.receive({ ack: true, messageId: firstId, ...content });
    await clock.advance(400_000);
    expect(request.value).toMatchObject(contentValue);
    expect(ticksOf(channel)).toEqual([0, 10_000]);
  });

  it("stops retransmitting on an empty acknowledgement, and acknowledges the separate response", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ ack: true, code: "0.00", messageId: firstId });
    await clock.advance(100_000);
    expect(channel.sent).toHaveLength(1);
    channel.receive({ confirmable: true, messageId: 0x1234, ...content });
    await settle();
    expect(request.value).toMatchObject(contentValue);
    expect(channel.last).toMatchObject({ ack: true, code: "0.00", messageId: 0x1234 });
    expect(clock.pendingTimers).toBe(0);
  });

  it("reports a separate response only after its acknowledgement has left", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ ack: true, code: "0.00", messageId: firstId });
    channel.sendMilliseconds = 3_000;
    channel.receive({ confirmable: true, messageId: 0x1234, ...content });
    await clock.advance(2_999);
    expect(request.value).toBeUndefined();
    await clock.advance(1);
    expect(request.value).toMatchObject(contentValue);
  });

  it("takes a separate response as proof that the request arrived when the acknowledgement was lost", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await clock.advance(4_000);
    channel.receive({ confirmable: true, messageId: 0x1234, ...content });
    await clock.advance(400_000);
    expect(request.value).toMatchObject(contentValue);
    expect(channel.sent).toHaveLength(2);
  });

  it("acknowledges every copy of a separate response and reports the first only", async () => {
    const { channel, endpoint } = createFixture();
    const first = watch(endpoint.request(get));
    await settle();
    channel.receive({ ack: true, code: "0.00", messageId: firstId });
    channel.receive({ confirmable: true, messageId: 0x1234, ...content });
    await settle();
    expect(first.value).toMatchObject(contentValue);
    const second = watch(endpoint.request(get));
    await settle();
    channel.receive({ confirmable: true, messageId: 0x1234, ...content });
    await settle();
    expect(channel.last).toMatchObject({ ack: true, code: "0.00", messageId: 0x1234 });
    expect(second.value).toBeUndefined();
  });

  it("takes a non-confirmable response and answers nothing", async () => {
    const { channel, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ messageId: 0x1234, ...content });
    await settle();
    expect(request.value).toMatchObject(contentValue);
    expect(channel.sent).toHaveLength(1);
  });

  it("gives up when no separate response follows the acknowledgement", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await clock.advance(5_000);
    channel.receive({ ack: true, code: "0.00", messageId: firstId });
    await clock.advance(119_999);
    expect(request.value).toBeUndefined();
    await clock.advance(1);
    expect(request.value).toEqual({ ok: false, code: "timed-out" });
  });

  it("ends with `reset` when the peer resets the request", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ reset: true, code: "0.00", messageId: firstId + 1 });
    await settle();
    expect(request.value).toBeUndefined();
    channel.receive({ reset: true, code: "0.00", messageId: firstId });
    await settle();
    expect(request.value).toEqual({ ok: false, code: "reset" });
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends with `send-failed` and the channel's code when the channel refuses", async () => {
    const { channel, clock, endpoint } = createFixture();
    channel.outcome = { ok: false, code: "no-network" };
    const request = watch(endpoint.request(get));
    await settle();
    expect(request.value).toEqual({ ok: false, code: "send-failed", detail: "no-network" });
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends with `bad-response` on a critical option that it does not know", async () => {
    const { channel, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({
      ack: true,
      messageId: firstId,
      ...content,
      options: [{ name: "Block2", value: Buffer.of(0x08) }],
    });
    await settle();
    expect(request.value).toEqual({ ok: false, code: "bad-response" });
  });

  it("resets a confirmable response with a critical option that it does not know", async () => {
    const { channel, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    const options = [{ name: "Block2", value: Buffer.of(0x08) }] as const;
    channel.receive({ confirmable: true, messageId: 0x1234, ...content, options: [...options] });
    await settle();
    expect(channel.last).toMatchObject({ reset: true, messageId: 0x1234 });
    expect(request.value).toEqual({ ok: false, code: "bad-response" });
  });

  it("ignores a piggybacked response whose token or message ID is another's", async () => {
    const { channel, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ ack: true, messageId: firstId, ...content, token: Buffer.of(1, 2, 3, 4) });
    channel.receive({ ack: true, messageId: firstId + 1, ...content });
    await settle();
    expect(request.value).toBeUndefined();
    expect(channel.sent).toHaveLength(1);
  });

  it("refuses a second request while one is under way, and takes it afterwards", async () => {
    const { channel, endpoint } = createFixture();
    void endpoint.request(get);
    const early = await endpoint.request(get);
    expect(early).toEqual({ ok: false, code: "busy" });
    channel.receive({ ack: true, messageId: firstId, ...content });
    await settle();
    const late = watch(endpoint.request(get));
    await settle();
    expect(channel.last.messageId).toBe(firstId + 1);
    channel.receive({ ack: true, messageId: firstId + 1, ...content });
    await settle();
    expect(late.value).toMatchObject(contentValue);
  });

  it("ends a pending request with `closed`, stops every timer and lets the channel go", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await clock.advance(12_000);
    endpoint.close();
    endpoint.close();
    await settle();
    expect(request.value).toEqual({ ok: false, code: "closed" });
    expect(clock.pendingTimers).toBe(0);
    expect(channel.onDatagram).toBeUndefined();
    expect(await endpoint.request(get)).toEqual({ ok: false, code: "closed" });
    await clock.advance(400_000);
    expect(channel.sent).toHaveLength(2);
  });

  it("sends nothing more when it is closed while the channel is busy", async () => {
    const { channel, clock, endpoint } = createFixture();
    channel.sendMilliseconds = 5_000;
    const request = watch(endpoint.request(get));
    await settle();
    channel.receive({ confirmable: true, code: "0.00", messageId: 1 });
    endpoint.close();
    await clock.advance(400_000);
    expect(request.value).toEqual({ ok: false, code: "closed" });
    expect(channel.sent).toHaveLength(1);
  });

  it("wraps message IDs at 16 bits", async () => {
    const { channel, endpoint } = createFixture({}, 0xff);
    const whole = { ...content, token: Buffer.alloc(4, 0xff) };
    for (const messageId of [0xffff, 0]) {
      void endpoint.request(get);
      await settle();
      expect(channel.last.messageId).toBe(messageId);
      channel.receive({ ack: true, messageId, ...whole });
      await settle();
    }
  });
});
