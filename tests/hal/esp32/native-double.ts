/** An object that C keeps its own data with. */
class HostObject {
  readonly isHost = true;
}

/** As the engine's buffer call does (`xsmc.c`). */
function refuseLongElements(value: unknown): void {
  const isView = ArrayBuffer.isView(value) && !(value instanceof DataView);
  if (isView && (value as Uint8Array).BYTES_PER_ELEMENT !== 1) throw new TypeError("invalid buffer");
}

/** What a C function is given: the object it was called on, and its arguments. */
export type NativeFunction = (self: object, ...values: unknown[]) => unknown;

/**
 * Stands in for xsc's `native` and `Native`, so that the bindings run without a chip. A function that a test does not
 * define does nothing; every call is kept.
 */
export class NativeDouble {
  readonly functions = new Map<string, NativeFunction>();
  calls: { readonly name: string; readonly values: readonly unknown[] }[] = [];

  /** To be called before a binding is imported: it extends `Native` as it loads. */
  install(): void {
    const call = (name: string, self: object, values: unknown[]): unknown => {
      this.calls.push({ name, values });
      values.forEach(refuseLongElements);
      return this.functions.get(name)?.(self, ...values);
    };
    Object.assign(globalThis, {
      Native: () => HostObject,
      native: (name: string) =>
        function (this: object, ...values: unknown[]) {
          return call(name, this, values);
        },
    });
  }

  reset(): void {
    this.functions.clear();
    this.calls = [];
  }

  define(name: string, body: NativeFunction): void {
    this.functions.set(name, body);
  }

  valuesOf(name: string): readonly (readonly unknown[])[] {
    return this.calls.filter((call) => call.name === name).map(({ values }) => values);
  }

  /** The names called since `reset`, except those that only ask. */
  get names(): readonly string[] {
    return this.calls.map(({ name }) => name);
  }
}
