import { createHmac } from "node:crypto";
import type { Hardware } from "../../hal/hardware.js";
import type { SleepRequest, WakeCause } from "../../hal/power.js";
import type { Serial, SerialOptions } from "../../hal/serial.js";
import type { Modem } from "../../drivers/nb-iot/modem.js";
import type { CommandName } from "../../firmware/contracts/service-commands.js";
import { openLine, sealLine } from "../../firmware/contracts/service-line.js";
import { authenticationLabel, unlockLabel } from "../../firmware/contracts/service-protocol.js";
import type { DutyDeclaration } from "../../firmware/duties/duty.js";
import { EventLog } from "../../firmware/events/event-log.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { Meter } from "../../firmware/meter.js";
import { water } from "../../firmware/products/water.js";
import { SettingsStore } from "../../firmware/settings/settings-store.js";
import { RetainedSlices } from "../../firmware/storage/retained-slices.js";
import { storageOn } from "../../sim/run/flash/flash-access.js";
import { settle, VirtualClock } from "../virtual-clock.js";
import { FakeFlash } from "./fake-flash.js";
import { FakeCrypto, FakeFlashChip, FakePower, FakePulseInput, sealedChip } from "./fake-hardware.js";

export const keys = { deviceKey: "d0".repeat(16), serviceKey: "5e".repeat(16), unlockKey: "0c".repeat(16) };

/** An answer of the service port: `result` or `error`. */
export interface Answer {
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: number };
}

const sectors = { journal: 8, intervals: 16, days: 6, months: 6, events: 6, settings: 6 };

/** The whole meter with one duty of the test, in the contact's place, and somebody at the other end of its service line. */
export class VisitBench {
  readonly clock = new VirtualClock();
  readonly power = new FakePower();
  readonly input = new FakePulseInput();
  readonly flash = new FakeFlashChip({ ...sectors, delivery: 4, failures: 6, scratch: 2 });
  /** Ticks at which the watchdog was fed. */
  readonly feeds: number[] = [];
  readonly seal = { isSealed: false, burns: true, burn: () => (this.seal.isSealed ||= this.seal.burns) };
  /** How often the duty ran. */
  dutyRuns = 0;
  dutyDueTicks = Infinity;
  /** What the duty does, if anything. */
  duty: () => Promise<void> = () => Promise.resolve();
  modem: Partial<Modem> = {};
  /** Of the run under way, or of the last. */
  meter!: Meter;
  /** The lines of the present visit, in their order. */
  readonly lines: string[] = [];
  #port: SerialOptions | undefined;
  #incoming: Uint8Array | undefined;
  #id = 0;

  /** A run from wake to sleep, up to where it waits for time to pass. */
  start(cause: WakeCause): Promise<SleepRequest> {
    this.power.wakeCause = cause;
    const { modem } = this;
    const Modem = function () {
      return modem;
    } as unknown as new () => Modem;
    this.meter = new Meter(this.#hardware, { product: water, Modem, duties: [this.#declaration] });
    this.meter.begin();
    return (async () => {
      await this.meter.doWhatIsDue();
      return this.meter.end();
    })();
  }

  /** A whole run in which nobody says anything. */
  run(cause: WakeCause): Promise<SleepRequest> {
    return this.clock.until(this.start(cause));
  }

  /** A run in which `visit` is what happens at the service port; it ends by the visitor's silence. */
  async visit(cause: WakeCause, visit: () => Promise<void>): Promise<SleepRequest> {
    const run = this.start(cause);
    await settle();
    await visit();
    return this.clock.until(run);
  }

  get isListening(): boolean {
    return this.#port !== undefined;
  }

  send(text: string): void {
    this.#incoming = Buffer.from(text, "latin1");
    this.#port?.onReadable(this.#incoming.byteLength);
  }

  /** The line's hardware was too slow for what came in, and says so. */
  loseBytes(): void {
    this.#port?.onError?.(new Error("bytes were lost"));
  }

  /** Gives a command and waits a moment for its answer, or for as long as it takes. */
  async ask(method: CommandName, params?: object, milliseconds = 0): Promise<Answer> {
    const id = ++this.#id;
    this.send(`${sealLine(JSON.stringify({ jsonrpc: "2.0", id, method, params }))}\r\n`);
    await this.clock.advance(milliseconds);
    const line = this.lines.find((each) => each.includes(`"id":${id},`));
    if (line === undefined) throw new Error(`no answer to ${method}`);
    return JSON.parse(openLine(line) ?? "null") as Answer;
  }

  async provision(): Promise<void> {
    await this.ask("writeSerial", { serialNumber: "W7" });
    await this.ask("writeCalibration", { pulseWeightMillilitres: 1000 });
    await this.ask("writeKeys", keys);
  }

  /** A visit that makes and locks a meter. */
  async makeSealed(): Promise<void> {
    await this.visit("power-on", async () => {
      await this.provision();
      await this.ask("lock");
    });
  }

  async authenticate(key = keys.serviceKey): Promise<Answer> {
    const challenge = (await this.ask("challenge")).result?.["challenge"] as string;
    const response = createHmac("sha256", Buffer.from(key, "hex"))
      .update(authenticationLabel + sealedChip.hardwareId)
      .update(Buffer.from(challenge, "hex"))
      .digest("hex");
    return this.ask("authenticate", { response });
  }

  unlock(counter: number): Promise<Answer> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(counter);
    const token = createHmac("sha256", Buffer.from(keys.unlockKey, "hex"))
      .update(unlockLabel + sealedChip.hardwareId)
      .update(bytes)
      .digest("hex");
    return this.ask("unlock", { counter, token });
  }

