import { water } from "../../../firmware/products/water.js";
import { ApplicationFault } from "../../../sim/chip/board/application-fault.js";
import { Operation, type PortCall } from "../../../sim/chip/boundary/port.js";
import { pulseReadingByteLength } from "../../../sim/chip/boundary/pulse-reading.js";
import { createHousehold } from "../../../sim/world/demand/household.js";
import type { Engine, EngineFactory } from "../../../sim/chip/boundary/engine.js";
import { NodeEngine } from "../../../sim/engines/node/node-engine.js";
import { chipImage, type ImageOptions } from "../../../sim/engines/rv32/build-image.js";
import { createRv32Engine } from "../../../sim/engines/rv32/rv32-engine.js";
import { Random } from "../../../sim/kernel/random.js";
import { Simulation } from "../../../sim/run/simulation.js";
import { CostRecorder, type RecordedRun } from "./cost-recorder.js";

/** 2026-01-01T00:00:00Z */
const startEpochSeconds = 1_767_225_600;
const daySeconds = 86_400;
/** Until the journal and the logs have gone round, on Node; then the power is cut, and the chip starts cold. */
export const agingDays = 20;
/** When a household sleeps. */
const cutSecondsOfDay = 3 * 3600;

/** What the life of a household's meter has cost on RV32. */
export interface MeterLife {
  /** The start after the power cut is the first. `marks` are the intervals that the head-end has. */
  readonly runs: readonly RecordedRun[];
  /** Why it ended too early, such as a budget that was too small. */
  readonly failure: string | undefined;
}

/** What runs are told apart by. */
export function kindOf({ cause, usedModem, movedValve }: RecordedRun): string {
  return `${cause}${usedModem ? ", modem" : ""}${movedValve ? ", valve" : ""}`;
}

/** What a utility's order may ask for: each wake has to know it. */
export const commissionedSettings: ReadonlyMap<string, number> = new Map([
  ["pulseWeightMillilitres", 100],
  ["billingDay", 15],
  ["reportWindowStartSeconds", 7200],
  ["retriesPerDay", 3],
]);

/** Lives `countedDays` on RV32, after a power cut to a meter that has aged. */
export async function liveOnRv32(
  countedDays: number,
  image = chipImage,
  settings: ReadonlyMap<string, number> = new Map(),
): Promise<MeterLife> {
  const recorder = new CostRecorder();
  const cut = { hasHappened: false };
  const simulation = new Simulation(
    {
      product: water,
      settings,
      engine: agingEngine(cut, recorder, image),
      seed: 1,
      startEpochSeconds,
      durationSeconds: (agingDays + countedDays) * daySeconds,
      pulses: createHousehold({ random: new Random(1).fork("demand"), startEpochSeconds, persons: 4 }),
    },
    () => performance.now(),
  );
  recorder.mark = () => simulation.headEnd.intervals;
  simulation.scheduler.schedule((agingDays * daySeconds + cutSecondsOfDay) * 1e6, () => {
    simulation.board.powerOff();
    cut.hasHappened = true;
    simulation.board.powerOn();
  });
  const failure = await simulation.run().then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApplicationFault) return error.message;
      throw error;
    },
  );
  return { runs: recorder.runs, failure };
}

/** Node's until the power is cut, RV32's from then on. */
function agingEngine(
  cut: { readonly hasHappened: boolean },
  recorder: CostRecorder,
  image: ImageOptions,
): EngineFactory {
  return async (call) => {
    const young = new NodeEngine(withoutTimeline(call));
    const old = await recorder.open(call, (recorded) => createRv32Engine(recorded, undefined, image));
    const current = (): Engine => (cut.hasHappened ? old : young);
    return {
      name: old.name,
      decodesPulses: old.decodesPulses,
      wake: (ticks) => current().wake(ticks),
      deliver: (event, ticks, a, b) => current().deliver(event, ticks, a, b),
      stop: () => {
        current().stop();
      },
      close: () => {
        young.close();
        old.close();
      },
    };
  };
}

/** What follows the reading of the pulse input is for a program that decodes; with the power, all of it begins anew. */
function withoutTimeline(call: PortCall): PortCall {
  return (operation, a, b, c, bytes) => {
    const result = call(operation, a, b, c, bytes);
    return operation === Operation.pulseRead && result instanceof Uint8Array
      ? result.subarray(0, pulseReadingByteLength)
      : result;
  };
}
