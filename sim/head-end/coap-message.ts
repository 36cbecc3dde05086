import { generate, parse, type ParsedPacket } from "coap-packet";
import type { Outcome } from "../../hal/outcome.js";

/** A CoAP message (RFC 7252), as the packet library reads it. */
export type CoapMessage = ParsedPacket;

/** A message to send; options the library would fill in at random are required here. */
export interface OutgoingMessage {
  readonly type: "confirmable" | "non-confirmable" | "acknowledgement" | "reset";
  readonly messageId: number;
  /** `0.00` for an empty message. */
  readonly code: string;
  readonly token?: Uint8Array;
  readonly locationPath?: readonly string[];
  readonly payload?: string;
}

/** RFC 7252 section 3: longer tokens are reserved and a message format error. */
const maximumTokenLength = 8;

/**
 * Reads a datagram, strictly. The library lets some faults through (an option cut short, a payload marker with
 * nothing behind it), so the message is also built again: CoAP has exactly one encoding of a message, and any
 * difference is a message format error.
 */
export function parseMessage(datagram: Uint8Array): Outcome<CoapMessage, "message-format"> {
  const bytes = Buffer.from(datagram);
  try {
    const message = parse(bytes);
    if (message.token.length > maximumTokenLength) return formatError("a token longer than 8 bytes");
    if (!["0", "2", "4", "5"].includes(message.code.charAt(0)))
      return formatError(`reserved code ${message.code}`);
    const again = generate({ ...message, options: [...message.options] }, Number.MAX_SAFE_INTEGER);
    if (!again.equals(bytes)) return formatError("options or payload cut short");
    return { ok: true, value: message };
  } catch (error) {
    return formatError(error instanceof Error ? error.message : "unreadable");
  }
}

export function buildMessage(message: OutgoingMessage): Uint8Array {
  const segments = message.locationPath ?? [];
  return generate({
    confirmable: message.type === "confirmable",
    ack: message.type === "acknowledgement",
    reset: message.type === "reset",
    messageId: message.messageId,
    code: message.code,
    token: Buffer.from(message.token ?? []),
    options: segments.map((segment) => ({ name: "Location-Path", value: Buffer.from(segment) })),
    payload: Buffer.from(message.payload ?? ""),
  });
}

/** The values of a string option that may occur several times, such as Uri-Path. */
export function stringOptions(message: CoapMessage, name: string): string[] {
  return message.options.filter((option) => option.name === name).map((option) => option.value.toString());
}

/** The Content-Format number; undefined when the option is absent or longer than its 2 bytes. */
export function contentFormat(message: CoapMessage): number | undefined {
  const option = message.options.find(({ name }) => name === "Content-Format");
  if (!option || option.value.length > 2) return undefined;
  return option.value.reduce((value, byte) => value * 256 + byte, 0);
}

const understood = new Set<string | number>(["Uri-Host", "Uri-Port", "Uri-Path", "Uri-Query", "Accept"]);
const criticalByName = new Set<string | number>([
  "If-Match",
  "If-None-Match",
  "OSCORE",
  "Q-Block1",
  "Block2",
  "Block1",
  "Q-Block2",
  "Proxy-Uri",
  "Proxy-Scheme",
  "OCF-Accept-Content-Format-Version",
  "OCF-Content-Format-Version",
]);

/** The first option that must be understood (RFC 7252 section 5.4.1: an odd number) and is not. */
export function unknownCriticalOption(message: CoapMessage): string | undefined {
  const option = message.options.find(
    ({ name }) => !understood.has(name) && (criticalByName.has(name) || Number(name) % 2 === 1),
  );
  return option && String(option.name);
}

function formatError(detail: string): Outcome<CoapMessage, "message-format"> {
  return { ok: false, code: "message-format", detail };
}
