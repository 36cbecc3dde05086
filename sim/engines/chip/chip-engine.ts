import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { boards, defaultBoard, type KnownBoard } from "../../../manifests/boards/boards.js";
import type { ChipSocket, SleepingChip } from "../../chip/boundary/chip-socket.js";
import type { Engine } from "../../chip/boundary/engine.js";
import { type PortCall, PortEvent, type PortResult } from "../../chip/boundary/port.js";
import { buildFolder, digest } from "../build/build-program.js";
import { projectFolder } from "../build/project-folder.js";
import { PipedProcess } from "../process/piped-process.js";
import { ProcessEngine } from "../process/process-engine.js";
import { boardOptions } from "./board-options.js";
import { buildChip, type ChipBuild } from "./build-chip.js";
import { DeviceEvent, DeviceOperation, SleepWatch } from "./device-operation.js";
import { readManifests } from "./manifest-tree.js";
import { noteRecords } from "./trace-records.js";

/** An image of the firmware, and the board that it runs on. */
export interface ChipOptions {
  /** One of `boards`, or a board of somebody's own with one of their chips. */
  readonly board: KnownBoard;
  /** What the image is built as: the name of a product's manifest. */
  readonly product: string;
  /** Folders whose modules take the place of the image's. */
  readonly moduleFolders: readonly string[];
  /** An application that has failed restarts the chip, as on silicon; otherwise that ends the run. */
  readonly mayRestart: boolean;
  /** The chip's flash encryption is on, as in a meter that has left the factory. */
  readonly isFlashEncrypted: boolean;
  /** Functions of ESP-IDF that fail, or that do after some calls: `NAME:CALLS`. */
  readonly refused: readonly string[];
  /** Memory is collected at each allocation of a native function. */
  readonly collects: boolean;
  /** A file that numbers of statements are added to, by instrumented modules. */
  readonly coverageFile: string;
  /** How its C is built, if in another way than to run. */
  readonly build: Pick<ChipBuild, "flags" | "replacements">;
}

/** What one answer can carry. */
const partByteLength = 32 * 1024;

/** The SDK's modules are found by name; the others have an ending, for they are found as files are. */
const sdkModules = Object.entries({
  crypt: "sim/engines/chip/sdk/crypt.js",
  "mc/config": "sim/engines/chip/sdk/config.js",
  "firmware/main.js@manifests/run.js": "sim/engines/chip/record/recorded-main.js",
});

/**
 * The chip's own code: the firmware, the manifests' composition root and all of `hal/esp32` and `hal/core` as they are
 * flashed, in the real XS engine, on a double of the SDK: builds its program unless that was done before, and starts it.
 */
export async function createChipEngine(
  call: PortCall,
  { board = defaultBoard, product = "water", ...more }: Partial<ChipOptions> = {},
): Promise<ChipEngine> {
  const { moduleFolders = [], mayRestart = false, isFlashEncrypted = false, refused = [], build = {} } = more;
  const executable = await buildChip({ board, product, ...build });
  const folders = [...moduleFolders, join(projectFolder(), "dist"), projectFolder()].join(":");
  const options = [
    ...moduleOptions(board, product),
    ...boardOptions(board, isFlashEncrypted),
    ...refused.map((name) => `refuse:${name}`),
    ...(mayRestart ? ["restarts"] : []),
    ...(more.collects === true ? ["collects"] : []),
    ...(more.coverageFile === undefined ? [] : [`covered:${more.coverageFile}`]),
  ];
  const title = `the chip of ${board.name}`;
  const piped = await PipedProcess.start(title, executable, [folders, "manifests/main.js", ...options]);
  return new ChipEngine(piped, call);
}

/** Which modules stand for others: what the manifests say of a product on a board, and the SDK's own. */
function moduleOptions(board: KnownBoard, product: string): string[] {
  const places = new Map(sdkModules);
  for (const [name, file] of readManifests(product, board.platform).modules)
    if (name !== file) places.set(`${name}.js`, `${file}.js`);
  if (!boards.includes(board)) places.set("manifests/provider.js", providerOf(board));
  return [...places].map(([name, file]) => `module:${name}=${file}`);
}

