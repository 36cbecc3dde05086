import {
  Operation,
  type PortCall,
  PortEvent,
  type PortResult,
  resetCauses,
  retainedByteLength,
  wakeCauses,
} from "../boundary/port.js";
import type { ChipSocket, SleepingChip } from "../boundary/chip-socket.js";
import { PowerCut } from "../boundary/power-cut.js";
import type { Random } from "../../kernel/random.js";
import type { Trace } from "../../kernel/trace.js";
import type { Scheduled, Scheduler } from "../../kernel/world.js";
import type { WakeCause } from "../../../hal/power.js";
import { ApplicationFault } from "./application-fault.js";
import { type BoardOperations, createOperations } from "./operations.js";
import { NativeDecoder } from "./native-decoder.js";
import type { BoardContacts, BoardParts } from "./parts.js";
import { Pins } from "./pins.js";
import { Processor } from "./processor.js";
import { Uart } from "./uart.js";

/** One event on its way to the application. */
export interface BoardEvent {
  readonly event: number;
  readonly a: number;
  readonly b: number;
}

/** Watches the boundary from outside the application. */
export interface CallTap {
  /** Before an operation is carried out. Power that fails here (`powerOff` or `reset`) must throw a `PowerCut`. */
  before(operation: number, a: number, b: number, c: number, bytes: Uint8Array | undefined): void;
  /** After it was carried out, still at the same moment. */
  after(operation: number, a: number, b: number, bytes: Uint8Array | undefined, result: PortResult): void;
}

/** From this number on events are between the board and its chip, and none of the boundary. */
const firstChipEvent = 200;

/**
 * The meter's board: the chip with its low-power domain, its pins and ports, and what is soldered to them. It
 * carries out the operations that cross the boundary and collects the events that cross it the other way.
 */
export class Board implements ChipSocket {
  readonly pins = new Pins();
  readonly parts: BoardParts;
  readonly processor: Processor;
  readonly timers = new Map<number, Scheduled>();
  readonly retained = new Uint8Array(retainedByteLength);
  readonly uarts = new Map<string, Uart>();
  tap: CallTap | undefined;
  /** Called when the application has programmed flash, with the partition's number. */
  onProgram: ((partition: number) => void) | undefined;
  chip: SleepingChip | undefined;
  wakes = 0;
  resets = 0;
  wakeCause: WakeCause = "power-on";
  /** Pulses counted that end the present sleep; undefined when none do. */
  #wakeAtPulses: number | undefined;
  #wakeOnService = false;
  #isSleepRequested = false;
  #stubUntilMicroseconds = -Infinity;
  #lastHandle = 0;
  #events: BoardEvent[] = [];
  #wakeTimer: Scheduled | undefined;
  #watchdog: Scheduled | undefined;
  #operations: BoardOperations;
  #scheduler: Scheduler;
  #trace: Trace;
  /** What the low-power memory holds when it gets power. */
  #noise: Random;
  #fault: ApplicationFault | undefined;
  #contacts: BoardContacts | undefined;
  #nativeDecoder: NativeDecoder | undefined;

