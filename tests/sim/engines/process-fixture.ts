import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { PortCall, PortResult } from "../../../sim/chip/boundary/port.js";
import type { ProcessEngine } from "../../../sim/engines/process/process-engine.js";
import type { ModuleSelection } from "../../../sim/engines/process/module-selection.js";

/** One call as the application made it. */
export interface Call {
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly bytes: Uint8Array | undefined;
}

/** How an engine that has a process of its own is made. */
type CreateEngine = (call: PortCall, modules: ModuleSelection) => Promise<ProcessEngine>;

/** Engines with modules given as text, and what those modules call. */
export class ProcessFixture {
  readonly calls: Call[] = [];
  /** Answers a call; by default with nothing. */
  answer: (call: Call) => PortResult = () => undefined;
  #create: CreateEngine;
  #engines: ProcessEngine[] = [];
  #folders: string[] = [];

  readonly #port: PortCall = (operation, a, b, c, bytes) => {
    const call = { operation, a, b, c, bytes };
    this.calls.push(call);
    return this.answer(call);
  };

  constructor(create: CreateEngine) {
    this.#create = create;
  }

  /** An engine that has loaded `modules`, by name; the first to load is root.js. */
  async load(modules: Record<string, string>): Promise<ProcessEngine> {
    const moduleFolder = mkdtempSync(join(tmpdir(), "tally-modules-"));
    this.#folders.push(moduleFolder);
    for (const [name, text] of Object.entries(modules)) {
      mkdirSync(dirname(join(moduleFolder, name)), { recursive: true });
      writeFileSync(join(moduleFolder, name), text);
    }
    const engine = await this.#create(this.#port, { moduleFolder, rootModule: "root.js" });
    this.#engines.push(engine);
    return engine;
  }

  /** An engine whose only module handles an event by `body`, which sees `event`, `ticks`, `a`, `b` and `call`. */
  handler(body: string, before = ""): Promise<ProcessEngine> {
    return this.load({
      "root.js": `const call = (operation, a = 0, b = 0, c = 0, bytes = undefined) => boundaryCall(operation, a, b, c, bytes);
        ${before}
        export default function (event, ticks, a, b) { ${body} }`,
    });
  }

  /** The text of the panic that was called last. */
  get panic(): string | undefined {
    const bytes = this.calls.filter(({ operation }) => operation === 99).at(-1)?.bytes;
    return bytes && new TextDecoder().decode(bytes);
  }

  close(): void {
    for (const engine of this.#engines) engine.close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true });
  }
}
