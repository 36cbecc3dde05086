import { Worker } from "node:worker_threads";
import type { Engine } from "../chip/boundary/engine.js";
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

export interface Crew {
  /** How many runs go on at a time. */
  readonly size: number;
  run(order: RunOrder): Promise<ChaosResult>;
  close(): Promise<void>;
}

/** Runs in worker threads, or in this very thread for a size of 1. */
export function openCrew(size: number, engine: Engine["name"]): Crew {
  if (size <= 1) return { size: 1, run: (order) => carryOut(order, engine), close: () => Promise.resolve() };
  return new ThreadCrew(size, engine);
}

/** Runs one meter. */
export function carryOut(order: RunOrder, engine: Engine["name"]): Promise<ChaosResult> {
  return new ChaosRun({
    ...order,
    selection: new Set(order.selection),
    engine: engineFactories[engine],
  }).run();
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

  constructor(size: number, engine: Engine["name"]) {
    this.size = size;
    this.#members = Array.from({ length: size }, () => this.#hire(engine));
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

  #hire(engine: Engine["name"]): Member {
    const worker = new Worker(new URL("./crew-worker.js", import.meta.url), { workerData: engine });
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
