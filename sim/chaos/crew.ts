import { Worker } from "node:worker_threads";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import type { Engine, EngineFactory } from "../chip/boundary/engine.js";
import { createChipEngine } from "../engines/chip/chip-engine.js";
import { engineFactories } from "../engines/engines.js";
import type { ChaosOptions, ChaosFaultKind } from "./chaos-options.js";
import { type ChaosResult, ChaosRun } from "./chaos-run.js";

/** One run, in a form that can be handed to another thread. */
export interface RunOrder {
  readonly seed: number;
  readonly days: number;
  readonly selection: readonly ChaosFaultKind[];
  readonly options: ChaosOptions;
}

/** What all meters of a crew run on, in a form that can be handed to another thread. */
export interface CrewPlace {
  readonly engine: Engine["name"];
  /** Undefined for an ideal board, or with a whole chip for that of its default one. */
  readonly board: KnownBoard["name"] | undefined;
}

export interface Crew {
  /** How many runs go on at a time. */
  readonly size: number;
  run(order: RunOrder): Promise<ChaosResult>;
  close(): Promise<void>;
}

/** Runs in worker threads, or in this very thread for a size of 1. */
export function openCrew(size: number, place: CrewPlace): Crew {
  if (size <= 1) return { size: 1, run: (order) => carryOut(order, place), close: () => Promise.resolve() };
  return new ThreadCrew(size, place);
}

/** Runs one meter. */
export function carryOut(order: RunOrder, { engine, board: name }: CrewPlace): Promise<ChaosResult> {
  const board = boards.find((known) => known.name === name);
  return new ChaosRun({
    ...order,
    selection: new Set(order.selection.filter((kind) => canStrike(kind, board))),
    engine: factoryFor(engine, board),
    ...(board && { board }),
  }).run();
}

/** To a single reed what flows back, or a magnet that comes and goes, is a pulse as any other: it has no way to tell. */
const unseenBySingleReed: readonly ChaosFaultKind[] = ["reverseFlow", "magnets"];

function canStrike(kind: ChaosFaultKind, board: KnownBoard | undefined): boolean {
  return board?.wiring.sensor !== "single-reed" || !unseenBySingleReed.includes(kind);
}

function factoryFor(engine: Engine["name"], board: KnownBoard | undefined): EngineFactory {
  return engine === "chip" && board ? (call) => createChipEngine(call, { board }) : engineFactories[engine];
}

interface Member {
  readonly worker: Worker;
  settle: { resolve(result: ChaosResult): void; reject(error: Error): void } | undefined;
}

class ThreadCrew implements Crew {
  readonly size: number;
  #members: Member[];
  #idle: Member[];
  #waiting: ((member: Member) => void)[] = [];

  constructor(size: number, place: CrewPlace) {
    this.size = size;
    this.#members = Array.from({ length: size }, () => this.#hire(place));
    this.#idle = [...this.#members];
  }

  async run(order: RunOrder): Promise<ChaosResult> {
    const member = this.#idle.pop() ?? (await new Promise<Member>((resolve) => this.#waiting.push(resolve)));
    try {
      return await new Promise<ChaosResult>((resolve, reject) => {
        member.settle = { resolve, reject };
        member.worker.postMessage(order);
      });
    } finally {
      member.settle = undefined;
      const next = this.#waiting.shift();
      if (next) next(member);
      else this.#idle.push(member);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ worker }) => worker.terminate()));
  }

  #hire(place: CrewPlace): Member {
    const worker = new Worker(new URL("./crew-worker.js", import.meta.url), { workerData: place });
    const member: Member = { worker, settle: undefined };
    worker.on("message", (result: ChaosResult) => {
      member.settle?.resolve(result);
    });
    worker.on("error", (error: Error) => {
      member.settle?.reject(error);
    });
    return member;
  }
}
