import type { Outcome } from "../../../hal/outcome.js";
import type { CoapOption } from "./options.js";
import { Code, type MessageTypeNumber } from "./registry.js";

/** One CoAP message (RFC 7252, 3). */
export interface CoapMessage {
  readonly type: MessageTypeNumber;
  /** 0 to 255. */
  readonly code: number;
  /** 0 to 65535. */
  readonly messageId: number;
  /** 0 to 8 bytes. */
  readonly token: Uint8Array;
  /** In ascending order of their numbers, 1 to 65535. */
  readonly options: readonly CoapOption[];
  readonly payload: Uint8Array;
}

/**
 * Why a datagram is no CoAP message.
 * - `truncated`: it ends inside the header, the token or an option.
 * - `bad-version`: its version is not 1.
 * - `bad-token-length`: 9 to 15.
 * - `bad-option`: a reserved nibble, or a number beyond 65535.
 * - `too-many-options`: more than 16; each takes memory, and no message for a meter has half of them.
 * - `no-payload`: a payload marker with nothing behind it.
 * - `not-empty`: an Empty message that holds more than its header.
 */
export type CoapFormatFailure =
  | "truncated"
  | "bad-version"
  | "bad-token-length"
  | "bad-option"
  | "too-many-options"
  | "no-payload"
  | "not-empty";

const headerByteLength = 4;
const version = 1;
const maximumTokenByteLength = 8;
const payloadMarker = 0xff;
const mostOptions = 16;

/** Lengths and deltas from 13 on take one more byte, from 269 on two (RFC 7252, 3.1). */
const oneByteExtension = 13;
const twoByteExtension = 14;
const oneByteBase = 13;
const twoByteBase = 269;
const maximumOptionLength = 65535 + twoByteBase;

/** An Empty message: an acknowledgement, a reset or a ping. */
export function encodeEmptyMessage(type: MessageTypeNumber, messageId: number): Uint8Array {
  return Uint8Array.of((version << 6) | (type << 4), Code.empty, messageId >>> 8, messageId & 0xff);
}

/** @throws {RangeError} when the token is too long or the options are out of order or range. */
export function encodeMessage(message: CoapMessage): Uint8Array {
  const { token, options, payload } = message;
  if (token.length > maximumTokenByteLength) throw new RangeError("a token has at most 8 bytes");
  const bytes = new Uint8Array(encodedByteLength(message));
  bytes[0] = (version << 6) | (message.type << 4) | token.length;
  bytes[1] = message.code;
  bytes[2] = message.messageId >>> 8;
  bytes[3] = message.messageId & 0xff;
  bytes.set(token, headerByteLength);
  let position = headerByteLength + token.length;
  let previous = 0;
  for (let index = 0; index < options.length; index++) {
    const { number, value } = options[index] as CoapOption;
    position = writeOption(bytes, position, number - previous, value);
    previous = number;
  }
  if (payload.length > 0) {
    bytes[position] = payloadMarker;
    bytes.set(payload, position + 1);
  }
  return bytes;
}

/**
 * Reads one datagram, strictly. Token, option values and payload are views of it.
 * A message of a reserved class or with options that we don't know is well-formed: judging it is the endpoint's.
 */
export function decodeMessage(datagram: Uint8Array): Outcome<CoapMessage, CoapFormatFailure> {
  if (datagram.length < headerByteLength) return { ok: false, code: "truncated" };
  const first = datagram[0] ?? 0;
  const code = datagram[1] ?? 0;
  if (first >>> 6 !== version) return { ok: false, code: "bad-version" };
  const tokenByteLength = first & 0x0f;
  if (tokenByteLength > maximumTokenByteLength) return { ok: false, code: "bad-token-length" };
  if (code === Code.empty && datagram.length > headerByteLength) return { ok: false, code: "not-empty" };

  const optionsStart = headerByteLength + tokenByteLength;
  if (optionsStart > datagram.length) return { ok: false, code: "truncated" };
  const options: CoapOption[] = [];
  const optionsEnd = readOptions(datagram, optionsStart, options);
  if (typeof optionsEnd !== "number") return { ok: false, code: optionsEnd };
  if (optionsEnd === datagram.length - 1) return { ok: false, code: "no-payload" };
  return {
    ok: true,
    value: {
      type: ((first >>> 4) & 3) as MessageTypeNumber,
      code,
      messageId: messageIdOf(datagram),
      token: datagram.subarray(headerByteLength, optionsStart),
      options,
      payload: datagram.subarray(optionsEnd + 1),
    },
  };
}

