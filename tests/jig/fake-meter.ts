import { openLine, sealLine } from "../../firmware/contracts/service-line.js";
import type { CommandName } from "../../firmware/contracts/service-commands.js";
import type { ResponseError } from "../../firmware/contracts/service-protocol.js";
import type { Identity } from "../../firmware/contracts/service-results.js";
import type { BytePort } from "../../jig/ports/byte-port.js";
import type { VirtualSlotClock } from "./virtual-slot-clock.js";

export interface FakeRequest {
  readonly id: number;
  readonly method: CommandName;
  readonly params?: unknown;
}

/** What a fake meter does with a request; whatever it doesn't answer is silence. */
export type FakeHandler = (request: FakeRequest, meter: FakeMeter) => void;

export const fakeIdentity: Identity = {
  protocol: 1,
  product: "water",
  hardwareId: "246f28a1b2c3",
  serialNumber: "",
  firmwareVersion: "0.1.0",
  imageHash: "ab".repeat(32),
  meteringVersion: "1.0.0",
  meteringChecksum: "1234abcd",
  locked: false,
  uptimeMilliseconds: 1000,
};

const answerMilliseconds = 5;

/** A port with a meter behind it that does what the test says. */
export class FakeMeter implements BytePort {
  readonly name = "fake";
  onReceive: BytePort["onReceive"];
  onLost: BytePort["onLost"];
  readonly requests: FakeRequest[] = [];
  /** What came in between lines, such as an empty line to wake. */
  wakes = 0;
  handle: FakeHandler;
  #clock: VirtualSlotClock;
  #line = "";

  constructor(clock: VirtualSlotClock, handle: FakeHandler) {
    this.#clock = clock;
    this.handle = handle;
  }

  send(bytes: Uint8Array): void {
    for (const character of new TextDecoder().decode(bytes)) {
      if (character === "\r") continue;
      if (character !== "\n") this.#line += character;
      else this.#takeLine();
    }
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }

  result(request: FakeRequest, result: unknown, delayMilliseconds = answerMilliseconds): void {
    this.say({ jsonrpc: "2.0", id: request.id, result }, delayMilliseconds);
  }

  error(request: FakeRequest, error: ResponseError): void {
    this.say({ jsonrpc: "2.0", id: request.id, error });
  }

  say(message: object, delayMilliseconds = answerMilliseconds): void {
    this.raw(`${sealLine(JSON.stringify(message))}\r\n`, delayMilliseconds);
  }

  raw(text: string, delayMilliseconds = answerMilliseconds): void {
    this.#clock.after(delayMilliseconds, () => {
      this.onReceive?.(Buffer.from(text, "latin1"), this.#clock.nowMilliseconds);
    });
  }

  #takeLine(): void {
    const line = this.#line;
    this.#line = "";
    if (line === "") {
      this.wakes++;
      return;
    }
    const text = openLine(line);
    if (text === undefined) throw new Error(`the station sent a damaged line: ${line}`);
    const request = JSON.parse(text) as FakeRequest;
    this.requests.push(request);
    this.handle(request, this);
  }
}
