/** A digital output as the board wires it; called with the level at each change. */
export type OutputWire = (level: 0 | 1) => void;
/** A digital input as the board wires it. */
export type InputWire = () => 0 | 1;
/** An analog input as the board wires it, in millivolts. */
export type AnalogWire = () => number;

interface OpenPin {
  readonly pin: string;
  readonly close: () => void;
}

/**
 * The board's pins by name. A pin is used once at a time; closing an output, or losing the application, lets
 * it fall back to 0 as the board's pull-downs do.
 */
export class Pins {
  readonly outputs = new Map<string, OutputWire>();
  readonly inputs = new Map<string, InputWire>();
  readonly analogs = new Map<string, AnalogWire>();
  #open = new Map<number, OpenPin>();
  #inputHandles = new Map<string, number>();

  openOutput(handle: number, pin: string, level: 0 | 1): number | undefined {
    const wire = this.outputs.get(pin);
    if (!wire || this.#isInUse(pin)) return undefined;
    wire(level);
    this.#open.set(handle, {
      pin,
      close: () => {
        wire(0);
      },
    });
    return handle;
  }

  openInput(handle: number, pin: string): number | undefined {
    if (!this.inputs.has(pin) || this.#isInUse(pin)) return undefined;
    this.#inputHandles.set(pin, handle);
    this.#open.set(handle, { pin, close: () => this.#inputHandles.delete(pin) });
    return handle;
  }

  openAnalog(handle: number, pin: string): number | undefined {
    if (!this.analogs.has(pin) || this.#isInUse(pin)) return undefined;
    this.#open.set(handle, { pin, close: () => undefined });
    return handle;
  }

  write(handle: number, level: 0 | 1): void {
    this.outputs.get(this.#pinOf(handle))?.(level);
  }

  readDigital(handle: number): 0 | 1 {
    return this.inputs.get(this.#pinOf(handle))?.() ?? 0;
  }

  readAnalog(handle: number): number {
    return this.analogs.get(this.#pinOf(handle))?.() ?? 0;
  }

  /** The handle under which an input is open; undefined when nobody listens. */
  inputHandle(pin: string): number | undefined {
    return this.#inputHandles.get(pin);
  }

  close(handle: number): void {
    const open = this.#open.get(handle);
    this.#open.delete(handle);
    open?.close();
  }

  closeAll(): void {
    for (const handle of [...this.#open.keys()]) this.close(handle);
  }

  #isInUse(pin: string): boolean {
    for (const open of this.#open.values()) if (open.pin === pin) return true;
    return false;
  }

  #pinOf(handle: number): string {
    const open = this.#open.get(handle);
    if (!open) throw new Error(`pin handle ${handle} is not open`);
    return open.pin;
  }
}
