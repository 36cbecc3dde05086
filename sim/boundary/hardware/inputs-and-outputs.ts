import type { Analog, AnalogConstructor, AnalogOptions } from "../../../hal/analog.js";
import type {
  DigitalInput,
  DigitalInputConstructor,
  DigitalInputOptions,
  DigitalOutput,
  DigitalOutputConstructor,
  DigitalOutputOptions,
} from "../../../hal/digital.js";
import type {
  FlashGeometry,
  FlashPartition,
  FlashPartitionConstructor,
  FlashPartitionOptions,
} from "../../../hal/flash.js";
import type {
  PulseInput,
  PulseInputConstructor,
  PulseInputOptions,
  PulseInputReading,
} from "../../../hal/pulse-input.js";
import type { Serial, SerialConstructor, SerialOptions } from "../../../hal/serial.js";
import { readUnsigned } from "../../../hal/bytes.js";
import type { Link } from "../link.js";
import { Operation, pulseSensors, serialParities } from "../port.js";
import { decodePulseReading, pulseReadingByteLength } from "../pulse-reading.js";

function requireRange(value: number, lowest: number, highest: number, name: string): void {
  if (!Number.isInteger(value) || value < lowest || value > highest)
    throw new RangeError(`${name} must be an integer from ${lowest} to ${highest}`);
}

function requireHandle(handle: unknown, kind: string, name: string): number {
  if (typeof handle !== "number") throw new Error(`${kind} "${name}" is unknown or in use`);
  return handle;
}

export function flashPartitionClass(link: Link): FlashPartitionConstructor {
  return class implements FlashPartition {
    readonly geometry: FlashGeometry;
    #partition: number;

    constructor({ partition }: FlashPartitionOptions) {
      const number = link.call(Operation.flashOpen, 0, 0, 0, partition);
      this.#partition = requireHandle(number, "flash partition", partition);
      const words = new Uint8Array(12);
      link.call(Operation.flashGeometry, this.#partition, 0, 0, words);
      this.geometry = {
        byteLength: readUnsigned(words, 0, 4),
        sectorByteLength: readUnsigned(words, 4, 4),
        programByteLength: readUnsigned(words, 8, 4),
      };
    }

    // The board itself refuses an access outside the geometry, as the chip's natives do.

    read(address: number, target: Uint8Array): boolean {
      return link.call(Operation.flashRead, this.#partition, address, target.length, target) === 1;
    }

    program(address: number, bytes: Uint8Array): boolean {
      return link.call(Operation.flashProgram, this.#partition, address, 0, bytes) === 1;
    }

    erase(address: number): boolean {
      return link.call(Operation.flashErase, this.#partition, address) === 1;
    }
  };
}

export function pulseInputClass(link: Link): PulseInputConstructor {
  return class implements PulseInput {
    #open = true;

    constructor(options: PulseInputOptions) {
      requireRange(options.debounceMilliseconds, 1, 50, "debounceMilliseconds");
      requireRange(options.magnetSeconds, 1, 3600, "magnetSeconds");
      const sensor = pulseSensors.indexOf(options.sensor);
      if (sensor < 0) throw new RangeError(`sensor must be one of ${pulseSensors.join(", ")}`);
      link.call(Operation.pulseOpen, sensor, options.debounceMilliseconds, options.magnetSeconds);
    }

    read(): PulseInputReading {
      const bytes = new Uint8Array(pulseReadingByteLength);
      link.call(Operation.pulseRead, 0, 0, 0, bytes);
      return decodePulseReading(bytes);
    }

    close(): void {
      if (!this.#open) return;
      this.#open = false;
      link.call(Operation.pulseClose);
    }
  };
}

export function serialClass(link: Link): SerialConstructor {
  return class implements Serial {
    #handle: number;
    #open = true;

    constructor(options: SerialOptions) {
      requireRange(options.baud, 300, 921600, "baud");
      const parity = serialParities.indexOf(options.parity);
      if (parity < 0) throw new RangeError(`parity must be one of ${serialParities.join(", ")}`);
      const handle = link.call(Operation.serialOpen, options.baud, parity, 0, options.port);
      this.#handle = requireHandle(handle, "serial port", options.port);
      link.listenSerial(this.#handle, {
        readable: options.onReadable,
        error: () => options.onError?.(new Error(`serial port "${options.port}" lost input`)),
      });
    }

    read(): Uint8Array | undefined {
      return this.#open
        ? (link.call(Operation.serialRead, this.#handle) as Uint8Array | undefined)
        : undefined;
    }

    write(bytes: Uint8Array): void {
      if (!this.#open) throw new Error("serial port is closed");
      link.call(Operation.serialWrite, this.#handle, 0, 0, bytes);
    }

    close(): void {
      if (!this.#open) return;
      this.#open = false;
      link.listenSerial(this.#handle, undefined);
      link.call(Operation.serialClose, this.#handle);
    }
  };
}

export function digitalOutputClass(link: Link): DigitalOutputConstructor {
  return class implements DigitalOutput {
    #handle: number;
    #open = true;

    constructor({ pin, initial }: DigitalOutputOptions) {
      const handle = link.call(Operation.digitalOutputOpen, initial, 0, 0, pin);
      this.#handle = requireHandle(handle, "output pin", pin);
    }

    write(level: 0 | 1): void {
      if (!this.#open) throw new Error("output pin is closed");
      link.call(Operation.digitalWrite, this.#handle, level);
    }

    close(): void {
      if (!this.#open) return;
      this.#open = false;
      link.call(Operation.pinClose, this.#handle);
    }
  };
}

export function digitalInputClass(link: Link): DigitalInputConstructor {
  return class implements DigitalInput {
    #handle: number;
    #open = true;

    constructor({ pin, onReadable }: DigitalInputOptions) {
      const handle = link.call(Operation.digitalInputOpen, 0, 0, 0, pin);
      this.#handle = requireHandle(handle, "input pin", pin);
      if (onReadable) link.listenInput(this.#handle, onReadable);
    }

    read(): 0 | 1 {
      if (!this.#open) throw new Error("input pin is closed");
      return link.call(Operation.digitalRead, this.#handle) === 1 ? 1 : 0;
    }

    close(): void {
      if (!this.#open) return;
      this.#open = false;
      link.listenInput(this.#handle, undefined);
      link.call(Operation.pinClose, this.#handle);
    }
  };
}

export function analogClass(link: Link): AnalogConstructor {
  return class implements Analog {
    #handle: number;
    #open = true;

    constructor({ pin }: AnalogOptions) {
      this.#handle = requireHandle(link.call(Operation.analogOpen, 0, 0, 0, pin), "analog pin", pin);
    }

    read(): number {
      if (!this.#open) throw new Error("analog pin is closed");
      return link.call(Operation.analogRead, this.#handle) as number;
    }

    close(): void {
      if (!this.#open) return;
      this.#open = false;
      link.call(Operation.pinClose, this.#handle);
    }
  };
}