  constructor(parts: BoardParts, scheduler: Scheduler, trace: Trace) {
    this.parts = parts;
    this.#noise = parts.random.fork("retained memory");
    this.#scheduler = scheduler;
    this.#trace = trace;
    this.processor = new Processor(parts.model, parts.battery, scheduler);
    this.uarts.set("modem", this.#createUart());
    this.uarts.set("service", this.#createServiceUart());
    this.#operations = createOperations(this);
    parts.pulses.onCount = (total) => {
      if (!this.processor.isAsleep) return;
      if (this.chip) this.chip.count();
      else if (this.#wakeAtPulses !== undefined && total >= this.#wakeAtPulses) this.wake("pulses");
    };
    parts.pulses.onEdge = (atMicroseconds) => {
      this.#startStub(atMicroseconds);
    };
    parts.battery.onBrownOut = this.warnOfBrownOut.bind(this);
  }

  /** The engine's program decodes the contacts too: it is told what they do. To be called before the power comes. */
  followContacts(): void {
    this.#nativeDecoder = new NativeDecoder(this.parts.pulses.record());
  }

  /** The application runs: no longer in sleep or in a start. */
  get isAwake(): boolean {
    return this.processor.isRunning;
  }

  get ticks(): number {
    return this.parts.clock.ticks;
  }

  get scheduler(): Scheduler {
    return this.#scheduler;
  }

  /** The battery is connected: clock, counters and memory of the low-power domain begin anew. */
  powerOn(): void {
    this.parts.clock.restart();
    this.parts.pulses.powerLost();
    this.#noise.fill(this.retained);
    this.wake("power-on");
  }

  /** The battery is taken out: the application is gone at once, and nothing counts until it is back. */
  powerOff(): void {
    this.#leave();
    this.#stopWaiting();
    this.chip?.halt();
    this.processor.loseSupply();
  }

  /** The chip is reset, asleep or awake; the low-power domain keeps its power. Nothing happens without a battery. */
  reset(cause: "brown-out" | "watchdog" | "software"): void {
    if (this.processor.isPowered) this.wake(cause);
  }

  /** The supply falls below the warning level: the application, if it runs, has some milliseconds left. */
  warnOfBrownOut(): void {
    if (this.parts.model.hasSupplyWarning) this.push(PortEvent.brownOut);
  }

  /** Starts the application with the given cause. Until it runs nobody hears what happens on the board's lines. */
  wake(cause: WakeCause): void {
    const { sleepsLightly, stub, startMicroseconds } = this.parts.model;
    const isQuick = sleepsLightly && this.processor.isAsleep;
    // What polls in sleep goes on through a start, but is not there before the first.
    const isBlind = cause === "power-on" || (stub !== undefined && !isQuick);
    const mark = cause === "timer" && !isBlind ? (this.#wakeAtPulses ?? Infinity) : Infinity;
    this.#leave();
    this.#stopWaiting();
    this.chip?.halt();
    this.wakes++;
    this.wakeCause = cause;
    if (resetCauses.includes(cause)) this.resets++;
    if (isBlind) this.parts.pulses.rest(startMicroseconds);
    this.processor.start(isQuick, () => {
      // The chip asks the core that polls, which may have come to the mark meanwhile (hal/esp32/low-power/core-engine.c).
      if (this.parts.pulses.total >= mark) this.wakeCause = "pulses";
      this.push(PortEvent.wake, wakeCauses.indexOf(cause));
    });
  }

  /** Somebody presses the button on the case. */
  pressServiceButton(): void {
    if (this.chip) this.#look(true);
    else if (this.processor.isAsleep && this.#wakeOnService) this.wake("service");
  }

  /** The boundary: every operation of the application, recorded in the trace. */
  readonly call = (
    operation: number,
    a: number,
    b: number,
    c: number,
    bytes: Uint8Array | undefined,
  ): PortResult => {
    if (!this.isAwake) throw new PowerCut("the chip does not run");
    const answer = this.#nativeDecoder?.answer(operation, bytes);
    if (answer) return answer;
    const carryOut = this.#operations.get(operation);
    if (!carryOut) throw new ApplicationFault(`the application called unknown operation ${operation}`);
    this.#trace.call(this.ticks, operation, a, b, c, bytes);
    this.tap?.before(operation, a, b, c, bytes);
    const result = carryOut(a, b, c, bytes);
    this.#trace.result(result);
    this.tap?.after(operation, a, b, bytes, result);
    if (operation === Operation.flashProgram) this.onProgram?.(a);
    if (operation === Operation.pulseRead && this.#nativeDecoder) return this.#nativeDecoder.follow(result);
    return result;
  };

  readonly operate: PortCall = (operation, a, b, c, bytes) => {
    if (!this.isAwake) throw new PowerCut("the chip does not run");
    const carryOut = this.#operations.get(operation);
    if (!carryOut) throw new ApplicationFault(`the chip called unknown operation ${operation}`);
    this.tap?.before(operation, a, b, c, bytes);
    const result = carryOut(a, b, c, bytes);
    this.tap?.after(operation, a, b, bytes, result);
    return result;
  };

  noteCall(operation: number, a: number, b: number, c: number, bytes: Uint8Array | undefined): void {
    this.#trace.call(this.ticks, operation, a, b, c, bytes);
    // The chip keeps the date in memory of its own: who looks at the board's clock finds the same there.
    if (operation === Operation.setWallTime) this.operate(operation, a, b, c, bytes);
  }

  noteResult(result: PortResult): void {
    this.#trace.result(result);
  }

  get hasEvent(): boolean {
    return this.#events.length > 0;
  }

  /** The next event for the application, recorded as it is handed over; undefined when there is none. */
  takeEvent(): BoardEvent | undefined {
    const next = this.#events.shift();
    if (next && next.event < firstChipEvent) this.#trace.event(this.ticks, next.event, next.a, next.b);
    return next;
  }

  /** To be called when an event has been handled to its end. Returns true when the application is gone. */
  settle(): boolean {
    if (this.#fault) throw this.#fault;
    if (!this.#isSleepRequested) return !this.isAwake;
    this.#leave();
    this.processor.sleep();
    // Pulses and a press of the button between the request and the sleep itself must not be missed.
    if (this.#wakeAtPulses !== undefined && this.parts.pulses.total >= this.#wakeAtPulses)
      this.wake("pulses");
    return true;
  }

  push(event: number, a = 0, b = 0): void {
    if (this.isAwake) this.#events.push({ event, a, b });
  }

  readonly nextHandle = (): number => ++this.#lastHandle;

  requestSleep(untilTicks: number, afterPulses: number, onServiceButton: boolean): void {
    this.#isSleepRequested = true;
    this.#wakeAtPulses = afterPulses > 0 ? this.parts.pulses.total + afterPulses : undefined;
    this.#wakeOnService = onServiceButton;
    this.#wakeTimer = this.#scheduler.schedule(this.parts.clock.microsecondsUntil(untilTicks), () => {
      this.wake("timer");
    });
  }

  get wakeCauseNumber(): number {
    return wakeCauses.indexOf(this.wakeCause);
  }

  get startMicroseconds(): number {
    return this.processor.startMicroseconds;
  }

  get clockMicroseconds(): number {
    return this.parts.clock.microseconds;
  }

  takeContacts(byteLength: number): Uint8Array {
    this.#contacts ??= this.parts.pulses.watch(() => {
      if (this.processor.isAsleep) this.chip?.contact();
    });
    return this.#contacts.take(byteLength);
  }

  sleepChip(untilMicroseconds: number | undefined): void {
    this.#scheduler.cancel(this.#wakeTimer);
    this.#isSleepRequested = this.isAwake;
    if (untilMicroseconds === undefined) return;
    const delay = this.parts.clock.trueMicrosecondsUntil(untilMicroseconds);
    this.#wakeTimer = this.#scheduler.schedule(delay, () => {
      this.#look(false);
    });
  }

  startChip(cause: number): void {
    this.wake(wakeCauses[cause] ?? "power-on");
  }

  after(microseconds: number, action: () => void): void {
    this.#scheduler.schedule(microseconds, action);
  }

  feedWatchdog(timeoutSeconds: number): void {
    this.#scheduler.cancel(this.#watchdog);
    this.#watchdog = this.#scheduler.schedule(timeoutSeconds * 1e6, () => {
      this.wake("watchdog");
    });
  }

  /** An error that nobody handled: a broken invariant, which ends the run. */
  panic(text: string): void {
    this.#fault = new ApplicationFault(`the firmware failed: ${text}`);
  }

  #look(isButtonPressed: boolean): void {
    if (this.processor.isAsleep) this.chip?.look(isButtonPressed);
  }

