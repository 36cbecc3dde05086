import type { Analog } from "../../hal/analog.js";
import type { DigitalInput, DigitalOutput } from "../../hal/digital.js";
import type { ValveConnection } from "../../hal/hardware.js";
import type { ValveDirection } from "./valve-outcome.js";

interface Line {
  close(): void;
}

/** The valve's five lines, acquired together, with a motor bridge that never has both inputs on. */
export class ValveLines {
  #openDrive: DigitalOutput;
  #closeDrive: DigitalOutput;
  #openLimit: DigitalInput;
  #closeLimit: DigitalInput;
  #current: Analog;
  #senseMillivoltsPerMilliampere: number;
  #acquired: Line[] = [];

  /** @throws {Error} when a pin is unknown or in use; the pins acquired before it are released again. */
  constructor(connection: ValveConnection, onLimitChange: () => void) {
    const { openDrive, closeDrive, openLimit, closeLimit, current } = connection;
    this.#senseMillivoltsPerMilliampere = connection.senseMillivoltsPerMilliampere;
    try {
      this.#openDrive = this.keep(new openDrive.io({ pin: openDrive.pin, initial: 0 }));
      this.#closeDrive = this.keep(new closeDrive.io({ pin: closeDrive.pin, initial: 0 }));
      this.#openLimit = this.keep(new openLimit.io({ pin: openLimit.pin, onReadable: onLimitChange }));
      this.#closeLimit = this.keep(new closeLimit.io({ pin: closeLimit.pin, onReadable: onLimitChange }));
      this.#current = this.keep(new current.io({ pin: current.pin }));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Runs the motor towards one end. */
  drive(direction: ValveDirection): void {
    const isOpening = direction === "open";
    (isOpening ? this.#closeDrive : this.#openDrive).write(0);
    (isOpening ? this.#openDrive : this.#closeDrive).write(1);
  }

  /** Switches both inputs of the bridge off, the second even if the first throws. */
  off(): void {
    try {
      this.#openDrive.write(0);
    } finally {
      this.#closeDrive.write(0);
    }
  }

  isReached(direction: ValveDirection): boolean {
    return (direction === "open" ? this.#openLimit : this.#closeLimit).read() === 1;
  }

  /** Present motor current, rounded to 1 mA. */
  get milliamperes(): number {
    return Math.round(this.#current.read() / this.#senseMillivoltsPerMilliampere);
  }

  /** Releases every line, which takes the outputs to their idle level. */
  close(): void {
    for (let index = 0; index < this.#acquired.length; index++) this.#acquired[index]?.close();
    this.#acquired = [];
  }

  private keep<Acquired extends Line>(line: Acquired): Acquired {
    this.#acquired.push(line);
    return line;
  }
}
