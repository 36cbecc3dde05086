import type { Clock } from "../../../hal/clock.js";
import type { Crypto } from "../../../hal/crypto.js";
import type { DatagramChannel } from "./channel.js";
import { type CoapOutcome, Exchange } from "./exchange.js";
import {
  type CoapMessage,
  decodeMessage,
  encodeEmptyMessage,
  encodeMessage,
  looksConfirmable,
  messageIdOf,
} from "./message.js";
import { type CoapOption, integerOption, isCritical, textOption } from "./options.js";
import { RecentMessages } from "./recent-messages.js";
import { Code, isRequestCode, isResponseCode, MessageType, OptionNumber } from "./registry.js";
import { SendQueue } from "./send-queue.js";
import {
  checkTransmission,
  firstTimeoutMilliseconds,
  narrowbandTransmission,
  type TransmissionParameters,
} from "./transmission.js";

export interface CoapRequest {
  readonly method: "get" | "post" | "put" | "delete";
  /** Segments of the path, ASCII. */
  readonly path: readonly string[];
  /** For instance `lt=86400`. */
  readonly query?: readonly string[];
  readonly contentFormat?: number;
  readonly accept?: number;
  readonly payload?: Uint8Array;
}

/** What a request of the peer is answered with. */
export interface CoapReply {
  readonly code: number;
  readonly contentFormat?: number;
  readonly payload?: Uint8Array;
}

export interface CoapEndpointOptions {
  readonly channel: DatagramChannel;
  readonly clock: Clock;
  readonly random: Pick<Crypto, "fillRandom">;
  /** Default: `narrowbandTransmission`. */
  readonly transmission?: TransmissionParameters;
  /** Without one every request of the peer is answered with 4.04. */
  readonly server?: CoapRequestHandler;
}

/** Critical options that a request may carry; any other is refused with 4.02 (RFC 7252, 5.4.1). */
const requestOptions: readonly number[] = Object.freeze([
  OptionNumber.uriHost,
  OptionNumber.uriPort,
  OptionNumber.uriPath,
  OptionNumber.uriQuery,
  OptionNumber.accept,
]);

const tokenByteLength = 4;

/** A flood of messages while the modem is slow must not pile up answers; who gets none sends again. */
const maximumWaitingDatagrams = 4;

const channelLost: CoapOutcome = Object.freeze({
  ok: false,
  code: "send-failed" as const,
  detail: "the channel is lost",
});

/** Answers a peer's requests. */
export interface CoapRequestHandler {
  handle(request: CoapMessage): CoapReply;
}

/** The answer to a message of the peer, and what it means to our own request. */
interface Verdict {
  readonly reply?: Uint8Array;
  readonly outcome?: CoapOutcome;
}

/** CoAP over one channel (RFC 7252): one request at a time, and answers to the peer's requests. */
export class CoapEndpoint {
  #channel: DatagramChannel;
  #clock: Clock;
  #random: Pick<Crypto, "fillRandom">;
  #transmission: TransmissionParameters;
  #server: CoapRequestHandler | undefined;
  #queue: SendQueue;
  #recent = new RecentMessages();
  #exchange: Exchange | undefined;
  #nextMessageId: number;
  #isClosed = false;
  #isLost = false;

