/**
 * The whole station with four simulated units at a time, as fast as it goes, until it is killed: the real firmware, the
 * shipped recipe, the records. Each life has units of its own, of which every fifth has a fault. Arguments: the
 * database, the file of the head-end's public key.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { phaseKinds } from "../../../jig/phases/phase-kinds.js";
import { readRecipe } from "../../../jig/recipe/read-recipe.js";
import { runUnitCampaign } from "../../../jig/simulated/campaign.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { engineFactories } from "../../../sim/engines/engines.js";
import { firmwareImageHash } from "../../../sim/run/image-hash.js";
import { openShownStore } from "./shown-store.js";

const [path = "", keyFile = ""] = process.argv.slice(2);
const recipe = readRecipe(join(projectFolder(), "jig", "recipes", "water-meter.json"), phaseKinds);
const imageHash = firmwareImageHash();

const store = openShownStore(path, keyFile);
await runUnitCampaign({
  slots: 4,
  units: 10_000,
  faultRatePercent: 20,
  seed: randomBytes(4).readUInt32LE(),
  engine: engineFactories.node,
  station: {
    station: "kill",
    imageHash,
    recipe,
    store,
    interrupt: new AbortController().signal,
    epochMilliseconds: () => Date.now(),
    newId: randomUUID,
  },
  onProgress: () => undefined,
});
