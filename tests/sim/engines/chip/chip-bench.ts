import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { water } from "../../../../firmware/products/water.js";
import { boards, type KnownBoard } from "../../../../manifests/boards/boards.js";
import { Board } from "../../../../sim/chip/board/board.js";
import { PortEvent, type PortResult } from "../../../../sim/chip/boundary/port.js";
import {
  type ChipEngine,
  type ChipOptions,
  createChipEngine,
} from "../../../../sim/engines/chip/chip-engine.js";
import { Trace } from "../../../../sim/kernel/trace.js";
import { World } from "../../../../sim/kernel/world.js";
import type { PulseSource } from "../../../../sim/world/demand/pulse-source.js";
import { EventPump } from "../../../../sim/run/event-pump.js";
import { createFlash } from "../../../../sim/run/initial-flash.js";
import { buildMeterWorld, type MeterWorld } from "../../../../sim/run/meter-world.js";
import { Truth } from "../../../../sim/run/truth.js";
import { measuredChip } from "./chip-under-test.js";
import { engines, newYear2026, pulsesAt } from "../../../scenarios/run-meter.js";

/** What the application has recorded. */
export interface Note {
  /** Of the board's clock. */
  readonly ticks: number;
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly content: Uint8Array | undefined;
  result?: PortResult;
}

/** Keeps what goes into a trace. */
class NotedTrace extends Trace {
  readonly notes: Note[] = [];
  /** By run of the application. */
  readonly runs: Note[][] = [];
  readonly events: { readonly event: number; readonly a: number; readonly b: number }[] = [];

  override call(...[ticks, operation, a, b, c, bytes]: Parameters<Trace["call"]>): void {
    const note = { ticks, operation, a, b, c, content: bytes?.slice() };
    this.notes.push(note);
    this.runs.at(-1)?.push(note);
    super.call(ticks, operation, a, b, c, bytes);
  }

  override result(value: PortResult): void {
    const note = this.notes.at(-1);
    if (note) note.result = value instanceof Uint8Array ? value.slice() : value;
    super.result(value);
  }

  override event(...[ticks, event, a, b]: Parameters<Trace["event"]>): void {
    this.events.push({ event, a, b });
    if (event === PortEvent.wake) this.runs.push([]);
    super.event(ticks, event, a, b);
  }
}

/** A board of the manifests with something changed. */
export function boardLike(name: KnownBoard["name"], changes: Partial<KnownBoard["wiring"]>): KnownBoard {
  const known = boards.find((each) => each.name === name) as KnownBoard;
  return { ...known, wiring: { ...known.wiring, ...changes } };
}

export interface BenchOptions {
  /** Name of a board of the manifests, or a board of a test's own. */
  readonly board?: KnownBoard["name"] | KnownBoard;
  /**
   * The body of the function that stands for the application: it sees the board's wiring as `board`, `modules` of
   * hal/esp32, and `note(number, a, b, c, content)`. Without it the firmware runs.
   */
  readonly application?: string;
  /** Modules that the application imports, as names with paths. */
  readonly imports?: Readonly<Record<string, string>>;
  /** How the chip is made, beside its board and its modules. */
  readonly chip?: Partial<Omit<ChipOptions, "board" | "moduleFolders">>;
  /** Further modules that take the place of the image's, with their texts. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Turns of the meter's wheel. */
  readonly pulses?: readonly (readonly [seconds: number, direction: 1 | -1])[];
}

interface Surroundings {
  readonly world: World;
  readonly trace: NotedTrace;
  readonly meter: MeterWorld;
  readonly board: Board;
}

/** A board with all its models. */
function createSurroundings(board: KnownBoard, pulses: PulseSource): Surroundings {
  const world = new World();
  const trace = new NotedTrace();
  const options = {
    product: water,
    engine: engines.node,
    seed: 1,
    startEpochSeconds: newYear2026,
    durationSeconds: 1e6,
    pulses,
    board,
  };
  const truth = new Truth(pulses, options.durationSeconds);
  const meter = buildMeterWorld(options, world, truth, createFlash(water, new Map()));
  const built = new Board(meter.parts, world, trace);
  meter.connect(built);
  return { world, trace, meter, board: built };
}

/** A chip on the bench: on a board with all its models, in a world whose time a test moves on. */
export class ChipBench {
  readonly world: World;
  readonly trace: NotedTrace;
  readonly meter: MeterWorld;
  readonly board: Board;
  readonly engine: ChipEngine;
  #pump: EventPump;
  #folder: string;

  private constructor({ world, trace, meter, board }: Surroundings, engine: ChipEngine, folder: string) {
    this.world = world;
    this.trace = trace;
    this.meter = meter;
    this.board = board;
    this.engine = engine;
    this.#pump = new EventPump(world, board, engine);
    this.#folder = folder;
  }

  static async create(given: BenchOptions = {}): Promise<ChipBench> {
    const { board = "esp32c6", chip = {}, pulses = [] } = given;
    const known =
      typeof board === "string" ? (boards.find(({ name }) => name === board) as KnownBoard) : board;
    const folder = writeModules(given);
    const surroundings = createSurroundings(known, pulsesAt(pulses));
    const measured = measuredChip();
    const moduleFolders = [folder, ...(measured.moduleFolders ?? [])];
    const flags = [...(measured.build?.flags ?? []), ...(chip.build?.flags ?? [])];
    const build = { ...measured.build, flags };
    const options = { ...measured, ...chip, build, board: known, moduleFolders };
    const engine = await createChipEngine(surroundings.board.call, options);
    return new ChipBench(surroundings, engine, folder);
  }

  /** What the chip's start takes. */
  get startMilliseconds(): number {
    return Math.floor(this.board.parts.model.startMicroseconds / 1000);
  }

  async powerOn(): Promise<void> {
    this.board.powerOn();
    await this.settle();
  }

  /** Lets the chip deal with what has happened to the board; a start that has begun takes its time. */
  async settle(): Promise<void> {
    await this.#pump.handleEvents();
    while (this.board.processor.isStarting) await this.#pump.step();
  }

  /** Moves time on. */
  async pass(seconds: number): Promise<void> {
    const until = this.world.nowMicroseconds + Math.round(seconds * 1e6);
    this.world.schedule(until - this.world.nowMicroseconds, () => undefined);
    while (this.world.nowMicroseconds < until) await this.#pump.step();
    await this.settle();
  }

  /** What has been noted under a number. */
  notes(operation: number): readonly Note[] {
    return this.trace.notes.filter((note) => note.operation === operation);
  }

  close(): void {
    this.engine.close();
    rmSync(this.#folder, { recursive: true });
  }
}

function writeModules({ application, imports = {}, modules = {} }: BenchOptions): string {
  const folder = mkdtempSync(join(tmpdir(), "tally-chip-"));
  const texts = { ...modules };
  if (application !== undefined)
    texts["manifests/run.js"] = [
      ...Object.entries(imports).map(([name, path]) => `import { ${name} } from "${path}";`),
      "const note = (number, a = 0, b = 0, c = 0, content) => {",
      "  hostRecord(number, a, b, c, content);",
      "  hostResult(undefined);",
      "};",
      `export function runApplication(board) { ${application} }`,
    ].join("\n");
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
