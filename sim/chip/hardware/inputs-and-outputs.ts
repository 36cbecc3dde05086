import { requireRange } from "../../../hal/base/ranges.js";
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
import { readUnsigned } from "../../../hal/base/bytes.js";
import type { Link, SerialListener } from "../boundary/link.js";
import { Operation, pulseSensors, serialParities } from "../boundary/port.js";
import { decodePulseReading, pulseReadingByteLength } from "../boundary/pulse-reading.js";

/*
 * Classes of the module, bound to the link of a run: on a chip they stand in flash, and a class made at each wake would
 * cost RAM for every one of its methods.
 */

export function flashPartitionClass(link: Link): FlashPartitionConstructor {
  return LinkFlashPartition.bind(undefined, link);
}

export function pulseInputClass(link: Link): PulseInputConstructor {
  return LinkPulseInput.bind(undefined, link);
}

export function serialClass(link: Link): SerialConstructor {
  return LinkSerial.bind(undefined, link);
}

export function digitalOutputClass(link: Link): DigitalOutputConstructor {
  return LinkDigitalOutput.bind(undefined, link);
}

export function digitalInputClass(link: Link): DigitalInputConstructor {
  return LinkDigitalInput.bind(undefined, link);
}

export function analogClass(link: Link): AnalogConstructor {
  return LinkAnalog.bind(undefined, link);
}

function requireHandle(handle: unknown, kind: string, name: string): number {
  if (typeof handle !== "number") throw new Error(`${kind} "${name}" is unknown or in use`);
  return handle;
}

class LinkFlashPartition implements FlashPartition, FlashGeometry {
  readonly byteLength: number;
  readonly sectorByteLength: number;
  readonly programByteLength: number;
  #link: Link;
  #partition: number;

  constructor(link: Link, { partition }: FlashPartitionOptions) {
    this.#link = link;
    const number = link.call(Operation.flashOpen, 0, 0, 0, partition);
    this.#partition = requireHandle(number, "flash partition", partition);
    const words = new Uint8Array(12);
    link.call(Operation.flashGeometry, this.#partition, 0, 0, words);
    this.byteLength = readUnsigned(words, 0, 4);
    this.sectorByteLength = readUnsigned(words, 4, 4);
    this.programByteLength = readUnsigned(words, 8, 4);
  }

  get geometry(): FlashGeometry {
    return this;
  }

  // The board itself refuses an access outside the geometry, as the chip's natives do.

  read(address: number, target: Uint8Array): boolean {
    return this.#link.call(Operation.flashRead, this.#partition, address, target.length, target) === 1;
  }

  program(address: number, bytes: Uint8Array): boolean {
    return this.#link.call(Operation.flashProgram, this.#partition, address, 0, bytes) === 1;
  }

  erase(address: number): boolean {
    return this.#link.call(Operation.flashErase, this.#partition, address) === 1;
  }
}

class LinkPulseInput implements PulseInput {
  #link: Link;
  #open = true;

  constructor(link: Link, options: PulseInputOptions) {
    this.#link = link;
    requireRange(options.debounceMilliseconds, 1, 50, "debounceMilliseconds");
    requireRange(options.magnetSeconds, 1, 3600, "magnetSeconds");
    const sensor = pulseSensors.indexOf(options.sensor);
    if (sensor < 0) throw new RangeError(`sensor must be one of ${pulseSensors.join(", ")}`);
    link.call(Operation.pulseOpen, sensor, options.debounceMilliseconds, options.magnetSeconds);
  }

  read(): PulseInputReading {
    const bytes = new Uint8Array(pulseReadingByteLength);
    this.#link.call(Operation.pulseRead, 0, 0, 0, bytes);
    return decodePulseReading(bytes);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#link.call(Operation.pulseClose);
  }
}

class LinkSerial implements Serial, SerialListener {
  #link: Link;
  #options: SerialOptions;
  #handle: number;
  #open = true;

  constructor(link: Link, options: SerialOptions) {
    this.#link = link;
    this.#options = options;
    requireRange(options.baud, 300, 921600, "baud");
    const parity = serialParities.indexOf(options.parity);
    if (parity < 0) throw new RangeError(`parity must be one of ${serialParities.join(", ")}`);
    const handle = link.call(Operation.serialOpen, options.baud, parity, 0, options.port);
    this.#handle = requireHandle(handle, "serial port", options.port);
    link.listenSerial(this.#handle, this);
  }

  readable(byteLength: number): void {
    this.#options.onReadable(byteLength);
  }

  error(): void {
    this.#options.onError?.(new Error(`serial port "${this.#options.port}" lost input`));
  }

  read(): Uint8Array | undefined {
    return this.#open
      ? (this.#link.call(Operation.serialRead, this.#handle) as Uint8Array | undefined)
      : undefined;
  }

  write(bytes: Uint8Array): void {
    if (!this.#open) throw new Error("serial port is closed");
    this.#link.call(Operation.serialWrite, this.#handle, 0, 0, bytes);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#link.listenSerial(this.#handle, undefined);
    this.#link.call(Operation.serialClose, this.#handle);
  }
}

class LinkDigitalOutput implements DigitalOutput {
  #link: Link;
  #handle: number;
  #open = true;

  constructor(link: Link, { pin, initial }: DigitalOutputOptions) {
    this.#link = link;
    const handle = link.call(Operation.digitalOutputOpen, initial, 0, 0, pin);
    this.#handle = requireHandle(handle, "output pin", pin);
  }

  write(level: 0 | 1): void {
    if (!this.#open) throw new Error("output pin is closed");
    this.#link.call(Operation.digitalWrite, this.#handle, level);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#link.call(Operation.pinClose, this.#handle);
  }
}

class LinkDigitalInput implements DigitalInput {
  #link: Link;
  #handle: number;
  #open = true;

  constructor(link: Link, { pin, onReadable }: DigitalInputOptions) {
    this.#link = link;
    const handle = link.call(Operation.digitalInputOpen, 0, 0, 0, pin);
    this.#handle = requireHandle(handle, "input pin", pin);
    if (onReadable) link.listenInput(this.#handle, onReadable);
  }

  read(): 0 | 1 {
    if (!this.#open) throw new Error("input pin is closed");
    return this.#link.call(Operation.digitalRead, this.#handle) === 1 ? 1 : 0;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#link.listenInput(this.#handle, undefined);
    this.#link.call(Operation.pinClose, this.#handle);
  }
}

class LinkAnalog implements Analog {
  #link: Link;
  #handle: number;
  #open = true;

  constructor(link: Link, { pin }: AnalogOptions) {
    this.#link = link;
    this.#handle = requireHandle(link.call(Operation.analogOpen, 0, 0, 0, pin), "analog pin", pin);
  }

  read(): number {
    if (!this.#open) throw new Error("analog pin is closed");
    return this.#link.call(Operation.analogRead, this.#handle) as number;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#link.call(Operation.pinClose, this.#handle);
  }
}
