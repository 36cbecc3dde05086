import { parentPort, workerData } from "node:worker_threads";
import { carryOut, type RunOrder } from "./crew.js";

/** A thread of the crew: one run after the other, as they are ordered. */
const engine = workerData as "node" | "xs";
parentPort?.on("message", (order: RunOrder) => {
  void carryOut(order, engine).then((result) => parentPort?.postMessage(result));
});
