import { createHmac } from "node:crypto";
import { openLine, sealLine } from "../../../firmware/contracts/service-line.js";
import type { CommandName, ParametersOf, ResultOf } from "../../../firmware/contracts/service-commands.js";
import {
  authenticationLabel,
  type Response,
  type ResponseError,
  unlockLabel,
} from "../../../firmware/contracts/service-protocol.js";
import type { SimulatedUnit } from "../../../sim/unit/simulated-unit.js";

/** What a refused command rejects with. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: number;
  readonly data: number | undefined;

  constructor({ code, message, data }: ResponseError) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const testKeys = {
  deviceKey: "d0".repeat(16),
  serviceKey: "5e".repeat(16),
  unlockKey: "0c".repeat(16),
};

/** Somebody at the other end of the service line who knows the protocol. */
export class Terminal {
  /** Every line that came, without check digits; undefined for those whose digits were wrong. */
  readonly lines: (string | undefined)[] = [];
  /** When each of them was complete, in milliseconds of the unit's time. */
  readonly arrivals: number[] = [];
  /** The commands that were carried out, each with its last result. */
  readonly results = new Map<CommandName, object>();
  readonly unit: SimulatedUnit;
  #text = "";
  #id = 0;
  #news: (() => void) | undefined;

  constructor(unit: SimulatedUnit) {
    this.unit = unit;
    unit.line.onReceive = (bytes) => {
      this.#text += Buffer.from(bytes).toString("latin1");
      const lines = this.#text.split("\r\n");
      this.#text = lines.pop() ?? "";
      for (const line of lines) {
        this.lines.push(openLine(line));
        this.arrivals.push(unit.clock.nowMilliseconds);
      }
      if (lines.length > 0) this.#news?.();
    };
  }

  sendRaw(text: string): void {
    this.unit.line.send(Buffer.from(text, "latin1"));
  }

  /** Wakes the meter and waits for `ready`. */
  async wake(): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      this.sendRaw("\r\n");
      const ready = await this.#await((line) => line.includes('"method":"ready"'), 500);
      if (ready !== undefined) return;
    }
    // One that is awake already has said so before.
    const id = ++this.#id;
    this.sendRaw(`${sealLine(JSON.stringify({ jsonrpc: "2.0", id, method: "identify" }))}\r\n`);
    if ((await this.#await((line) => line.includes(`"id":${id},`), 500)) === undefined)
      throw new Error("the meter does not wake");
  }

  /** Resolves to the result. @throws {Refused} */
  async ask<Name extends CommandName>(
    method: Name,
    ...[params]: ParametersOf<Name> extends Readonly<Record<string, never>> ? [] : [ParametersOf<Name>]
  ): Promise<ResultOf<Name>> {
    const id = ++this.#id;
    this.sendRaw(`${sealLine(JSON.stringify({ jsonrpc: "2.0", id, method, params }))}\r\n`);
    const line = await this.#await((text) => text.includes(`"id":${id},`), 300_000);
    if (line === undefined) throw new Error(`no answer to ${method}`);
    const response = JSON.parse(line) as Response<ResultOf<Name>>;
    if ("error" in response) throw new Refused(response.error);
    this.results.set(method, response.result);
    return response.result;
  }

  /** Opens a session with the service key. */
  async authenticate(key = testKeys.serviceKey): Promise<void> {
    const { hardwareId } = await this.ask("identify");
    const { challenge } = await this.ask("challenge");
    await this.ask("authenticate", {
      response: createHmac("sha256", Buffer.from(key, "hex"))
        .update(authenticationLabel + hardwareId)
        .update(Buffer.from(challenge, "hex"))
        .digest("hex"),
    });
  }

  async unlock(counter: number, key = testKeys.unlockKey, hardwareId?: string): Promise<void> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(counter);
    await this.ask("unlock", {
      counter,
      token: createHmac("sha256", Buffer.from(key, "hex"))
        .update(unlockLabel + (hardwareId ?? (await this.ask("identify")).hardwareId))
        .update(bytes)
        .digest("hex"),
    });
  }

  async provision(): Promise<void> {
    await this.ask("writeSerial", { serialNumber: this.unit.label });
    await this.ask("writeCalibration", { pulseWeightMillilitres: 1000 });
    await this.ask("writeKeys", testKeys);
  }

  /** The next line that `fits`, of those that come from now on; undefined after `milliseconds`. */
  async #await(fits: (line: string) => boolean, milliseconds: number): Promise<string | undefined> {
    let seen = this.lines.length;
    const timeout = new AbortController();
    return new Promise((resolve, reject) => {
      this.#news = () => {
        for (; seen < this.lines.length; seen++) {
          const line = this.lines[seen];
          if (line === undefined || !fits(line)) continue;
          this.#news = undefined;
          timeout.abort();
          resolve(line);
          return;
        }
      };
      this.unit.clock.wait(milliseconds, timeout.signal).then(
        () => {
          resolve(undefined);
        },
        (error: unknown) => {
          if (!timeout.signal.aborted) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}
