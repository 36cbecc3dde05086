import { createLogUpdate } from "log-update";
import { engineFactories } from "../../sim/engines/engines.js";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { planCampaign } from "../../jig/simulated/campaign-plan.js";
import { simulatedUnit } from "../../jig/simulated/simulated-unit.js";
import type { SlotState } from "../../jig/station/slot-state.js";
import { runInSlot, type SlotOptions } from "../../jig/station/run-slot.js";
import { JsonSlots } from "./json-slots.js";
import { PlainSlots } from "./plain-slots.js";
import { drawSlots } from "./slot-table.js";
import type { SlotsView } from "./slots-view.js";

export interface SimulatedRunOptions {
  readonly slots: number;
  readonly faultRatePercent: number;
  readonly seed: number;
  readonly station: Omit<SlotOptions, "slot" | "place" | "onState">;
  readonly isJson: boolean;
  readonly surroundings: Surroundings;
}

const redrawMilliseconds = 100;

/** A simulated unit in each slot, in step with the wall clock. 0 when every unit passed. */
export async function runSimulated(options: SimulatedRunOptions): Promise<ExitCode> {
  const { slots, faultRatePercent, seed, station, isJson, surroundings } = options;
  const view = isJson ? new JsonSlots(surroundings.output) : createView(slots, surroundings);
  const units = planCampaign(slots, faultRatePercent, seed);
  const attempts = await Promise.all(
    units.map(async ({ index, seed: unitSeed, fault }) => {
      const unit = await simulatedUnit({
        seed: unitSeed,
        faults: fault === undefined ? [] : [fault],
        engine: engineFactories.node,
        wall: surroundings.clock,
        onReleased: () => undefined,
      });
      const place = fault === undefined ? "simulated" : `simulated, ${fault}`;
      return runInSlot(unit, {
        ...station,
        slot: index + 1,
        place,
        onState: (state) => {
          view.show(state);
        },
      });
    }),
  );
  view.close();
  return attempts.every((attempt) => attempt?.outcome === "PASS") ? ExitCode.success : ExitCode.failure;
}

/** A table in a terminal, lines elsewhere. */
function createView(slots: number, { output, outputColours, canRedraw }: Surroundings): SlotsView {
  if (!(output.isTTY ?? false) || !canRedraw) return new PlainSlots(output, outputColours);
  const update = createLogUpdate(output);
  const states = Array.from({ length: slots }, (_, index): SlotState => ({
    slot: index + 1,
    place: "simulated",
    activity: "empty",
    progress: 0,
  }));
  const draw = (): void => {
    const { columns = 80, rows = 24 } = output;
    update(drawSlots(states, { columns, rows: rows - 1 }, outputColours).join("\n"));
  };
  const timer = setInterval(draw, redrawMilliseconds);
  return {
    show: (state) => {
      states[state.slot - 1] = state;
    },
    close: () => {
      clearInterval(timer);
      draw();
      update.done();
    },
  };
}
