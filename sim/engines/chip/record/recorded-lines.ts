import { Operation, pulseSensors, serialParities } from "../../../chip/boundary/port.js";
import { encodePulseReading } from "../../../chip/boundary/pulse-reading.js";
import type { Analog, AnalogConstructor, AnalogOptions } from "../../../../hal/analog.js";
import type {
  DigitalInput,
  DigitalInputConstructor,
  DigitalInputOptions,
  DigitalOutput,
  DigitalOutputConstructor,
  DigitalOutputOptions,
} from "../../../../hal/digital.js";
import type {
  FlashGeometry,
  FlashPartition,
  FlashPartitionConstructor,
  FlashPartitionOptions,
} from "../../../../hal/flash.js";
import type {
  PulseInput,
  PulseInputConstructor,
  PulseInputOptions,
  PulseInputReading,
} from "../../../../hal/pulse-input.js";
import type { Serial, SerialConstructor, SerialOptions } from "../../../../hal/serial.js";
import { writeUnsigned } from "../../../../hal/base/bytes.js";
import { openedHandle, recorded } from "./recorder.js";

/*
 * The chip's classes, recorded. `name` is how the simulated board calls a line, which the chip's wiring calls otherwise.
 */

export function recordedFlashPartition(Inner: FlashPartitionConstructor): FlashPartitionConstructor {
  return RecordedFlashPartition.bind(undefined, Inner);
}

export function recordedPulseInput(Inner: PulseInputConstructor): PulseInputConstructor {
  return RecordedPulseInput.bind(undefined, Inner);
}

export function recordedSerial(Inner: SerialConstructor): SerialConstructor {
  return RecordedSerial.bind(undefined, Inner);
}

export function recordedOutput(Inner: DigitalOutputConstructor, name: string): DigitalOutputConstructor {
  return RecordedOutput.bind(undefined, Inner, name);
}

export function recordedInput(Inner: DigitalInputConstructor, name: string): DigitalInputConstructor {
  return RecordedInput.bind(undefined, Inner, name);
}

export function recordedAnalog(Inner: AnalogConstructor, name: string): AnalogConstructor {
  return RecordedAnalog.bind(undefined, Inner, name);
}

function same<Value>(value: Value): Value {
  return value;
}

function geometryBytes({ byteLength, sectorByteLength, programByteLength }: FlashGeometry): Uint8Array {
  const bytes = new Uint8Array(12);
  writeUnsigned(bytes, 0, 4, byteLength);
  writeUnsigned(bytes, 4, 4, sectorByteLength);
  writeUnsigned(bytes, 8, 4, programByteLength);
  return bytes;
}

class RecordedFlashPartition implements FlashPartition {
  readonly geometry: FlashGeometry;
  #partition: FlashPartition;
  #number: number;

