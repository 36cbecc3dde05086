import { parentPort, workerData } from "node:worker_threads";
import { carryOut, type CrewPlace, type RunOrder } from "./crew.js";

/** A thread of the crew: one run after the other, as they are ordered. */
const place = workerData as CrewPlace;
parentPort?.on("message", (order: RunOrder) => {
  void carryOut(order, place).then((result) => parentPort?.postMessage(result));
});