/** The provider of a board that has none of its own: its data as a module. */
function providerOf({ wiring }: KnownBoard): string {
  const text = `export const board = ${JSON.stringify(wiring)};\n`;
  const folder = join(buildFolder("providers"), digest(createHash("sha256").update(text)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "provider.js"), text);
  return relative(projectFolder(), join(folder, "provider.js"));
}

export class ChipEngine implements Engine, SleepingChip {
  readonly name = "chip";
  readonly decodesPulses = false;
  #process: ProcessEngine;
  #socket: ChipSocket | undefined;
  /** Bits of `SleepWatch`, while the chip sleeps. */
  #watched = 0;
  #isBusy = false;
  /** Distinguishes what the chip waits for now from what it did before a start. */
  #life = 0;

  constructor(piped: PipedProcess, call: PortCall) {
    this.#process = new ProcessEngine("chip", piped, (operation, a, b, c, bytes) => {
      const answer = this.#answer(operation, a, b, c, bytes);
      return answer === undefined ? call(operation, a, b, c, bytes) : answer.result;
    });
  }

  get processId(): number | undefined {
    return this.#process.processId;
  }

  solder(socket: ChipSocket): void {
    this.#socket = socket;
    socket.chip = this;
  }

  wake(): void {
    const { wakeCauseNumber, startMicroseconds } = this.#soldered();
    this.#ask(PortEvent.wake, wakeCauseNumber, startMicroseconds);
  }

  deliver(event: number, _ticks: number, a: number, b: number): void {
    this.#ask(event, a, b);
  }

  look(isButtonPressed: boolean): void {
    if (!this.#isBusy) this.#ask(DeviceEvent.look, isButtonPressed ? 1 : 0, 0);
  }

  count(): void {
    if ((this.#watched & SleepWatch.count) !== 0) this.look(false);
  }

  contact(): void {
    if ((this.#watched & SleepWatch.contacts) !== 0) this.look(false);
  }

  halt(): void {
    this.#life++;
  }

  /** Does something to the chip that its board has no part in, for tests: a `Disturbance`, and its argument. */
  disturb(disturbance: number, argument = 0): void {
    this.#ask(DeviceEvent.disturb, disturbance, argument);
  }

  /** A chip that sleeps goes on counting. */
  stop(): void {}

  close(): void {
    this.#process.close();
  }

  #soldered(): ChipSocket {
    if (!this.#socket) throw new Error("the chip is soldered to no board");
    return this.#socket;
  }

  #ask(event: number, a: number, b: number): void {
    this.#isBusy = true;
    try {
      this.#process.ask(event, this.#soldered().clockMicroseconds, a, b);
    } finally {
      this.#isBusy = false;
    }
  }

  /** What the double asks beside the boundary; undefined for an operation of that. */
  #answer(
    operation: number,
    a: number,
    b: number,
    c: number,
    bytes: Uint8Array | undefined,
  ): { readonly result: PortResult } | undefined {
    const socket = this.#soldered();
    if (operation >= DeviceOperation.device)
      return { result: socket.operate(operation - DeviceOperation.device, a, b, c, bytes) };
    switch (operation) {
      case DeviceOperation.record:
        noteRecords(socket, bytes ?? new Uint8Array(0));
        return { result: undefined };
      case DeviceOperation.contacts:
        return { result: socket.takeContacts(partByteLength) };
      case DeviceOperation.resume:
        this.#resumeAfter(a);
        return { result: undefined };
      case DeviceOperation.sleep:
        this.#watched = b;
        socket.sleepChip(a < 0 ? undefined : a);
        return { result: undefined };
      case DeviceOperation.start:
        socket.startChip(a);
        return { result: undefined };
      default:
        return undefined;
    }
  }

  /** The chip's software waits: awake, that is an event like others; asleep, there is nobody else to hear of it. */
  #resumeAfter(microseconds: number): void {
    const socket = this.#soldered();
    const life = this.#life;
    socket.after(microseconds, () => {
      if (life !== this.#life) return;
      if (socket.isAwake) socket.push(DeviceEvent.resume);
      else this.#ask(DeviceEvent.resume, 0, 0);
    });
  }
}
