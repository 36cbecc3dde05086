import { parentPort, workerData } from "node:worker_threads";
import type { Engine } from "../chip/boundary/engine.js";
import { carryOut, type RunOrder } from "./crew.js";

/** A thread of the crew: one run after the other, as they are ordered. */
const engine = workerData as Engine["name"];
parentPort?.on("message", (order: RunOrder) => {
  void carryOut(order, engine).then((result) => parentPort?.postMessage(result));
});
