import { describe, expect, it } from "@jest/globals";
import coapPacket from "coap-packet";
import fc from "fast-check";
import {
  type CoapMessage,
  decodeMessage,
  encodeEmptyMessage,
  encodeMessage,
} from "../../../../firmware/wire/coap/message.js";
import { integerOption, textOption } from "../../../../firmware/wire/coap/options.js";
import { Code, MessageType, OptionNumber } from "../../../../firmware/wire/coap/registry.js";
import { fromHex, toHex } from "../cbor/hex.js";

fc.configureGlobal({ seed: 7252 });

const failures = ["truncated", "bad-version", "bad-token-length", "bad-option", "no-payload", "not-empty"];

const none = new Uint8Array(0);

const message: fc.Arbitrary<CoapMessage> = fc.record({
  type: fc.constantFrom(0, 1, 2, 3),
  code: fc.constantFrom(0x01, 0x02, 0x03, 0x04, 0x41, 0x45, 0x84, 0xa0),
  messageId: fc.nat(0xffff),
  token: fc.uint8Array({ maxLength: 8 }),
  options: fc
    .array(
      fc.record({
        number: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 0xffff })),
        value: fc.oneof(fc.uint8Array({ maxLength: 14 }), fc.uint8Array({ minLength: 250, maxLength: 290 })),
      }),
      { maxLength: 5 },
    )
    .map((options) => options.sort((one, other) => one.number - other.number)),
  payload: fc.uint8Array({ maxLength: 40 }),
});

describe("encodeMessage", () => {
  // RFC 7252, appendix A, figures 16 and 17.
  it("writes the request and the response of the RFC's first example", () => {
    const request: CoapMessage = {
      type: MessageType.confirmable,
      code: Code.get,
      messageId: 0x7d34,
      token: none,
      options: [textOption(OptionNumber.uriPath, "temperature")],
      payload: none,
    };
    expect(toHex(encodeMessage(request))).toBe("40017d34bb74656d7065726174757265");
    const response: CoapMessage = {
      type: MessageType.acknowledgement,
      code: Code.content,
      messageId: 0x7d34,
      token: none,
      options: [],
      payload: new Uint8Array(Buffer.from("22.3 C")),
    };
    expect(toHex(encodeMessage(response))).toBe("60457d34ff32322e332043");
  });

  it("writes a token as the RFC's second example does", () => {
    const request: CoapMessage = {
      type: MessageType.confirmable,
      code: Code.get,
      messageId: 0x7d35,
      token: Uint8Array.of(0x20),
      options: [textOption(OptionNumber.uriPath, "temperature")],
      payload: none,
    };
    expect(toHex(encodeMessage(request))).toBe("41017d3520bb74656d7065726174757265");
  });

  it("writes Empty messages of four bytes", () => {
    expect(toHex(encodeEmptyMessage(MessageType.acknowledgement, 0xad7b))).toBe("6000ad7b");
    expect(toHex(encodeEmptyMessage(MessageType.reset, 0x0001))).toBe("70000001");
  });

  it("refuses options that are out of order, for their deltas could not be written", () => {
    const options = [integerOption(OptionNumber.accept, 0), textOption(OptionNumber.uriPath, "a")];
    const request = { type: 0, code: 1, messageId: 0, token: none, options, payload: none } as const;
    expect(() => encodeMessage(request)).toThrow(RangeError);
  });

  it("refuses tokens beyond 8 bytes", () => {
    const token = new Uint8Array(9);
    const request = { type: 0, code: 1, messageId: 0, token, options: [], payload: none } as const;
    expect(() => encodeMessage(request)).toThrow(RangeError);
  });

  it("writes what an independent parser reads back", () => {
    fc.assert(
      fc.property(message, (original) => {
        const parsed = coapPacket.parse(Buffer.from(encodeMessage(original)));
        expect(parsed.messageId).toBe(original.messageId);
        expect(parsed.confirmable).toBe(original.type === MessageType.confirmable);
        expect(parsed.ack).toBe(original.type === MessageType.acknowledgement);
        expect(parsed.reset).toBe(original.type === MessageType.reset);
        expect(toHex(parsed.token)).toBe(toHex(original.token));
        expect(toHex(parsed.payload)).toBe(toHex(original.payload));
        expect(parsed.options.map(({ value }) => toHex(value))).toEqual(
          original.options.map(({ value }) => toHex(value)),
        );
      }),
    );
  });
});

