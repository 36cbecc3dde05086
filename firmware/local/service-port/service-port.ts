import type { Serial } from "../../../hal/serial.js";
import { stackBase } from "../../../hal/base/stack-base.js";
import { Access } from "../access.js";
import type { CommandScope, Handlers } from "./handlers.js";
import { driveCommands } from "./drive-commands.js";
import { authenticatedCommands } from "./authenticated-commands.js";
import { measureCommands } from "./measure-commands.js";
import { provisionCommands } from "./provision-commands.js";
import { LineReader, type LineEvent } from "./line-reader.js";
import { sealedBytes } from "../../contracts/service-line.js";
import type { MeterAccess } from "../meter-access.js";
import { budgetLeft, leastVisitMilliseconds, spendBudget } from "../port-budget.js";
import { openCommands } from "./open-commands.js";
import { checkParameters } from "./parameters.js";
import { type CommandName, commands, type ParametersOf } from "../../contracts/service-commands.js";
import {
  ErrorCode,
  idleSeconds,
  type Notifications,
  protocolVersion,
  type RequestId,
} from "../../contracts/service-protocol.js";
import { Refusal } from "../refusal.js";
import { readRequest, type Request } from "./request.js";

/** How long the port listens when nobody says anything. */
const silentSeconds = 3;
/** A visit ends after this, however much is said: a line that babbles must not keep the meter awake. */
const longestVisitSeconds = 1200;
/** What a visit is booked at that a reset ends. */
const bookedMilliseconds = 30_000;
/** What a wake costs before anything is listened to. */
const wakeMilliseconds = 250;
/**
 * To those who have shown no key refusals may be longer than what they refuse by so much in all, in bytes: who sends noise
 * is not told so for longer than it takes to send it.
 */
const mostUnaskedBytes = 4096;
/** Both lines of a window have this length, the longest answer to `pulseCounts`. */
const windowLineLength = 256;

const handlers: Handlers = Object.freeze({
  ...openCommands,
  ...authenticatedCommands,
  ...measureCommands,
  ...driveCommands,
  ...provisionCommands,
});

/** How a visit at the service port went. */
export interface Visit {
  /** False when no valid line came. */
  readonly wasUsed: boolean;
  /** Ticks until which the meter was told to sleep; undefined when it was not. */
  readonly sleepUntilTicks: number | undefined;
}

/**
 * The service port while it is open: takes a line, does what it asks for, answers, until nobody has said anything
 * valid for a while. One command at a time.
 */
