const timeTrusts = Object.freeze(["unset", "estimated", "network"]);

/** The SDK counts delays in 32 bits (`modules/base/timer/modTimer.h`): longer ones go in steps of this, 12 days. */
const longestStepMilliseconds = 0x40000000;

class Epoch {
  static get offset() {
    return native("xs_tally_clock_epochOffset").call(this);
  }
  static get trust() {
    return native("xs_tally_clock_trust").call(this);
  }
  static set(offset, trust) {
    native("xs_tally_clock_setEpochOffset").call(this, offset, trust);
  }
}

class ChipTimer extends Native("xs_tally_clock_destructor") {
  constructor(callback, delayMilliseconds) {
    super();
    native("xs_tally_clock_start").call(this, callback, delayMilliseconds);
  }
  stop() {
    native("xs_tally_clock_stop").call(this);
  }
}

export class ChipClock {
  #timers = new Map();
  #lastHandle = 0;

  get ticks() {
    return native("xs_tally_clock_ticks").call(this);
  }

  get wallTime() {
    return {
      epochMilliseconds: this.ticks + Epoch.offset,
      trust: timeTrusts[Epoch.trust] ?? "unset",
    };
  }

  setWallTime(epochMilliseconds, trust) {
    if (!Number.isSafeInteger(epochMilliseconds) || epochMilliseconds < 0)
      throw new RangeError("epochMilliseconds must be an integer of at least 0");
    const trustIndex = timeTrusts.indexOf(trust);
    if (trustIndex < 0) throw new RangeError(`trust must be one of ${timeTrusts.join(", ")}`);
    Epoch.set(epochMilliseconds - this.ticks, trustIndex);
  }

  setTimer(callback, delayMilliseconds) {
    if (!Number.isFinite(delayMilliseconds) || delayMilliseconds < 0)
      throw new RangeError("delayMilliseconds must be at least 0");
    const handle = ++this.#lastHandle;
    this.#start(handle, callback, Math.ceil(delayMilliseconds));
    return handle;
  }

  clearTimer(handle) {
    this.#timers.get(handle)?.stop();
    this.#timers.delete(handle);
  }

  #start(handle, callback, delayMilliseconds) {
    const step = Math.min(delayMilliseconds, longestStepMilliseconds);
    const fire = () => {
      this.#timers.delete(handle);
      if (step < delayMilliseconds) this.#start(handle, callback, delayMilliseconds - step);
      else callback();
    };
    this.#timers.set(handle, new ChipTimer(fire, step));
  }
}
