import type { Random } from "../kernel/random.js";
import type { Scheduled, Scheduler } from "../kernel/world.js";
import {
  buildMessage,
  type CoapMessage,
  contentFormat,
  parseMessage,
  stringOptions,
  unknownCriticalOption,
} from "./coap-message.js";

export type ReplySender = (datagram: Uint8Array) => void;

export interface CoapRequest {
  readonly from: string;
  /** `0.01` GET, `0.02` POST, `0.03` PUT, `0.04` DELETE. */
  readonly code: string;
  readonly path: readonly string[];
  readonly queries: readonly string[];
  readonly contentFormat: number | undefined;
  readonly payload: Uint8Array;
}

export interface CoapResponse {
  /** For example `2.04`. */
  readonly code: string;
  readonly locationPath?: readonly string[];
  /** Diagnostic payload (RFC 7252 section 5.5.2), short enough for one datagram. */
  readonly diagnostic?: string;
}

export interface CoapServerOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Share of confirmable requests that get an empty acknowledgement and the response later, 0 to 1. */
  readonly separateResponseProbability: number;
  readonly onRequest: (request: CoapRequest) => CoapResponse;
  readonly onFault: (from: string, text: string) => void;
}

/**
 * RFC 7252 section 4.8 with the ACK_TIMEOUT of NB-IoT, as server and meter agree on it (LwM2M object 500).
 * EXCHANGE_LIFETIME follows by section 4.8.2: 10 s x 15 x 1.5 + 2 x 100 s + 10 s = 435 s.
 */
export const transmission = Object.freeze({
  acknowledgementTimeoutSeconds: 10,
  acknowledgementRandomFactor: 1.5,
  maximumRetransmissions: 4,
  exchangeLifetimeSeconds: 435,
});

interface Exchange {
  readonly request: Uint8Array;
  /** What a repeat of the request gets again; undefined for a non-confirmable request. */
  readonly answer: Uint8Array | undefined;
  readonly expiresAtMicroseconds: number;
}

interface SeparateResponse {
  readonly datagram: Uint8Array;
  readonly reply: ReplySender;
  timeoutSeconds: number;
  transmissions: number;
  scheduled: Scheduled;
}

const emptyCode = "0.00";

/** The message layer and request matching of a CoAP server (RFC 7252). */
export class CoapServer {
  malformed = 0;
  /** Requests that came again and were answered without being processed again. */
  duplicates = 0;
  separateResponses = 0;
  /** Separate responses that the client answered by a reset. */
  resets = 0;
  #options: CoapServerOptions;
  /** By sender and message id, oldest first. */
  #exchanges = new Map<string, Exchange>();
  #separate = new Map<string, SeparateResponse>();
  #messageId: number;

  constructor(options: CoapServerOptions) {
    this.#options = options;
    this.#messageId = options.random.integer(0, 0xffff);
  }

  /** Takes one datagram as it came; whatever it holds, this does not throw. */
  receive(datagram: Uint8Array, from: string, reply: ReplySender): void {
    this.#forgetExpired();
    const parsed = parseMessage(datagram);
    if (!parsed.ok) this.#rejectMalformed(datagram, from, parsed.detail ?? "", reply);
    else if (parsed.value.code === emptyCode) this.#receiveEmpty(parsed.value, from, reply);
    else if (parsed.value.code.startsWith("0.")) this.#receiveRequest(parsed.value, datagram, from, reply);
    else if (parsed.value.confirmable) sendReset(parsed.value.messageId, reply);
  }

  /** Forgets every exchange and stops every retransmission, as when the process starts anew. */
  restart(): void {
    for (const { scheduled } of this.#separate.values()) this.#options.scheduler.cancel(scheduled);
    this.#separate.clear();
    this.#exchanges.clear();
    this.#messageId = this.#options.random.integer(0, 0xffff);
  }

  /** RFC 7252 section 4.2: a confirmable message that cannot be processed is rejected; others are ignored. */
  #rejectMalformed(datagram: Uint8Array, from: string, detail: string, reply: ReplySender): void {
    this.malformed++;
    this.#options.onFault(from, `malformed CoAP message: ${detail}`);
    const [first, , high, low] = datagram;
    if (first === undefined || high === undefined || low === undefined) return;
    const isVersion1Confirmable = first >> 4 === 0b0100;
    if (isVersion1Confirmable) sendReset(high * 256 + low, reply);
  }