  /** From now on that partition takes no record, or takes them again; `from` is the first program that it refuses. */
  refuse(partition: string, isRefused = true, from = 1): void {
    let programs = 0;
    this.flash.partition(partition).onStep = ({ kind }) =>
      isRefused && kind === "program" && ++programs >= from ? "refused" : undefined;
  }

  get retained(): RetainedSlices {
    return new RetainedSlices(this.power.retained, "timer");
  }

  /** As the next start will find it. */
  get store(): SettingsStore {
    return new SettingsStore(storageOn(this.#copy("settings")));
  }

  get journal(): Journal {
    return new Journal(storageOn(this.#copy("journal")));
  }

  /** Each with its detail, oldest first. */
  get events(): string[] {
    const events: string[] = [];
    new EventLog(storageOn(this.#copy("events")), { crypto: new FakeCrypto("reader") }).visitFrom(
      0,
      ({ event, detail }) => events.push(`${event} ${detail}`) > 0,
    );
    return events;
  }

  #copy(partition: string): FakeFlash {
    const { image } = this.flash.partition(partition).nor;
    return new FakeFlash(image.length / 4096, image);
  }

  get #declaration(): DutyDeclaration {
    return {
      name: "contact",
      followsVisit: true,
      create: () => {
        const nextTicks = (): number => this.dutyDueTicks;
        const isDue = (): boolean => this.clock.ticks >= this.dutyDueTicks;
        return {
          get isDue() {
            return isDue();
          },
          get nextTicks() {
            return nextTicks();
          },
          run: () => {
            this.dutyRuns++;
            this.dutyDueTicks = Infinity;
            return this.duty();
          },
        };
      },
    };
  }

  get #hardware(): Hardware {
    const { power, flash, clock, seal } = this;
    const open = (options: SerialOptions): Serial => this.#openPort(options);
    const io = function (options: SerialOptions) {
      return open(options);
    } as unknown as new (options: SerialOptions) => Serial;
    return {
      serialNumber: "26030001",
      ...sealedChip,
      ...{ clock, power, flash, seal, pulseInput: this.input.connection, crypto: new FakeCrypto("meter") },
      watchdog: { feed: () => this.feeds.push(clock.ticks) },
      boot: { imageHash: "" } as Hardware["boot"],
      modem: {} as Hardware["modem"],
      service: { io, port: "service", baud: 115_200 },
      valve: undefined,
    };
  }

  #openPort(options: SerialOptions): Serial {
    this.#port = options;
    this.lines.length = 0;
    return {
      read: () => this.#incoming,
      write: (bytes) => this.lines.push(Buffer.from(bytes).toString("latin1").trimEnd()),
      close: () => (this.#port = undefined),
    };
  }
}
