import { describe, expect, it } from "@jest/globals";
import { createFixture, watch } from "./fixture.js";
import { settle } from "../../../virtual-clock.js";

const get = { method: "get", path: ["a"] } as const;

describe("a request over a channel that does not carry it", () => {
  it("sends again, after the usual wait, what the channel refuses for now", async () => {
    const { channel, clock, endpoint } = createFixture();
    channel.outcome = { ok: false, code: "refused" };
    const request = watch(endpoint.request(get));
    await clock.advance(9999);
    expect(channel.sent).toHaveLength(1);
    channel.outcome = { ok: true, value: undefined };
    await clock.advance(1);
    expect(channel.sent).toHaveLength(2);
    const { messageId, token } = channel.last;
    channel.receive({ ack: true, code: "2.05", messageId, token });
    await settle();
    expect(request.value).toMatchObject({ ok: true });
  });

  it("gives up with `send-failed` where the channel refuses it every time", async () => {
    const { channel, clock, endpoint } = createFixture();
    channel.outcome = { ok: false, code: "refused" };
    const request = watch(endpoint.request(get));
    await clock.advance(1_000_000);
    expect(channel.sent).toHaveLength(5);
    expect(request.value).toEqual({ ok: false, code: "send-failed", detail: "refused" });
  });

  it("ends at once when the channel is lost, and makes no further request over it", async () => {
    const { channel, clock, endpoint } = createFixture();
    const request = watch(endpoint.request(get));
    await clock.advance(100);
    channel.onLost?.();
    await settle();
    expect(request.value).toMatchObject({ ok: false, code: "send-failed" });
    expect(clock.pendingTimers).toBe(0);
    expect(await endpoint.request(get)).toMatchObject({ ok: false, code: "send-failed" });
    expect(channel.sent).toHaveLength(1);
  });
});
