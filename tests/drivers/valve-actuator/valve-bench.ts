import type { Analog, AnalogOptions } from "../../../hal/analog.js";
import type { Clock, TimerHandle, WallTime } from "../../../hal/clock.js";
import type {
  DigitalInput,
  DigitalInputOptions,
  DigitalOutput,
  DigitalOutputOptions,
} from "../../../hal/digital.js";
import type { ValveConnection } from "../../../hal/hardware.js";
import { ValveActuator, type ValveActuatorOptions } from "../../../drivers/valve-actuator/valve-actuator.js";
import { BallValve } from "../../../sim/world/valve/valve.js";
import { type Scheduled, World } from "../../../sim/kernel/world.js";

const millivoltsPerMilliampere = 2;

/** A valve on a bench: the model, a HAL over it, and a watch on the bridge that never stops looking. */
export class ValveBench {
  readonly world = new World();
  readonly valve: BallValve;
  readonly openPins = new Set<string>();
  /** Times that the motor was switched on. */
  starts = 0;
  /** Set when both inputs of the bridge were on together. */
  wereBothOn = false;
  /** True to keep the edges of the limit switches from the driver, as a lost interrupt does. */
  losesEdges = false;
  /** What the next read of the current throws. */
  currentFault: Error | undefined;
  /** What a write of that level throws, once. */
  writeFault: { readonly level: 0 | 1; readonly error: Error } | undefined;
  readonly clock: WorldClock;
  #listeners = new Map<string, () => void>();

  constructor(initialAngle: number) {
    this.valve = new BallValve(this.world, initialAngle);
    this.clock = new WorldClock(this.world);
    this.valve.onDriveChange = (openLevel, closeLevel) => {
      if (openLevel === 1 && closeLevel === 1) this.wereBothOn = true;
      if (openLevel !== closeLevel) this.starts++;
    };
    this.valve.onLimitChange = (limit) => {
      const listener = this.#listeners.get(`${limit}-limit`);
      if (listener && !this.losesEdges) this.world.schedule(0, listener);
    };
  }

  actuator(options: Partial<ValveActuatorOptions> = {}): ValveActuator {
    return new ValveActuator({
      ...{
        connection: this.connection(),
        clock: this.clock,
        travelTimeoutSeconds: 10,
        stallMilliamperes: 100,
      },
      ...{ inrushMilliseconds: 200, samplePeriodMilliseconds: 20 },
      ...options,
    });
  }

  /** Runs the world until the promise settles. */
  async settle<Value>(promise: Promise<Value>): Promise<Value> {
    const progress = { isSettled: false };
    const done = (): void => {
      progress.isSettled = true;
    };
    promise.then(done, done);
    for (;;) {
      // An immediate runs only after every promise job has.
      await new Promise((resolve) => setImmediate(resolve));
      if (progress.isSettled) return promise;
      if (!this.world.step()) throw new Error("nothing will ever settle this promise");
    }
  }

  /** Runs the world up to `milliseconds` from now. */
  pass(milliseconds: number): void {
    const { world } = this;
    const until = world.nowMicroseconds + milliseconds * 1000;
    while ((world.nextMicroseconds ?? Infinity) <= until) world.step();
    world.nowMicroseconds = until;
  }

  connection(): ValveConnection {
    const output = outputClass(this);
    const input = inputClass(this, this.#listeners);
    return {
      openDrive: { io: output, pin: "open-drive" },
      closeDrive: { io: output, pin: "close-drive" },
      openLimit: { io: input, pin: "open-limit" },
      closeLimit: { io: input, pin: "close-limit" },
      current: { io: currentClass(this), pin: "current" },
      senseMillivoltsPerMilliampere: millivoltsPerMilliampere,
    };
  }

  acquire(pin: string): void {
    if (this.openPins.has(pin)) throw new Error(`pin "${pin}" is in use`);
    this.openPins.add(pin);
  }
}

function outputClass(bench: ValveBench): new (options: DigitalOutputOptions) => DigitalOutput {
  return class implements DigitalOutput {
    #pin: string;

    constructor({ pin, initial }: DigitalOutputOptions) {
      bench.acquire(pin);
      this.#pin = pin;
      this.write(initial);
    }

    write(level: 0 | 1): void {
      if (!bench.openPins.has(this.#pin)) throw new Error(`pin "${this.#pin}" is closed`);
      const fault = bench.writeFault;
      if (fault?.level === level) {
        bench.writeFault = undefined;
        throw fault.error;
      }
      bench.valve.setDrive(this.#pin === "open-drive" ? "open" : "close", level);
    }

    close(): void {
      if (bench.openPins.delete(this.#pin))
        bench.valve.setDrive(this.#pin === "open-drive" ? "open" : "close", 0);
    }
  };
}

function inputClass(
  bench: ValveBench,
  listeners: Map<string, () => void>,
): new (options: DigitalInputOptions) => DigitalInput {
  return class implements DigitalInput {
    #pin: string;

    constructor({ pin, onReadable }: DigitalInputOptions) {
      bench.acquire(pin);
      this.#pin = pin;
      if (onReadable) listeners.set(pin, onReadable);
    }

    read(): 0 | 1 {
      return bench.valve.limit(this.#pin === "open-limit" ? "open" : "close");
    }

    close(): void {
      bench.openPins.delete(this.#pin);
      listeners.delete(this.#pin);
    }
  };
}

function currentClass(bench: ValveBench): new (options: AnalogOptions) => Analog {
  return class implements Analog {
    #pin: string;

    constructor({ pin }: AnalogOptions) {
      bench.acquire(pin);
      this.#pin = pin;
    }

    read(): number {
      if (bench.currentFault) throw bench.currentFault;
      return bench.valve.currentMilliamperes * millivoltsPerMilliampere;
    }

    close(): void {
      bench.openPins.delete(this.#pin);
    }
  };
}

/** The HAL's clock on virtual time. */
class WorldClock implements Clock {
  readonly wallTime: WallTime = { epochMilliseconds: 0, trust: "unset" };
  #world: World;
  #timers = new Map<TimerHandle, Scheduled>();
  #lastTimer = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get ticks(): number {
    return Math.floor(this.#world.nowMicroseconds / 1000);
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  setWallTime(): void {
    throw new Error("nobody sets the time of a valve");
  }

  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle {
    const handle = ++this.#lastTimer;
    const fire = (): void => {
      this.#timers.delete(handle);
      callback();
    };
    this.#timers.set(handle, this.#world.schedule(delayMilliseconds * 1000, fire));
    return handle;
  }

  clearTimer(handle: TimerHandle): void {
    this.#world.cancel(this.#timers.get(handle));
    this.#timers.delete(handle);
  }
}
