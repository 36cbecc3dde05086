import { createHash } from "node:crypto";
import { NorFlash } from "../../sim/world/flash/nor-flash.js";
import { partitionTable } from "../../sim/run/initial-flash.js";
import { retainedByteLength } from "../../sim/chip/boundary/port.js";
import { NativeDouble } from "../hal/esp32/native-double.js";

/** `Power`'s wake causes by the number that C gives them. */
export const wakeNumbers = Object.freeze({ powerOn: 0, timer: 1, software: 6 });

export interface Sleep {
  readonly untilTicks: number;
  readonly afterPulses: number;
  /** GPIO number; -1 for none. */
  readonly serviceButton: number;
}

/** As much of the SDK's `crypt` as `ChipCrypto` calls. */
export const crypt = {
  BlockCipher: class {
    encrypt(): never {
      throw new Error("nothing under test encrypts");
    }
  },
  Digest: class {
    #hash = createHash("sha256");
    write(bytes: Uint8Array): void {
      this.#hash.update(bytes);
    }
    close(): ArrayBuffer {
      return new Uint8Array(this.#hash.digest()).buffer;
    }
  },
};

/** A whole chip behind the native modules: flash, counters, retained memory, one sleep at the end of a run. */
export class ChipDouble {
  readonly natives = new NativeDouble();
  readonly flash = new Map<string, NorFlash>();
  wakeNumber: number = wakeNumbers.powerOn;
  forwardPulses = 0;
  ticks = 0;
  retained = new Uint8Array(retainedByteLength);
  failure: { readonly module: string; readonly reason: string } | undefined;
  restarts = 0;
  sleeps: Sleep[] = [];

  constructor() {
    for (const { label, sectors } of [...partitionTable, { label: "identity", sectors: 1 }])
      this.flash.set(label, new NorFlash({ byteLength: sectors * 4096 }));
  }

  /** Defines what C would do; to be called before each run. */
  connect(): void {
    this.natives.reset();
    this.#connectFlash();
    this.#connectPower();
    const define = this.#define;
    for (const name of ["analog", "digital", "serial"]) define(`${name}_isOpen`, () => true);
    define("analog_read", () => 1800);
    define("pulse_hasLine", () => true);
    define("pulse_configure", () => true);
    define("pulse_read", (_self, buffer) => {
      new Uint32Array(buffer as ArrayBuffer)[0] = this.forwardPulses;
      return true;
    });
    define("clock_ticks", () => this.ticks);
    define("clock_epochOffset", () => 0);
    define("clock_trust", () => 0);
    define("failure_note", (_self, module, reason) => {
      this.failure = { module: module as string, reason: reason as string };
    });
    define("failure_module", () => this.failure?.module);
    define("failure_reason", () => this.failure?.reason);
    define("failure_clear", () => (this.failure = undefined));
    define("failure_restart", () => this.restarts++);
    define("fuses_isSealed", () => true);
    define("crypto_fillRandom", (_self, target) => (target as Uint8Array).fill(0x80));
  }

  #define = (name: string, body: Parameters<NativeDouble["define"]>[1]): void => {
    this.natives.define(`xs_tally_${name}`, body);
  };

  #connectFlash(): void {
    const opened = new WeakMap<object, NorFlash>();
    const at = (self: object): NorFlash => opened.get(self) as NorFlash;
    const define = this.#define;
    define("flash_open", (self, label) => {
      const flash = this.flash.get(label as string);
      if (flash) opened.set(self, flash);
    });
    define("flash_isOpen", (self) => opened.has(self));
    define("flash_byteLength", (self) => at(self).byteLength);
    define("flash_sectorByteLength", (self) => at(self).sectorByteLength);
    define("flash_programByteLength", () => 1);
    define("flash_read", (self, address, target) => {
      const bytes = target as Uint8Array;
      bytes.set(at(self).read(address as number, bytes.byteLength));
      return true;
    });
    define("flash_program", (self, address, bytes) =>
      at(self).program(address as number, bytes as Uint8Array),
    );
    define("flash_erase", (self, address) => at(self).erase(address as number));
  }

  #connectPower(): void {
    const define = this.#define;
    define("power_wakeCause", () => this.wakeNumber);
    define("power_retainedByteLength", () => this.retained.byteLength);
    define("power_readRetained", (_self, target) => {
      (target as Uint8Array).set(this.retained);
    });
    define("power_writeRetained", (_self, bytes) => (this.retained = (bytes as Uint8Array).slice()));
    define("power_sleep", (_self, untilTicks, afterPulses, serviceButton) => {
      const request = { untilTicks, afterPulses, serviceButton } as Sleep;
      this.sleeps.push(request);
    });
  }
}