describe("decodeMessage", () => {
  it.each([
    ["", "truncated"],
    ["400100", "truncated"],
    ["00010000", "bad-version"],
    ["80010000", "bad-version"],
    ["49010000 000000000000000000", "bad-token-length"],
    ["4f010000", "bad-token-length"],
    ["42010000 00", "truncated"],
    ["40000001 ff00", "not-empty"],
    ["41000001 00", "not-empty"],
    ["40010000 ff", "no-payload"],
    ["40010000 f0", "bad-option"],
    ["40010000 0f", "bad-option"],
    ["40010000 d0", "truncated"],
    ["40010000 e000", "truncated"],
    ["40010000 0d", "truncated"],
    ["40010000 b4616263", "truncated"],
    ["40010000 e0fff2 10", "bad-option"],
    [`40010000 b0${"00".repeat(16)}`, "too-many-options"],
  ])("refuses %p as %s", (hex, code) => {
    expect(decodeMessage(fromHex(hex))).toEqual({ ok: false, code });
  });

  it("reads the highest option number and no further", () => {
    expect(decodeMessage(fromHex("40010000 e0fef2"))).toMatchObject({
      ok: true,
      value: { options: [{ number: 0xffff }] },
    });
    expect(decodeMessage(fromHex("40010000 e0fef3"))).toEqual({ ok: false, code: "bad-option" });
  });

  it("gives back what was encoded", () => {
    fc.assert(
      fc.property(message, (original) => {
        expect(decodeMessage(encodeMessage(original))).toEqual({ ok: true, value: original });
      }),
    );
  });

  it("reads what an independent generator wrote", () => {
    fc.assert(
      fc.property(message, ({ type, code, messageId, token, options, payload }) => {
        const datagram = coapPacket.generate(
          {
            confirmable: type === MessageType.confirmable,
            ack: type === MessageType.acknowledgement,
            reset: type === MessageType.reset,
            code: `${code >>> 5}.${String(code & 0x1f).padStart(2, "0")}`,
            messageId,
            token: Buffer.from(token),
            options: options.map(({ number, value }) => ({ name: number, value: Buffer.from(value) })),
            payload: Buffer.from(payload),
          },
          4000,
        );
        expect(decodeMessage(Uint8Array.from(datagram))).toEqual({
          ok: true,
          value: { type, code, messageId, token, options, payload },
        });
      }),
    );
  });

  it("answers random datagrams with a message or a declared failure", () => {
    const datagram = fc
      .tuple(fc.constantFrom(0x40, 0x44, 0x52, 0x60, 0x71), fc.uint8Array({ maxLength: 48 }))
      .map(([first, rest]) => Uint8Array.of(first, ...rest));
    fc.assert(
      fc.property(fc.oneof(datagram, fc.uint8Array({ maxLength: 48 })), (bytes) => {
        const outcome = decodeMessage(bytes);
        if (!outcome.ok) expect(failures).toContain(outcome.code);
      }),
      { numRuns: 3000 },
    );
  });

  it("encodes whatever it has read to a message that reads the same", () => {
    const datagram = fc.uint8Array({ maxLength: 48 }).map((rest) => Uint8Array.of(0x42, 0x01, ...rest));
    fc.assert(
      fc.property(datagram, (bytes) => {
        const first = decodeMessage(bytes);
        if (first.ok) expect(decodeMessage(encodeMessage(first.value))).toStrictEqual(first);
      }),
      { numRuns: 2000 },
    );
  });
});