export class ServicePort implements CommandScope {
  readonly meter: MeterAccess;
  readonly access: Access;
  #reader = new LineReader((line) => {
    this.take(line);
  });
  #serial: Serial | undefined;
  #isBusy = false;
  #isInWindow = false;
  #wasUsed = false;
  #lastTicks = 0;
  #endTicks = 0;
  /** Since then nobody has shown a key; what that may cost was so much when the visit began. */
  #strangerTicks = 0;
  #strangerMilliseconds = 0;
  #fullTicks = 0;
  #refusalBytes = mostUnaskedBytes;
  #sleepUntilTicks: number | undefined;
  #timer: number | undefined;
  #onEnd: ((visit: Visit) => void) | undefined;
  #onError: ((error: unknown) => void) | undefined;

  constructor(meter: MeterAccess) {
    this.meter = meter;
    this.access = new Access(meter);
  }

  /** Opens the port and resolves when the visit is over. Rejects when not even a failed command can be answered. */
  run(): Promise<Visit> {
    const { service } = this.meter.hardware;
    return new Promise((resolve, reject) => {
      this.#onEnd = resolve;
      this.#onError = reject;
      this.#serial = new service.io({
        port: service.port,
        baud: service.baud,
        parity: "none",
        onReadable: () => {
          const bytes = this.#serial?.read();
          if (bytes) this.hear(bytes);
        },
        onError: () => {
          this.#reader.spoil();
        },
      });
      this.book();
      this.send({
        jsonrpc: "2.0",
        method: "ready",
        params: { protocol: protocolVersion, locked: this.access.isLocked },
      });
      this.watch();
    });
  }

  private book(): void {
    const { access, retained } = this.meter;
    const { ticks } = this;
    this.#lastTicks = ticks;
    this.#endTicks = ticks + longestVisitSeconds * 1000;
    this.#strangerTicks = ticks;
    this.#strangerMilliseconds = Math.max(leastVisitMilliseconds, budgetLeft(access, ticks));
    this.#fullTicks = access.budgetFullTicks;
    if (this.access.isTrusted) return;
    spendBudget(access, ticks, bookedMilliseconds);
    retained.save();
  }

  private hear(bytes: Uint8Array): void {
    this.#refusalBytes = Math.min(mostUnaskedBytes, this.#refusalBytes + bytes.byteLength);
    this.#reader.push(bytes);
  }

  private take(line: LineEvent): void {
    if (line.kind === "garbled") this.refuse(null, new Refusal(ErrorCode.parseError, "wrong check digits"));
    else if (line.kind === "too-long") this.refuse(null, new Refusal(ErrorCode.parseError, "line too long"));
    else this.read(line.message);
  }

  private read(message: string): void {
    const reading = readRequest(message);
    switch (reading.kind) {
      case "answer":
        return;
      case "malformed":
        this.refuse(null, new Refusal(ErrorCode.parseError, "not a JSON-RPC request in plain ASCII"));
        return;
      case "invalid":
        this.refuse(reading.id, new Refusal(ErrorCode.invalidRequest, reading.problem));
        return;
      case "request":
        this.begin(reading.request);
    }
  }

  private begin({ id, method, parameters }: Request): void {
    this.#wasUsed = true;
    this.#lastTicks = this.ticks;
    const command = commands.find(({ name }) => name === method);
    if (!command) {
      this.refuse(id, new Refusal(ErrorCode.unknownMethod, "there is no such command"));
      return;
    }
    if (this.#isBusy) {
      this.refuse(id, new Refusal(ErrorCode.busy, "another command is under way"));
      return;
    }
    const values = this.access.problem(command.level) ?? checkParameters(command.parameters, parameters);
    if (values instanceof Refusal) {
      this.refuse(id, values);
      return;
    }
    this.#isBusy = true;
    void this.carryOut(id, command.name, values);
  }

  private async carryOut<Name extends CommandName>(
    id: RequestId,
    name: Name,
    values: ParametersOf<Name>,
  ): Promise<void> {
    try {
      // The line's reader stands below us on the stack, and a command that opens a store goes deep.
      await stackBase();
      this.answer(id, await handlers[name](this, values));
    } catch (error) {
      this.fail(id, name, error);
    }
  }

  /**
   * What a command throws is a defect. It costs that command alone: the answer says so, the log of failures says what it
   * was, and the visit goes on.
   */
  private fail(id: RequestId, name: CommandName, error: unknown): void {
    try {
      this.meter.noteFailure(name, error);
      this.answer(id, new Refusal(ErrorCode.internalError, "a defect of the meter stopped this command"));
    } catch (further) {
      this.#onError?.(further);
      this.end();
    }
  }

  private answer(id: RequestId, result: object): void {
    const length = this.#isInWindow ? windowLineLength : 0;
    this.#isBusy = false;
    this.#isInWindow = false;
    this.#lastTicks = this.ticks;
    if (result instanceof Refusal) this.refuse(id, result);
    else this.send({ jsonrpc: "2.0", id, result }, length);
    if (this.#sleepUntilTicks !== undefined) this.end();
  }

  tell(method: "mark", params: Notifications["mark"]): void {
    this.#isInWindow = true;
    this.send({ jsonrpc: "2.0", method, params }, windowLineLength);
  }

  sleepUntil(ticks: number): void {
    this.#sleepUntilTicks = ticks;
  }

  private refuse(id: RequestId | null, { code, message, data }: Refusal): void {
    const error = data === undefined ? { code, message } : { code, message, data };
    const bytes = sealedBytes(JSON.stringify({ jsonrpc: "2.0", id, error }));
    if (!this.access.isTrusted) {
      if (bytes.byteLength > this.#refusalBytes) return;
      this.#refusalBytes -= bytes.byteLength;
    }
    this.#serial?.write(bytes);
  }

  private send(message: object, length = 0): void {
    this.#serial?.write(sealedBytes(JSON.stringify(message).padEnd(length)));
  }

  private get ticks(): number {
    return this.meter.hardware.clock.ticks;
  }

  /** Looks whether the visit is over, and again when it may be. */
  private watch(): void {
    const { clock } = this.meter.hardware;
    if (this.access.isTrusted) this.#strangerTicks = clock.ticks;
    const patience = this.#wasUsed ? idleSeconds : silentSeconds;
    const untilTicks = Math.min(
      this.#lastTicks + patience * 1000,
      this.#strangerTicks + this.#strangerMilliseconds,
      this.#endTicks,
    );
    if (clock.ticks >= untilTicks && !this.#isBusy) {
      this.end();
      return;
    }
    this.#timer = clock.setTimer(
      () => {
        this.watch();
      },
      Math.max(1000, untilTicks - clock.ticks),
    );
  }

  private end(): void {
    if (this.#timer !== undefined) this.meter.hardware.clock.clearTimer(this.#timer);
    this.#serial?.close();
    this.#serial = undefined;
    this.settle();
    this.#onEnd?.({ wasUsed: this.#wasUsed, sleepUntilTicks: this.#sleepUntilTicks });
  }

  /** Puts down what the visit has cost in place of what it was booked at. */
  private settle(): void {
    const { access } = this.meter;
    const { ticks } = this;
    access.budgetFullTicks = this.#fullTicks;
    if (!this.access.isTrusted) spendBudget(access, ticks, ticks - this.#strangerTicks + wakeMilliseconds);
  }
}