  constructor(Inner: FlashPartitionConstructor, options: FlashPartitionOptions) {
    const opened = { operation: Operation.flashOpen, content: options.partition };
    this.#partition = recorded(opened, () => new Inner(options), openedHandle);
    this.#number = openedHandle();
    const asked = { operation: Operation.flashGeometry, a: this.#number };
    this.geometry = recorded(asked, () => this.#partition.geometry, geometryBytes);
  }

  read(address: number, target: Uint8Array): boolean {
    return recorded(
      { operation: Operation.flashRead, a: this.#number, b: address, c: target.length },
      () => this.#partition.read(address, target),
      (isRead) => (isRead ? target : undefined),
    );
  }

  program(address: number, bytes: Uint8Array): boolean {
    const asked = { operation: Operation.flashProgram, a: this.#number, b: address, content: bytes };
    return recorded(asked, () => this.#partition.program(address, bytes), Number);
  }

  erase(address: number): boolean {
    const asked = { operation: Operation.flashErase, a: this.#number, b: address };
    return recorded(asked, () => this.#partition.erase(address), Number);
  }
}

class RecordedPulseInput implements PulseInput {
  #input: PulseInput;
  #isOpen = true;

  constructor(Inner: PulseInputConstructor, options: PulseInputOptions) {
    const { sensor, debounceMilliseconds, magnetSeconds } = options;
    const asked = {
      operation: Operation.pulseOpen,
      a: pulseSensors.indexOf(sensor),
      b: debounceMilliseconds,
      c: magnetSeconds,
    };
    this.#input = recorded(asked, () => new Inner(options));
  }

  read(): PulseInputReading {
    return recorded({ operation: Operation.pulseRead }, () => this.#input.read(), encodePulseReading);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    recorded({ operation: Operation.pulseClose }, () => {
      this.#input.close();
    });
  }
}

class RecordedSerial implements Serial {
  #serial: Serial;
  #handle: number;
  #isOpen = true;

  constructor(Inner: SerialConstructor, options: SerialOptions) {
    const { port, baud, parity } = options;
    const asked = {
      operation: Operation.serialOpen,
      a: baud,
      b: serialParities.indexOf(parity),
      content: port,
    };
    this.#serial = recorded(asked, () => new Inner(options), openedHandle);
    this.#handle = openedHandle();
  }

  read(): Uint8Array | undefined {
    if (!this.#isOpen) return undefined;
    return recorded({ operation: Operation.serialRead, a: this.#handle }, () => this.#serial.read(), same);
  }

  write(bytes: Uint8Array): void {
    if (!this.#isOpen) throw new Error("serial port is closed");
    recorded({ operation: Operation.serialWrite, a: this.#handle, content: bytes }, () => {
      this.#serial.write(bytes);
    });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    recorded({ operation: Operation.serialClose, a: this.#handle }, () => {
      this.#serial.close();
    });
  }
}

/** What closes a pin once. */
class RecordedPin {
  readonly handle = openedHandle();
  #pin: { close(): void };
  #isOpen = true;

  constructor(pin: { close(): void }) {
    this.#pin = pin;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    recorded({ operation: Operation.pinClose, a: this.handle }, () => {
      this.#pin.close();
    });
  }
}

class RecordedOutput implements DigitalOutput {
  #output: DigitalOutput;
  #pin: RecordedPin;

  constructor(Inner: DigitalOutputConstructor, name: string, options: DigitalOutputOptions) {
    const asked = { operation: Operation.digitalOutputOpen, a: options.initial, content: name };
    this.#output = recorded(asked, () => new Inner(options), openedHandle);
    this.#pin = new RecordedPin(this.#output);
  }

  write(level: 0 | 1): void {
    recorded({ operation: Operation.digitalWrite, a: this.#pin.handle, b: level }, () => {
      this.#output.write(level);
    });
  }

  close(): void {
    this.#pin.close();
  }
}

class RecordedInput implements DigitalInput {
  #input: DigitalInput;
  #pin: RecordedPin;

  constructor(Inner: DigitalInputConstructor, name: string, options: DigitalInputOptions) {
    const asked = { operation: Operation.digitalInputOpen, content: name };
    this.#input = recorded(asked, () => new Inner(options), openedHandle);
    this.#pin = new RecordedPin(this.#input);
  }

  read(): 0 | 1 {
    return recorded(
      { operation: Operation.digitalRead, a: this.#pin.handle },
      () => this.#input.read(),
      (level): number => level,
    );
  }

  close(): void {
    this.#pin.close();
  }
}

class RecordedAnalog implements Analog {
  #analog: Analog;
  #pin: RecordedPin;

  constructor(Inner: AnalogConstructor, name: string, options: AnalogOptions) {
    const asked = { operation: Operation.analogOpen, content: name };
    this.#analog = recorded(asked, () => new Inner(options), openedHandle);
    this.#pin = new RecordedPin(this.#analog);
  }

  read(): number {
    return recorded(
      { operation: Operation.analogRead, a: this.#pin.handle },
      () => this.#analog.read(),
      same,
    );
  }

  close(): void {
    this.#pin.close();
  }
}
