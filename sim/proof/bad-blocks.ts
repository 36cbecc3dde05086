import { BadSectors, type BadBlockMode, badBlockModes } from "../world/flash/bad-sectors.js";
import type { FaultyFlash } from "../world/flash/faulty-flash.js";
import type { Shard } from "./shard.js";
import type { Findings } from "./findings.js";
import { Life } from "./life.js";
import { MeterState } from "./meter-state.js";
import { proofPartitions } from "./proof-board.js";
import { createPowerCycleScript, createScript, createWearScript } from "./script.js";
import type { Beginnings } from "./workloads.js";

/** One way in which flash goes bad. */
export interface BadBlockRun {
  readonly mode: BadBlockMode;
  /**
   * The partition and sector that goes bad when the meter has gone through so many rounds of ageing; undefined for
   * all sectors after ten erases.
   */
  readonly place:
    { readonly label: string; readonly sector: number; readonly ageingRounds: number } | undefined;
}

/** In the middle of most rings' first sector, and where most rings are about to erase their oldest. */
const ages: readonly number[] = Object.freeze([92, 222]);
const eraseCycles = 10;
/** Rounds between two losses of power, and lives after which a flash that lasts ten cycles has long been worn out. */
const roundsPerLife = 60;
const mostLives = 100;
const badSectorScript = Object.freeze([...createScript("bad sector", 90), ...createPowerCycleScript(6)]);

/** Every mode, with one bad sector anywhere, and with all of them wearing out. */
export function listBadBlockRuns(): BadBlockRun[] {
  const places = proofPartitions.flatMap(({ label, sectors }) =>
    Array.from({ length: sectors }, (_, sector) =>
      ages.map((ageingRounds) => ({ label, sector, ageingRounds })),
    ),
  );
  return badBlockModes.flatMap((mode) => [
    { mode, place: undefined },
    ...places.flat().map((place) => ({ mode, place })),
  ]);
}

export function badBlockText({ mode, place }: BadBlockRun): string {
  return place ? `bad/${mode}/${place.label}/${place.sector}/${place.ageingRounds}` : `bad/${mode}`;
}

export async function runBadBlocks(beginnings: Beginnings, shard: Shard, findings: Findings): Promise<void> {
  const state = new MeterState();
  const runs = listBadBlockRuns();
  for (let index = shard.index; index < runs.length && !findings.isDecided; index += shard.count) {
    const run = runs[index] as BadBlockRun;
    await findings.run(
      () => badBlockText(run),
      state,
      () => runBadBlock(run, state, beginnings),
    );
  }
}

/** Makes one run. @throws {InvariantBroken} when a promise is broken. */
export async function runBadBlock(
  { mode, place }: BadBlockRun,
  state: MeterState,
  beginnings: Beginnings,
): Promise<void> {
  if (place) await runWithBadSector(mode, place, state, beginnings);
  else await wearOut(mode, state, beginnings);
  for (const partition of state.board.partitions) partition.bad = undefined;
}

async function runWithBadSector(
  mode: BadBlockMode,
  { label, sector, ageingRounds }: NonNullable<BadBlockRun["place"]>,
  state: MeterState,
  beginnings: Beginnings,
): Promise<void> {
  await beginnings.prepare(state, { name: "bad", ageingRounds, script: badSectorScript });
  spoil(
    state,
    label,
    (flash) => new BadSectors({ ...shapeOf(flash), mode, eraseCycles: 0, onlySector: sector }),
  );
  // The newest record may have gone with the sector: the one before it is in the other bank.
  if (label === "journal" && mode === "read-error") state.ledger.committed = { forward: 0, reverse: 0 };
  const life = new Life(state, badSectorScript);
  state.step = -1;
  await life.restart("power");
  await life.advance(Infinity);
  await life.finish();
}

/** Until neither the journal nor the interval log takes anything more. */
async function wearOut(mode: BadBlockMode, state: MeterState, beginnings: Beginnings): Promise<void> {
  const script = createWearScript(roundsPerLife);
  await beginnings.prepare(state, { name: "wear", ageingRounds: undefined, script });
  const life = new Life(state, script);
  await life.begin();
  spoil(state, undefined, (flash) => new BadSectors({ ...shapeOf(flash), mode, eraseCycles }));
  const { ledger } = state;
  for (let lives = 0, livesWhenWorn = 0; lives < mostLives && livesWhenWorn < 2; lives++) {
    const { lastSequence } = ledger.intervals;
    state.step = 0;
    await life.advance(Infinity);
    await life.restart("power");
    if (ledger.isRefused && ledger.intervals.lastSequence === lastSequence) livesWhenWorn++;
  }
  await life.finish();
}

/** Gives one partition, or every one, sectors that can go bad. */
function spoil(
  state: MeterState,
  label: string | undefined,
  create: (flash: FaultyFlash) => BadSectors,
): void {
  state.isFlashHealthy = false;
  state.mostLossPulses = Infinity;
  state.isThorough = true;
  for (const partition of state.board.partitions)
    if (label === undefined || label === partition.label) partition.bad = create(partition);
}

function shapeOf({ geometry }: FaultyFlash): { sectorCount: number } {
  return { sectorCount: geometry.byteLength / geometry.sectorByteLength };
}