  #receiveEmpty(message: CoapMessage, from: string, reply: ReplySender): void {
    if (message.confirmable) {
      // A ping (section 4.3).
      sendReset(message.messageId, reply);
      return;
    }
    if (!message.ack && !message.reset) return;
    const key = keyOf(from, message.messageId);
    const separate = this.#separate.get(key);
    if (!separate) return;
    if (message.reset) this.resets++;
    this.#options.scheduler.cancel(separate.scheduled);
    this.#separate.delete(key);
  }

  #receiveRequest(message: CoapMessage, datagram: Uint8Array, from: string, reply: ReplySender): void {
    if (message.ack || message.reset) {
      this.malformed++;
      this.#options.onFault(from, "malformed CoAP message: a request inside an acknowledgement or reset");
      return;
    }
    const key = keyOf(from, message.messageId);
    const earlier = this.#exchanges.get(key);
    if (earlier) {
      this.#repeatAnswer(earlier, message, datagram, from, reply);
      return;
    }
    const response = this.#process(message, from);
    if (!response) return;
    const answer = this.#respond(message, response, from, reply);
    this.#exchanges.set(key, {
      request: Uint8Array.from(datagram),
      answer: message.confirmable ? answer : undefined,
      expiresAtMicroseconds:
        this.#options.scheduler.nowMicroseconds + transmission.exchangeLifetimeSeconds * 1e6,
    });
    reply(answer);
  }

  #repeatAnswer(
    earlier: Exchange,
    message: CoapMessage,
    datagram: Uint8Array,
    from: string,
    reply: ReplySender,
  ): void {
    this.duplicates++;
    if (Buffer.compare(earlier.request, datagram) !== 0)
      this.#options.onFault(from, `message id ${message.messageId} used for two different requests`);
    if (earlier.answer) reply(earlier.answer);
  }

  /** Undefined when the request gets no answer at all. */
  #process(message: CoapMessage, from: string): CoapResponse | undefined {
    const unknown = unknownCriticalOption(message);
    if (unknown !== undefined) {
      this.#options.onFault(from, `critical option ${unknown} not understood`);
      // Section 5.4.1: a non-confirmable request with such an option is rejected, here silently.
      return message.confirmable ? { code: "4.02", diagnostic: `option ${unknown}` } : undefined;
    }
    return this.#options.onRequest({
      from,
      code: message.code,
      path: stringOptions(message, "Uri-Path"),
      queries: stringOptions(message, "Uri-Query"),
      contentFormat: contentFormat(message),
      payload: Uint8Array.from(message.payload),
    });
  }

  /** The datagram that answers the request at once. */
  #respond(message: CoapMessage, response: CoapResponse, from: string, reply: ReplySender): Uint8Array {
    const content = {
      code: response.code,
      token: message.token,
      ...(response.locationPath && { locationPath: response.locationPath }),
      ...(response.diagnostic !== undefined && { payload: response.diagnostic }),
    };
    if (!message.confirmable)
      return buildMessage({ type: "non-confirmable", messageId: this.#nextMessageId(), ...content });
    const { messageId } = message;
    if (!this.#options.random.chance(this.#options.separateResponseProbability))
      return buildMessage({ type: "acknowledgement", messageId, ...content });
    const ownMessageId = this.#nextMessageId();
    const datagram = buildMessage({ type: "confirmable", messageId: ownMessageId, ...content });
    this.#respondLater(keyOf(from, ownMessageId), datagram, reply);
    return buildMessage({ type: "acknowledgement", messageId, code: emptyCode });
  }

  #respondLater(key: string, datagram: Uint8Array, reply: ReplySender): void {
    this.separateResponses++;
    const { random, scheduler } = this.#options;
    const { acknowledgementTimeoutSeconds: timeoutSeconds, acknowledgementRandomFactor } = transmission;
    const separate: SeparateResponse = {
      datagram,
      reply,
      timeoutSeconds: random.uniform(timeoutSeconds, timeoutSeconds * acknowledgementRandomFactor),
      transmissions: 0,
      scheduled: scheduler.schedule(random.uniform(0.2e6, 3e6), () => {
        this.#transmit(key, separate);
      }),
    };
    this.#separate.set(key, separate);
  }

  /** Sends until acknowledged, with the timeout doubling (section 4.2), then gives up. */
  #transmit(key: string, separate: SeparateResponse): void {
    if (separate.transmissions > transmission.maximumRetransmissions) {
      this.#separate.delete(key);
      return;
    }
    separate.transmissions++;
    separate.scheduled = this.#options.scheduler.schedule(separate.timeoutSeconds * 1e6, () => {
      this.#transmit(key, separate);
    });
    separate.timeoutSeconds *= 2;
    separate.reply(separate.datagram);
  }

  #forgetExpired(): void {
    for (const [key, exchange] of this.#exchanges) {
      if (exchange.expiresAtMicroseconds > this.#options.scheduler.nowMicroseconds) return;
      this.#exchanges.delete(key);
    }
  }

  #nextMessageId(): number {
    this.#messageId = (this.#messageId + 1) & 0xffff;
    return this.#messageId;
  }
}

function sendReset(messageId: number, reply: ReplySender): void {
  reply(buildMessage({ type: "reset", messageId, code: emptyCode }));
}

function keyOf(from: string, messageId: number): string {
  return `${from} ${messageId}`;
}
