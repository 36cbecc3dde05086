import { describe, expect, it } from "@jest/globals";
import { RecentMessages } from "../../../../firmware/wire/coap/recent-messages.js";

describe("RecentMessages", () => {
  it("finds a message with its answer until the peer may use the number anew", () => {
    const recent = new RecentMessages();
    const reply = Uint8Array.of(0x60, 0, 0, 7);
    recent.remember(7, reply, 1000);
    expect(recent.find(7, 247_999)?.reply).toBe(reply);
    expect(recent.find(7, 248_000)).toBeUndefined();
    expect(recent.find(8, 1000)).toBeUndefined();
  });

  it("forgets the oldest beyond four", () => {
    const recent = new RecentMessages();
    for (let messageId = 0; messageId < 5; messageId++) recent.remember(messageId, undefined, 0);
    expect(recent.find(0, 1)).toBeUndefined();
    expect(recent.find(1, 1)).toBeDefined();
    expect(recent.find(4, 1)).toBeDefined();
  });

  it("takes a number that has expired and come back as the new message", () => {
    const recent = new RecentMessages();
    recent.remember(7, Uint8Array.of(1), 0);
    recent.remember(7, Uint8Array.of(2), 300_000);
    expect(recent.find(7, 300_001)?.reply).toEqual(Uint8Array.of(2));
  });
});
