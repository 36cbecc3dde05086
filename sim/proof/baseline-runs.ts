import type { FlashPartition } from "../../hal/flash.js";
import { waysOf, wayText } from "../world/flash/cut-ways.js";
import { FaultyFlash, type FlashChange } from "../world/flash/faulty-flash.js";
import { Random } from "../kernel/random.js";
import type { Shard } from "./shard.js";
import { JournalStore } from "./baselines/journal-store.js";
import { NvsStore, PreferenceStore } from "./baselines/nvs-store.js";
import type { RegisterStore } from "./baselines/register-store.js";

/** What cuts have done to one store. */
export interface BaselineResult {
  readonly name: string;
  cuts: number;
  /** Cuts after which there was no register at all. */
  absent: number;
  /** Cuts after which the register was lower than one that had been stored. */
  lower: number;
  /** Cuts after which the register was something that had never been counted. */
  wrong: number;
}

interface Baseline {
  readonly name: string;
  readonly sectors: number;
  readonly open: (flash: FlashPartition) => RegisterStore;
}

const baselines: readonly Baseline[] = Object.freeze([
  { name: "journal", sectors: 8, open: (flash: FlashPartition) => new JournalStore(flash) },
  { name: "nvs", sectors: 4, open: (flash: FlashPartition) => new NvsStore(flash) },
  { name: "preference", sectors: 4, open: (flash: FlashPartition) => new PreferenceStore(flash) },
]);

/** Checkpoints before the first cut, and those that are cut: enough for every store to erase a sector. */
const checkpointsBefore = 340;
const checkpoints = 130;
const pulsesPerCheckpoint = 10;
const sectorByteLength = 4096;

/** Cuts every operation of the same series of checkpoints in every way, for each store. */
export function cutBaselines(shard: Shard): BaselineResult[] {
  return baselines.map((baseline) => cutBaseline(baseline, shard));
}

function cutBaseline({ name, sectors, open }: Baseline, shard: Shard): BaselineResult {
  const result: BaselineResult = { name, cuts: 0, absent: 0, lower: 0, wrong: 0 };
  const flash = createFlash(sectors);
  const child = createFlash(sectors);
  let value = 0;
  let operation = 0;
  const cut = (change: FlashChange): void => {
    if (operation++ % shard.count !== shard.index) return;
    for (const way of waysOf(change)) {
      child.copyFrom(flash);
      child.tear(change, way, new Random(`${name}/${operation}/${wayText(way)}`));
      judge(result, open(child).read(), value - pulsesPerCheckpoint, value);
    }
  };
  let store = open(flash);
  for (let checkpoint = 0; checkpoint < checkpointsBefore + checkpoints; checkpoint++) {
    if (checkpoint === checkpointsBefore) {
      store = open(flash);
      flash.onChange = cut;
    }
    value += pulsesPerCheckpoint;
    if (!store.write(value)) throw new Error(`${name} refused a checkpoint on healthy flash`);
  }
  return result;
}

function judge(result: BaselineResult, found: number | undefined, stored: number, beingStored: number): void {
  result.cuts++;
  if (found === undefined) result.absent++;
  else if (found < stored) result.lower++;
  else if (found !== stored && found !== beingStored) result.wrong++;
}

function createFlash(sectors: number): FaultyFlash {
  return new FaultyFlash("register", {
    byteLength: sectors * sectorByteLength,
    sectorByteLength,
    programByteLength: 4,
    allowsReprogramming: true,
  });
}
