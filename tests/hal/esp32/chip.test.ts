import { beforeEach, describe, expect, it, jest } from "@jest/globals";
import { NativeDouble } from "./native-double.js";

const chip = new NativeDouble();
chip.install();

/** The SDK's module, in whose cipher and digest only the way they are called matters here. */
const crypt = {
  BlockCipher: class {
    constructor(_name: string, key: ArrayBuffer) {
      if (!(key instanceof ArrayBuffer)) throw new TypeError("the SDK's cipher takes buffers only");
    }
    encrypt(block: ArrayBuffer): ArrayBuffer {
      return block.slice(0);
    }
  },
  Digest: class {
    #byteLength = 0;
    write({ byteLength }: Uint8Array): void {
      this.#byteLength += byteLength;
    }
    close(): ArrayBuffer {
      return Uint8Array.of(this.#byteLength).buffer;
    }
  },
};
jest.unstable_mockModule("crypt", () => crypt, { virtual: true });

const { ChipBoot } = await import("../../../hal/esp32/boot/boot.js");
const { ChipClock } = await import("../../../hal/esp32/clock/clock.js");
const { ChipCrypto } = await import("../../../hal/esp32/crypto/crypto.js");
const { noteFailures, takeFailure } = await import("../../../hal/esp32/failure/failure.js");
const { ChipPower } = await import("../../../hal/esp32/power/power.js");
const { ChipWatchdog } = await import("../../../hal/esp32/watchdog/watchdog.js");

beforeEach(() => {
  chip.reset();
  for (const name of ["analog", "digital"]) chip.define(`xs_tally_${name}_isOpen`, () => true);
});

describe("the clock", () => {
  /** Timers as C has them: the callback and the delay of each that runs. */
  const running = new Map<object, { callback: () => void; delayMilliseconds: number }>();

  function fireNext(): number {
    const [next] = running;
    if (!next) throw new Error("no timer runs");
    const [timer, { callback, delayMilliseconds }] = next;
    running.delete(timer);
    callback();
    return delayMilliseconds;
  }

  beforeEach(() => {
    running.clear();
    chip.define("xs_tally_clock_ticks", () => 5000);
    chip.define("xs_tally_clock_start", (self, callback, delay) => {
      running.set(self, { callback: callback as () => void, delayMilliseconds: delay as number });
    });
    chip.define("xs_tally_clock_stop", (self) => running.delete(self));
  });

  it("keeps wall time as what it is ahead of the ticks", () => {
    let kept: readonly unknown[] = [0, 0];
    chip.define("xs_tally_clock_setEpochOffset", (_self, ...values) => (kept = values));
    chip.define("xs_tally_clock_epochOffset", () => kept[0]);
    chip.define("xs_tally_clock_trust", () => kept[1]);
    const clock = new ChipClock();
    expect(clock.wallTime).toEqual({ epochMilliseconds: 5000, trust: "unset" });
    clock.setWallTime(1_800_000_000_000, "network");
    chip.define("xs_tally_clock_ticks", () => 7000);
    expect(clock.wallTime).toEqual({ epochMilliseconds: 1_800_000_002_000, trust: "network" });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuses the wall time %d", (epochMilliseconds) => {
    expect(() => {
      new ChipClock().setWallTime(epochMilliseconds, "network");
    }).toThrow(RangeError);
    expect(chip.names).not.toContain("xs_tally_clock_setEpochOffset");
  });

  it("fires a timer once", () => {
    const callback = jest.fn();
    new ChipClock().setTimer(callback, 1.2);
    expect(fireNext()).toBe(2);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(running.size).toBe(0);
  });

  it("takes a delay beyond 32 bits in steps that add up to it", () => {
    const callback = jest.fn();
    const delay = 2 ** 32 + 7;
    new ChipClock().setTimer(callback, delay);
    let total = 0;
    while (callback.mock.calls.length === 0) total += fireNext();
    expect(total).toBe(delay);
  });

  it("clears a timer in any of its steps, and ignores one that is gone", () => {
    const callback = jest.fn();
    const clock = new ChipClock();
    const handle = clock.setTimer(callback, 2 ** 32);
    fireNext();
    clock.clearTimer(handle);
    clock.clearTimer(handle);
    expect(running.size).toBe(0);
    expect(callback).not.toHaveBeenCalled();
  });

  it.each([-1, Number.POSITIVE_INFINITY, Number.NaN])("refuses the delay %d", (delay) => {
    expect(() => new ChipClock().setTimer(() => undefined, delay)).toThrow(RangeError);
    expect(chip.names).toEqual([]);
  });
});

describe("power", () => {
  const wiring = {
    battery: { gpio: 0, multiplier: 3, divisor: 2, enable: 9, settleMicroseconds: 400 },
    supplyWarning: 10,
    serviceButton: 1,
    sleep: "deep",
  } as const;

  it("measures the battery through its divider, connected for that long only", () => {
    chip.define("xs_tally_analog_read", () => 1201);
    const power = new ChipPower(wiring);
    chip.calls = [];
    expect(power.batteryMillivolts).toBe(1802);
    const calls = chip.calls.filter(({ name }) => name !== "xs_tally_analog_isOpen");
    expect(calls.map(({ name, values }) => [name, ...values])).toEqual([
      ["xs_tally_analog_open", 0, 3],
      ["xs_tally_digital_write", 1],
      ["xs_tally_power_wait", 400],
      ["xs_tally_analog_read"],
      ["xs_tally_digital_write", 0],
      ["xs_tally_analog_close"],
    ]);
  });

  it.each(["xs_tally_analog_open", "xs_tally_analog_read"])(
    "knows no battery that can't be measured, and goes on (%s fails)",
    (name) => {
      chip.define(name, () => {
        throw new Error("the converter fails");
      });
      const power = new ChipPower(wiring);
      chip.calls = [];
      expect(power.batteryMillivolts).toBe(0);
      const switched = chip.calls.filter((call) => call.name === "xs_tally_digital_write");
      expect(switched.map(({ values }) => values).at(-1) ?? [0]).toEqual([0]);
    },
  );

  it("names each wake cause", () => {
    const power = new ChipPower(wiring);
    let cause = 0;
    chip.define("xs_tally_power_wakeCause", () => cause);
    const names = Array.from({ length: 7 }, (_, index) => {
      cause = index;
      return power.wakeCause;
    });
    expect(names).toEqual(["power-on", "timer", "pulses", "service", "brown-out", "watchdog", "software"]);
  });

  it("sleeps as asked, with the button only when it is wanted", () => {
    const power = new ChipPower(wiring);
    power.sleep({ untilTicks: 3_600_000, afterPulses: 100, onServiceButton: true });
    power.sleep({ untilTicks: 2 ** 40, afterPulses: 0, onServiceButton: false });
    expect(chip.valuesOf("xs_tally_power_sleep")).toEqual([
      [3_600_000, 100, 1, false],
      [2 ** 40, 0, -1, false],
    ]);
  });

  it.each([{ untilTicks: -1 }, { untilTicks: 0.5 }, { afterPulses: Number.NaN }])(
    "refuses to sleep with %j",
    (wrong) => {
      const power = new ChipPower(wiring);
      expect(() => {
        power.sleep({ untilTicks: 0, afterPulses: 0, onServiceButton: false, ...wrong });
      }).toThrow(RangeError);
      expect(chip.names).not.toContain("xs_tally_power_sleep");
    },
  );

  it("warns once of a falling supply, whoever listens by then", () => {
    let level = 1;
    chip.define("xs_tally_digital_read", () => level);
    const power = new ChipPower(wiring);
    const onReadable = chip.valuesOf("xs_tally_digital_openInput")[0]?.[3] as () => void;
    const onBrownOut = jest.fn();
    power.onBrownOut = onBrownOut;
    level = 0;
    onReadable();
    expect(onBrownOut).not.toHaveBeenCalled();
    level = 1;
    onReadable();
    onReadable();
    expect(onBrownOut).toHaveBeenCalledTimes(1);
  });

  it("says why a wiring does not work on this chip, and opens no pin", () => {
    chip.define("xs_tally_power_prepare", () => "the service button's pin cannot wake this chip");
    expect(() => new ChipPower(wiring)).toThrow(
      new RangeError("the service button's pin cannot wake this chip"),
    );
    expect(chip.names).toEqual(["xs_tally_power_prepare"]);
  });

  it("retains a memory of one size only", () => {
    chip.define("xs_tally_power_retainedByteLength", () => 240);
    const { retained } = new ChipPower(wiring);
    expect(() => {
      retained.write(new Uint8Array(511));
    }).toThrow(RangeError);
    expect(() => {
      retained.read(new Uint8Array(513));
    }).toThrow(RangeError);
    expect(chip.names).not.toContain("xs_tally_power_writeRetained");
  });
});

describe("failures", () => {
  const abort = (reason: string, error: unknown): unknown =>
    (globalThis as unknown as { abort: (reason: string, error: unknown) => unknown }).abort(reason, error);

  function errorWithStack(stack: string): Error {
    const error = new RangeError("total went backwards");
    error.stack = `RangeError: total went backwards${stack}`;
    return error;
  }

  beforeEach(() => {
    noteFailures();
    chip.calls = [];
  });

  it.each([
    ["a build for debugging", "\n at append (/firmware/legal/register/journal.js:120)\n at run (/m.js:3)"],
    ["an anonymous function within", "\n at ()\n at append (/firmware/legal/register/journal.js:120)"],
  ])("name the module and the line in %s", (_build, stack) => {
    abort("unhandled exception", errorWithStack(stack));
    expect(chip.valuesOf("xs_tally_failure_note")).toEqual([
      ["/firmware/legal/register/journal.js:120", "RangeError: total went backwards"],
    ]);
  });

  it("name the function where a build knows no more", () => {
    abort("unhandled exception", errorWithStack("\n at append ()\n at run ()"));
    expect(chip.valuesOf("xs_tally_failure_note")[0]?.[0]).toBe("append");
  });

  it("keep the end of a long path and the beginning of a long message", () => {
    const error = errorWithStack(`\n at f (/${"long/".repeat(20)}module.js:7)`);
    error.message = "x".repeat(200);
    abort("unhandled exception", error);
    const [module, reason] = chip.valuesOf("xs_tally_failure_note")[0] as [string, string];
    expect(module).toHaveLength(47);
    expect(module).toMatch(/long\/module\.js:7$/);
    expect(reason).toHaveLength(99);
  });

  it("blame the engine for what it gives up by itself", () => {
    abort("memory full", undefined);
    expect(chip.valuesOf("xs_tally_failure_note")).toEqual([["engine", "memory full"]]);
  });

  it("take in whatever was thrown", () => {
    abort("unhandled rejection", "no text");
    expect(chip.valuesOf("xs_tally_failure_note")).toEqual([["engine", "unhandled rejection: no text"]]);
  });

  it("let the engine restart the chip", () => {
    expect(abort("unhandled exception", errorWithStack(""))).toBeUndefined();
  });

  it("are told once", () => {
    let reason: string | undefined = "memory full";
    chip.define("xs_tally_failure_reason", () => reason);
    chip.define("xs_tally_failure_module", () => "engine");
    chip.define("xs_tally_failure_clear", () => (reason = undefined));
    expect(takeFailure()).toEqual({ module: "engine", reason: "memory full" });
    expect(takeFailure()).toBeUndefined();
  });
});

describe("the watchdog", () => {
  it("takes whole seconds up to an hour", () => {
    new ChipWatchdog().feed(3600);
    expect(chip.valuesOf("xs_tally_watchdog_feed")).toEqual([[3600]]);
  });

  it.each([0, 3601, 1.5])("refuses %d s", (timeoutSeconds) => {
    expect(() => {
      new ChipWatchdog().feed(timeoutSeconds);
    }).toThrow(RangeError);
    expect(chip.names).toEqual([]);
  });
});

describe("the boot slots", () => {
  it("say so when the chip cannot mark an image", () => {
    chip.define("xs_tally_boot_markValid", () => false);
    expect(() => {
      new ChipBoot().markValid();
    }).toThrow("cannot be marked valid");
  });

  it("say so when there is nothing to roll back to", () => {
    expect(() => {
      new ChipBoot().rollBack();
    }).toThrow("no valid image");
  });
});

describe("cryptography", () => {
  it("gives the SDK's cipher the bytes of a view, not the buffer around it", () => {
    const around = Uint8Array.from({ length: 40 }, (_, index) => index);
    const block = around.subarray(8, 24);
    expect(new ChipCrypto().encryptAes128Block(around.subarray(0, 16), block)).toEqual(block.slice());
  });

  it("refuses keys and blocks that are not 16 bytes", () => {
    const sixteen = new Uint8Array(16);
    expect(() => new ChipCrypto().encryptAes128Block(sixteen, new Uint8Array(15))).toThrow(RangeError);
    expect(() => new ChipCrypto().encryptAes128Block(new Uint8Array(32), sixteen)).toThrow(RangeError);
  });

  it("digests the message as it is", () => {
    expect(new ChipCrypto().sha256(new Uint8Array(50).subarray(3))).toEqual(Uint8Array.of(47));
  });

  it("fills at most 256 bytes with random ones", () => {
    new ChipCrypto().fillRandom(new Uint8Array(256));
    expect(() => {
      new ChipCrypto().fillRandom(new Uint8Array(257));
    }).toThrow(RangeError);
    expect(chip.valuesOf("xs_tally_crypto_fillRandom")).toHaveLength(1);
  });
});
