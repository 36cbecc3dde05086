import type { Scheduled, Scheduler } from "../../kernel/world.js";
import type { BoardBattery, ProcessorTraits } from "./parts.js";

/** The chip's processor, without power, asleep, starting or running, and what it draws meanwhile. */
export class Processor {
  #state: "off" | "asleep" | "starting" | "running" = "off";
  #model: ProcessorTraits;
  #battery: BoardBattery;
  #scheduler: Scheduler;
  #start: Scheduled | undefined;
  #startMicroseconds = 0;
  #awakeMicroseconds = 0;
  #enteredMicroseconds = 0;

  constructor(model: ProcessorTraits, battery: BoardBattery, scheduler: Scheduler) {
    this.#model = model;
    this.#battery = battery;
    this.#scheduler = scheduler;
  }

  /** False before the battery is connected and while it is out. */
  get isPowered(): boolean {
    return this.#state !== "off";
  }

  get isAsleep(): boolean {
    return this.#state === "asleep";
  }

  get isStarting(): boolean {
    return this.#state === "starting";
  }

  /** An application runs. */
  get isRunning(): boolean {
    return this.#state === "running";
  }

  /**
   * How long it ran: the time of starts and waits, which passes, and that of instructions, which takes none in the
   * simulator: as long as what a start and an ordinary run draw lasts at the running current.
   */
  get awakeSeconds(): number {
    return (this.#awakeMicroseconds + this.#sinceEntered) / 1e6;
  }

  get #sinceEntered(): number {
    const isAwake = this.isStarting || this.isRunning;
    return isAwake ? this.#scheduler.nowMicroseconds - this.#enteredMicroseconds : 0;
  }

  /** How long the start took that was begun last. */
  get startMicroseconds(): number {
    return this.#startMicroseconds;
  }

  /**
   * Begins a start, whatever it did before; `begin` is called when the application's first instruction comes, at once
   * where it `isQuick`, for then the processor has kept its memory.
   */
  start(isQuick: boolean, begin: () => void): void {
    const { startMicroseconds, startMicrocoulombs, runningMilliamperes } = this.#model;
    const delay = isQuick ? 0 : startMicroseconds;
    this.#startMicroseconds = delay;
    this.#enter("starting", 0, runningMilliamperes);
    this.#battery.drawCharge("processor", startMicrocoulombs);
    this.#awakeMicroseconds += (startMicrocoulombs / runningMilliamperes) * 1000;
    const run = (): void => {
      this.#state = "running";
      begin();
    };
    if (delay === 0) run();
    else this.#start = this.#scheduler.schedule(delay, run);
  }

  sleep(): void {
    this.#enter("asleep", this.#model.asleepMilliamperes, 0);
  }

  loseSupply(): void {
    this.#enter("off", 0, 0);
  }

  #enter(
    state: "off" | "asleep" | "starting",
    asleepMilliamperes: number,
    runningMilliamperes: number,
  ): void {
    this.#scheduler.cancel(this.#start);
    this.#start = undefined;
    this.#awakeMicroseconds += this.#sinceEntered;
    this.#enteredMicroseconds = this.#scheduler.nowMicroseconds;
    this.#state = state;
    this.#battery.setLoad("sleep", asleepMilliamperes);
    this.#battery.setLoad("processor", runningMilliamperes);
  }
}
