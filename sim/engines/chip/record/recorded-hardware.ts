import { Operation, pulseSensors } from "../../../chip/boundary/port.js";
import { asciiBytes } from "../../../../hal/base/text.js";
import type { Boot } from "../../../../hal/boot.js";
import type { Clock } from "../../../../hal/clock.js";
import type { Crypto } from "../../../../hal/crypto.js";
import type { Failure } from "../../../../hal/failure.js";
import type {
  AnalogConnection,
  DigitalInputConnection,
  DigitalOutputConnection,
  Hardware,
  ModemConnection,
  PulseInputConnection,
  RailConnection,
  SerialConnection,
  ValveConnection,
} from "../../../../hal/hardware.js";
import type { Power } from "../../../../hal/power.js";
import type { Seal } from "../../../../hal/seal.js";
import type { Watchdog } from "../../../../hal/watchdog.js";
import {
  RecordedBoot,
  RecordedClock,
  RecordedCrypto,
  RecordedPower,
  RecordedSeal,
  RecordedWatchdog,
} from "./recorded-chip.js";
import {
  recordedAnalog,
  recordedFlashPartition,
  recordedInput,
  recordedOutput,
  recordedPulseInput,
  recordedSerial,
} from "./recorded-lines.js";
import { recorded } from "./recorder.js";

/** The chip's hardware, with every use of it noted as `LinkHardware` of the other engines would cross the boundary. */
export class RecordedHardware implements Hardware {
  readonly failure: Failure | undefined;
  readonly clock: Clock;
  readonly power: Power;
  readonly watchdog: Watchdog;
  readonly boot: Boot;
  readonly seal: Seal;
  readonly crypto: Crypto;
  readonly flash: Hardware["flash"];
  #hardware: Hardware;

  constructor(hardware: Hardware) {
    this.#hardware = hardware;
    this.failure = hardware.failure;
    this.clock = new RecordedClock(hardware.clock);
    this.power = new RecordedPower(hardware.power);
    this.watchdog = new RecordedWatchdog(hardware.watchdog);
    this.boot = new RecordedBoot(hardware.boot);
    this.seal = new RecordedSeal(hardware.seal);
    this.crypto = new RecordedCrypto(hardware.crypto);
    this.flash = { io: recordedFlashPartition(hardware.flash.io) };
  }

  get serialNumber(): string {
    return recorded({ operation: Operation.serialNumber }, () => this.#hardware.serialNumber, asciiBytes);
  }

  get hardwareId(): string {
    return recorded({ operation: Operation.hardwareId }, () => this.#hardware.hardwareId, asciiBytes);
  }

  get meteringChecksum(): string {
    const asked = { operation: Operation.meteringChecksum };
    return recorded(asked, () => this.#hardware.meteringChecksum, asciiBytes);
  }

  get pulseInput(): PulseInputConnection {
    const { pulseInput } = this.#hardware;
    const sensor = recorded(
      { operation: Operation.pulseSensor },
      () => pulseInput.sensor,
      (told) => pulseSensors.indexOf(told),
    );
    return { io: recordedPulseInput(pulseInput.io), sensor };
  }

  get modem(): ModemConnection {
    const { serial, powerKey, reset } = this.#hardware.modem;
    return {
      serial: { ...serial, io: recordedSerial(serial.io) },
      powerKey: output(powerKey, "modem-power-key"),
      reset: output(reset, "modem-reset"),
    };
  }

  get service(): SerialConnection {
    const { service } = this.#hardware;
    return { ...service, io: recordedSerial(service.io) };
  }

  get rails(): readonly RailConnection[] {
    return this.#hardware.rails.map((rail) => ({ ...rail, input: analog(rail.input, `rail-${rail.name}`) }));
  }

  get valve(): ValveConnection | undefined {
    const { valve } = this.#hardware;
    const sense = valve?.senseMillivoltsPerMilliampere;
    recorded(
      { operation: Operation.valveSense },
      () => sense,
      (told) => told,
    );
    return valve && recordedValve(valve);
  }
}

function recordedValve(valve: ValveConnection): ValveConnection {
  return {
    openDrive: output(valve.openDrive, "valve-open-drive"),
    closeDrive: output(valve.closeDrive, "valve-close-drive"),
    openLimit: input(valve.openLimit, "valve-open-limit"),
    closeLimit: input(valve.closeLimit, "valve-close-limit"),
    current: analog(valve.current, "valve-current"),
    senseMillivoltsPerMilliampere: valve.senseMillivoltsPerMilliampere,
  };
}

function output(connection: DigitalOutputConnection, name: string): DigitalOutputConnection {
  return { ...connection, io: recordedOutput(connection.io, name) };
}

function input(connection: DigitalInputConnection, name: string): DigitalInputConnection {
  return { ...connection, io: recordedInput(connection.io, name) };
}

function analog(connection: AnalogConnection, name: string): AnalogConnection {
  return { ...connection, io: recordedAnalog(connection.io, name) };
}