  /** @throws {RangeError} when a transmission parameter is out of range. */
  constructor(options: CoapEndpointOptions) {
    const transmission = options.transmission ?? narrowbandTransmission;
    checkTransmission(transmission);
    this.#transmission = transmission;
    this.#channel = options.channel;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#server = options.server;
    this.#queue = new SendQueue(options.channel);
    this.#nextMessageId = this.drawUint16();
    this.#channel.onDatagram = (datagram) => {
      this.receive(datagram);
    };
    this.#channel.onLost = () => {
      this.#isLost = true;
      this.#exchange?.end(channelLost);
    };
  }

  /** Sends a confirmable request and waits for its response. @throws {RangeError} on text that is not ASCII. */
  request(request: CoapRequest): Promise<CoapOutcome> {
    if (this.#isClosed) return Promise.resolve({ ok: false, code: "closed" });
    if (this.#isLost) return Promise.resolve(channelLost);
    if (this.#exchange?.hasEnded === false) return Promise.resolve({ ok: false, code: "busy" });
    this.#exchange = undefined;
    const token = new Uint8Array(tokenByteLength);
    this.#random.fillRandom(token);
    const datagram = encodeMessage({
      type: MessageType.confirmable,
      code: Code[request.method],
      messageId: this.takeMessageId(),
      token,
      options: requestOptionList(request),
      payload: request.payload ?? new Uint8Array(0),
    });
    const timeoutMilliseconds = firstTimeoutMilliseconds(this.#transmission, this.drawUint16());
    this.#exchange = new Exchange(
      datagram,
      this.#queue,
      this.#clock,
      this.#transmission,
      timeoutMilliseconds,
    );
    return this.#exchange.outcome;
  }

  /** Ends a pending request with `closed` and leaves the channel, which stays open. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#channel.onDatagram = undefined;
    this.#channel.onLost = undefined;
    this.#queue.close();
    this.#exchange?.end({ ok: false, code: "closed" });
  }

  private receive(datagram: Uint8Array): void {
    const decoded = decodeMessage(datagram);
    if (!decoded.ok) {
      if (looksConfirmable(datagram))
        this.answer(encodeEmptyMessage(MessageType.reset, messageIdOf(datagram)));
      return;
    }
    const message = decoded.value;
    if (message.type === MessageType.acknowledgement) this.receiveAcknowledgement(message);
    else if (message.type === MessageType.reset) this.receiveReset(message);
    else this.receiveMessage(message);
  }

  private receiveAcknowledgement(message: CoapMessage): void {
    const exchange = this.#exchange;
    if (!exchange?.isAnsweredBy(message)) return;
    if (message.code === Code.empty) exchange.acknowledge();
    else if (isResponseCode(message.code) && exchange.hasTokenOf(message)) exchange.end(outcomeOf(message));
  }

  private receiveReset(message: CoapMessage): void {
    const exchange = this.#exchange;
    if (message.code === Code.empty && exchange?.isAnsweredBy(message))
      exchange.end({ ok: false, code: "reset" });
  }

  /** A confirmable or non-confirmable message: the first copy is acted on, further ones get the same answer. */
  private receiveMessage(message: CoapMessage): void {
    const ticks = this.#clock.ticks;
    const known = this.#recent.find(message.messageId, ticks);
    if (known) {
      if (known.reply) this.answer(known.reply);
      return;
    }
    const { reply, outcome } = this.judge(message);
    this.#recent.remember(message.messageId, reply, ticks);
    if (outcome) this.finishExchange(reply, outcome);
    else if (reply) this.answer(reply);
  }

  private judge(message: CoapMessage): Verdict {
    const isConfirmable = message.type === MessageType.confirmable;
    const reset = encodeEmptyMessage(MessageType.reset, message.messageId);
    if (isRequestCode(message.code)) return { reply: this.serve(message) };
    // An Empty confirmable message is a ping (RFC 7252, 4.3); reserved classes are refused alike (4.2).
    if (!isResponseCode(message.code)) return isConfirmable ? { reply: reset } : {};
    if (!this.#exchange?.hasTokenOf(message)) return { reply: reset };
    const outcome = outcomeOf(message);
    if (!isConfirmable) return { outcome };
    const acknowledgement = encodeEmptyMessage(MessageType.acknowledgement, message.messageId);
    return { reply: outcome.ok ? acknowledgement : reset, outcome };
  }

  private serve(message: CoapMessage): Uint8Array {
    const isConfirmable = message.type === MessageType.confirmable;
    const isUnknown = (option: CoapOption): boolean =>
      isCritical(option) && !requestOptions.includes(option.number);
    const reply: CoapReply = message.options.some(isUnknown)
      ? { code: Code.badOption }
      : (this.#server?.handle(message) ?? { code: Code.notFound });
    return encodeMessage({
      type: isConfirmable ? MessageType.acknowledgement : MessageType.nonConfirmable,
      code: reply.code,
      messageId: isConfirmable ? message.messageId : this.takeMessageId(),
      token: message.token,
      options:
        reply.contentFormat === undefined
          ? []
          : [integerOption(OptionNumber.contentFormat, reply.contentFormat)],
      payload: reply.payload ?? new Uint8Array(0),
    });
  }

  /** Reports a separate response once its acknowledgement has left, for the radio may be let go right after. */
  private finishExchange(reply: Uint8Array | undefined, outcome: CoapOutcome): void {
    const exchange = this.#exchange;
    exchange?.stop();
    if (!reply) exchange?.end(outcome);
    else this.#queue.send(reply, { onSent: () => exchange?.end(outcome) });
  }

  /** A lost answer is the peer's to ask for again, so nobody waits for the outcome. */
  private answer(reply: Uint8Array): void {
    if (this.#queue.length < maximumWaitingDatagrams) this.#queue.send(reply);
  }

  private takeMessageId(): number {
    const messageId = this.#nextMessageId;
    this.#nextMessageId = (messageId + 1) & 0xffff;
    return messageId;
  }

  private drawUint16(): number {
    const bytes = new Uint8Array(2);
    this.#random.fillRandom(bytes);
    return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  }
}

function requestOptionList(request: CoapRequest): readonly CoapOption[] {
  const options = request.path.map((segment) => textOption(OptionNumber.uriPath, segment));
  if (request.contentFormat !== undefined)
    options.push(integerOption(OptionNumber.contentFormat, request.contentFormat));
  const query = request.query ?? [];
  for (let index = 0; index < query.length; index++)
    options.push(textOption(OptionNumber.uriQuery, query[index] as string));
  if (request.accept !== undefined) options.push(integerOption(OptionNumber.accept, request.accept));
  return options;
}

/** No critical option of a response is known to us, so any makes it unusable (RFC 7252, 5.4.1). */
function outcomeOf({ code, options, payload }: CoapMessage): CoapOutcome {
  if (options.some(isCritical)) return { ok: false, code: "bad-response" };
  return { ok: true, value: { code, options, payload } };
}
