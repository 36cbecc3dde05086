import { randomUUID } from "node:crypto";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import { firmwareImageHash } from "../../sim/run/image-hash.js";
import { UsageError } from "../kit/usage-error.js";
import type { AttemptStore } from "../../jig/attempt/attempt-store.js";
import { InstrumentPool } from "../../jig/instruments/instrument-pool.js";
import { phaseKinds } from "../../jig/phases/phase-kinds.js";
import { openPort } from "../../jig/ports/open-port.js";
import { readRecipe } from "../../jig/recipe/read-recipe.js";
import type { Recipe } from "../../jig/recipe/recipe.js";
import { RecipeError } from "../../jig/recipe/recipe-error.js";
import { hostClock } from "../../jig/station/host-clock.js";
import { instrumentKinds, type InstrumentPlaces, realUnit } from "../../jig/station/real-unit.js";
import { runInSlot, type SlotOptions } from "../../jig/station/run-slot.js";
import type { JigRequest } from "./jig-request.js";
import { runCampaignCommand } from "./campaign-run.js";
import { JsonSlots } from "./json-slots.js";
import { openStore } from "./open-store.js";
import { runOperator } from "./operator.js";
import { PlainSlots } from "./plain-slots.js";
import { runSimulated } from "./simulated-run.js";

/** What every attempt of one run of the station has in common. */
export type StationOptions = Omit<SlotOptions, "slot" | "place" | "onState">;

/**
 * `tally jig`.
 * @throws {UsageError} when the recipe or the records can't be used.
 */
export async function runJig(request: JigRequest, surroundings: Surroundings): Promise<ExitCode> {
  const recipe = recipeOf(request);
  const store = openStore(request);
  try {
    const station = stationOptions(request, recipe, store, surroundings);
    const { simulate: slots, units } = request;
    if (slots === undefined) return await runPorts(request, station, surroundings);
    const simulated = { ...request, slots, station, surroundings };
    return units === undefined
      ? await runSimulated(simulated)
      : await runCampaignCommand({ ...simulated, units });
  } finally {
    store.close();
  }
}

function recipeOf({ recipe }: JigRequest): Recipe {
  try {
    return readRecipe(recipe, phaseKinds);
  } catch (error) {
    if (error instanceof RecipeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function stationOptions(
  { station, imageHash, simulate }: JigRequest,
  recipe: Recipe,
  store: AttemptStore,
  { interrupt }: Surroundings,
): StationOptions {
  return {
    station,
    // Simulated units run what this very project builds.
    imageHash: imageHash ?? (simulate === undefined ? undefined : firmwareImageHash()),
    recipe,
    store,
    interrupt,
    epochMilliseconds: () => Date.now(),
    newId: randomUUID,
  };
}

/** Real units: once each, or as an operator says. */
async function runPorts(
  request: JigRequest,
  station: StationOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const pool = new InstrumentPool(async (address) => openPort(address, hostClock));
  const unitAt = (slot: number, serialNumber: string | undefined): ReturnType<typeof realUnit> =>
    realUnit(request.ports[slot - 1] ?? "", placesOf(request, slot), pool, serialNumber);
  try {
    const { output, outputColours } = surroundings;
    const isAttended = (output.isTTY ?? false) && process.stdin.isTTY && request.serialNumbers.length === 0;
    if (isAttended && !request.isJson)
      return await runOperator({ places: request.ports, unitAt, station, surroundings, keys: process.stdin });
    const view = request.isJson ? new JsonSlots(output) : new PlainSlots(output, outputColours);
    const attempts = await Promise.all(
      request.ports.map(async (place, index) =>
        runInSlot(unitAt(index + 1, request.serialNumbers[index]), {
          ...station,
          slot: index + 1,
          place,
          onState: (state) => {
            view.show(state);
          },
        }),
      ),
    );
    view.close();
    return attempts.every((attempt) => attempt?.outcome === "PASS") ? ExitCode.success : ExitCode.failure;
  } finally {
    await pool.close();
  }
}

/** An instrument that is named once has a channel for each slot; one that is named for each slot has one channel. */
function placesOf({ instruments, ports }: JigRequest, slot: number): InstrumentPlaces {
  return Object.fromEntries(
    instrumentKinds.flatMap((kind) => {
      const addresses = instruments[kind];
      const isShared = addresses.length === 1;
      const address = addresses[isShared ? 0 : slot - 1];
      const channel = isShared && ports.length > 1 ? slot : 1;
      return address === undefined ? [] : [[kind, { address, channel }]];
    }),
  );
}