  /** A contact has moved: where that starts a stub, it looks for a while, and bounces start no other. */
  #startStub(atMicroseconds: number): void {
    const { stub } = this.parts.model;
    if (!stub || !this.processor.isAsleep || atMicroseconds < this.#stubUntilMicroseconds) return;
    this.#stubUntilMicroseconds = atMicroseconds + stub.microseconds;
    this.parts.battery.drawCharge("wake stub", stub.microcoulombs);
  }

  /** Everything that the application held is gone: memory, timers, ports, events under way. */
  #leave(): void {
    this.#isSleepRequested = false;
    this.#scheduler.cancel(this.#watchdog);
    this.#watchdog = undefined;
    for (const timer of this.timers.values()) this.#scheduler.cancel(timer);
    this.timers.clear();
    this.#events = [];
    this.pins.closeAll();
    for (const uart of this.uarts.values()) uart.close();
  }

  /** Nothing that a sleep was to end with matters any more. */
  #stopWaiting(): void {
    this.#scheduler.cancel(this.#wakeTimer);
    this.#wakeTimer = undefined;
    this.#wakeAtPulses = undefined;
    this.#wakeOnService = false;
  }

  /** Its line pulls that of the service button low: the first edge wakes the chip, and is lost. */
  #createServiceUart(): Uart {
    const uart = this.#createUart();
    uart.onActivity = () => {
      this.pressServiceButton();
    };
    return uart;
  }

  #createUart(): Uart {
    return new Uart(
      (handle, byteLength) => {
        this.push(PortEvent.serialReadable, handle, byteLength);
      },
      (handle) => {
        this.push(PortEvent.serialError, handle);
      },
    );
  }
}
