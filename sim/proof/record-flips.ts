import type { Meter } from "../../firmware/meter.js";
import { settingTable } from "../../firmware/settings/setting-table.js";
import { runUncut } from "./cut-runs.js";
import type { Shard } from "./shard.js";
import type { Findings } from "./findings.js";
import { Life } from "./life.js";
import { MeterState } from "./meter-state.js";
import { ProofMeter } from "./proof-meter.js";
import { proofPartitions } from "./proof-board.js";
import { type Beginnings, findWorkload } from "./workloads.js";

const recordByteLength = 32;
const recordBits = recordByteLength * 8;

/** What the meter starts from when it finds the damage; `timer`: a slot that is not written yet was hit in its sleep. */
export type FlipCause = "power-on" | "brown-out" | "timer";

/** From the newest record to a blank slot that is hit: every start looks at the next one, no start at this one. */
const slotsAhead = 2;

/** Where the newest record of a partition stands, and what the meter owes without it. */
interface Target {
  readonly state: MeterState;
  readonly label: string;
  readonly address: number;
}

/**
 * All one-bit and two-bit flips of the newest journal record, each found at a power-on and at a reset, all one-bit
 * flips of the newest record of every other log, and of a blank slot of each.
 */
export async function flipBits(beginnings: Beginnings, shard: Shard, findings: Findings): Promise<void> {
  for (const { label } of proofPartitions) {
    if (label !== "journal") await flipLogs(label, "power-on", beginnings, shard, findings);
    await flipLogs(label, "timer", beginnings, shard, findings);
  }
  await flipJournal(beginnings, shard, findings);
}

async function flipJournal(beginnings: Beginnings, shard: Shard, findings: Findings): Promise<void> {
  for (const cause of ["power-on", "brown-out"] as const) {
    const target = await prepareFlips(beginnings, "journal");
    for (let first = shard.index; first < recordBits && !findings.isDecided; first += shard.count)
      for (let second = first; second < recordBits; second++)
        await findings.run(
          () => `flip/journal/${cause}/${first}+${second}`,
          target.state,
          () => flipOnce(target, cause, first, second),
        );
  }
}

async function flipLogs(
  label: string,
  cause: "power-on" | "timer",
  beginnings: Beginnings,
  shard: Shard,
  findings: Findings,
): Promise<void> {
  const target = await prepareFlips(beginnings, label);
  const state = new MeterState();
  for (let bit = shard.index; bit < recordBits && !findings.isDecided; bit += shard.count)
    await findings.run(
      () => `flip/${label}/${cause}/${bit}+${bit}`,
      state,
      async () => {
        state.copyFrom(target.state);
        await flipLog({ ...target, state }, cause, bit);
      },
    );
}

/** Makes the run that an id names. */
export async function replayFlip(
  state: MeterState,
  beginnings: Beginnings,
  label: string,
  cause: FlipCause,
  first: number,
  second: number,
): Promise<void> {
  const prepared = await prepareFlips(beginnings, label);
  const target = { ...prepared, state };
  state.copyFrom(prepared.state);
  if (label === "journal" && cause !== "timer") await flipOnce(target, cause, first, second);
  else await flipLog(target, cause, first);
}

/** A meter that has stored two more checkpoints, with pulses between and after. */
async function prepareFlips(beginnings: Beginnings, label: string): Promise<Target> {
  const state = new MeterState();
  const workload = findWorkload("flips");
  await runUncut(state, workload, beginnings);
  state.mostLossPulses = Infinity;
  const meter = new ProofMeter(state);
  let address = 0;
  state.board.onChange = (change) => {
    if (change.label === label && change.kind === "program") address = change.address;
  };
  const { ledger, board } = state;
  const checkpoint = ({ metering }: Meter): void => {
    metering.checkpoint("before-radio");
  };
  if (label === "journal") {
    state.passPulses(3, 1);
    await meter.run("timer", checkpoint);
    // The newest record may be damaged: the one before it is what must be found at least.
    const { committed } = ledger;
    state.passPulses(3, 1);
    await meter.run("timer", checkpoint);
    ledger.committed = committed;
    state.passPulses(3, 1);
  } else await new Life(state, createLogScript()).advance(Infinity);
  board.onChange = undefined;
  for (const partition of board.partitions) partition.forgetChanges();
  board.partition(label).tornPrograms = 1;
  return { state, label, address };
}

/** Every log gets a record. */
function createLogScript() {
  return [
    { kind: "wait", until: "month", lateSeconds: 0 },
    { kind: "contact", pulses: 0, isAcknowledged: true },
    { kind: "setting", id: settingTable.reportWindowStartSeconds.id, value: 7 },
    { kind: "valve", isOpen: true },
  ] as const;
}

/** Starts with the damage, and takes it back. */
async function flipOnce(
  { state, label, address }: Target,
  cause: FlipCause,
  first: number,
  second: number,
): Promise<void> {
  const { board, ledger } = state;
  const { expected, restarts } = ledger;
  const { image } = board.partition(label).nor;
  const before = image.slice(address, address + recordByteLength);
  flip(image, address, first);
  if (second !== first) flip(image, address, second);
  try {
    if (cause === "power-on") state.losePower(false);
    await new ProofMeter(state).look(cause);
  } finally {
    image.set(before, address);
    ledger.expected = expected;
    ledger.expectedAtLoss = undefined;
    ledger.restarts = restarts;
  }
}

/** Starts with the damage, and goes on with it. */
async function flipLog({ state, label, address }: Target, cause: FlipCause, bit: number): Promise<void> {
  const { image } = state.board.partition(label).nor;
  const script = [{ kind: "visit", rounds: 3 } as const, ...createLogScript(), ...createLogScript()];
  const life = new Life(state, script);
  if (cause === "timer") {
    flip(image, address + slotsAhead * recordByteLength, bit);
    state.step = 0;
    await life.advance(Infinity);
  } else {
    flip(image, address, bit);
    state.step = 0;
    await life.restart("power");
    await life.advance(2);
  }
  await life.finish();
}

function flip(image: Uint8Array, address: number, bit: number): void {
  const at = address + (bit >> 3);
  image[at] = (image[at] as number) ^ (1 << (bit & 7));
}