/** The message ID in the header of a datagram of at least 4 bytes. */
export function messageIdOf(datagram: Uint8Array): number {
  return ((datagram[2] ?? 0) << 8) | (datagram[3] ?? 0);
}

/** The token of a datagram that is well-formed, as a view of it. */
export function tokenOf(datagram: Uint8Array): Uint8Array {
  return datagram.subarray(headerByteLength, headerByteLength + ((datagram[0] ?? 0) & 0x0f));
}

/** Whether a datagram that can't be read claims to be a confirmable message of our version, which wants a Reset. */
export function looksConfirmable(datagram: Uint8Array): boolean {
  return datagram.length >= headerByteLength && (datagram[0] ?? 0) >>> 4 === version << 2;
}

/** Collects options up to the payload marker or the end, and returns where that is. */
function readOptions(datagram: Uint8Array, start: number, options: CoapOption[]): number | CoapFormatFailure {
  let position = start;
  let number = 0;
  while (position < datagram.length) {
    const head = datagram[position] ?? payloadMarker;
    if (head === payloadMarker) break;
    const deltaNibble = head >>> 4;
    const lengthNibble = head & 0x0f;
    if (deltaNibble === 15 || lengthNibble === 15) return "bad-option";

    const lengthStart = position + 1 + extensionByteLength(deltaNibble);
    const valueStart = lengthStart + extensionByteLength(lengthNibble);
    if (valueStart > datagram.length) return "truncated";
    number += readExtended(datagram, position + 1, deltaNibble);
    const valueEnd = valueStart + readExtended(datagram, lengthStart, lengthNibble);
    if (valueEnd > datagram.length) return "truncated";
    if (number > 0xffff) return "bad-option";
    if (options.length === mostOptions) return "too-many-options";
    options.push({ number, value: datagram.subarray(valueStart, valueEnd) });
    position = valueEnd;
  }
  return position;
}

function readExtended(datagram: Uint8Array, position: number, nibble: number): number {
  const first = datagram[position] ?? 0;
  if (nibble === oneByteExtension) return oneByteBase + first;
  if (nibble === twoByteExtension) return twoByteBase + first * 0x100 + (datagram[position + 1] ?? 0);
  return nibble;
}

function extensionByteLength(nibble: number): number {
  return nibble < oneByteExtension ? 0 : nibble - oneByteExtension + 1;
}

function encodedByteLength({ token, options, payload }: CoapMessage): number {
  let length = headerByteLength + token.length;
  let previous = 0;
  for (let index = 0; index < options.length; index++) {
    const { number, value } = options[index] as CoapOption;
    if (number < previous || number > 0xffff)
      throw new RangeError(`option ${number} is out of order or range`);
    if (value.length > maximumOptionLength) throw new RangeError(`option ${number} is too long`);
    length +=
      1 +
      extensionByteLength(nibbleOf(number - previous)) +
      extensionByteLength(nibbleOf(value.length)) +
      value.length;
    previous = number;
  }
  return payload.length > 0 ? length + 1 + payload.length : length;
}

/** Writes one option and returns the position behind it. */
function writeOption(bytes: Uint8Array, start: number, delta: number, value: Uint8Array): number {
  bytes[start] = (nibbleOf(delta) << 4) | nibbleOf(value.length);
  const lengthStart = writeExtension(bytes, start + 1, delta);
  const valueStart = writeExtension(bytes, lengthStart, value.length);
  bytes.set(value, valueStart);
  return valueStart + value.length;
}

function nibbleOf(value: number): number {
  if (value < oneByteBase) return value;
  return value < twoByteBase ? oneByteExtension : twoByteExtension;
}

function writeExtension(bytes: Uint8Array, position: number, value: number): number {
  if (value < oneByteBase) return position;
  if (value < twoByteBase) {
    bytes[position] = value - oneByteBase;
    return position + 1;
  }
  bytes[position] = (value - twoByteBase) >>> 8;
  bytes[position + 1] = (value - twoByteBase) & 0xff;
  return position + 2;
}
