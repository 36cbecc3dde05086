import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { buildImage, chipImage, type ImageOptions } from "../../../sim/engines/rv32/build-image.js";
import type { RecordedRun } from "./cost-recorder.js";
import { kindOf, liveOnRv32 } from "./meter-life.js";

const run = promisify(execFile);

/** A prime number of ticks, so that no loop keeps step with the samples: one each 39,700 instructions. */
const profiled: ImageOptions = Object.freeze({ ...chipImage, profileTicks: 397 });
const countedDays = 2;
const mostFunctions = 30;
const mostNative = 15;

interface Share {
  own: number;
  total: number;
}

/** For each kind of run, the functions that its instructions are spent in. */
export async function profileLines(): Promise<string[]> {
  const { path } = await buildImage(undefined, profiled);
  const symbols = await readSymbols(path);
  const { runs, failure } = await liveOnRv32(countedDays, profiled);
  if (failure !== undefined) throw new Error(failure);
  const kinds = new Map<string, RecordedRun[]>();
  for (const recorded of runs)
    kinds.set(kindOf(recorded), [...(kinds.get(kindOf(recorded)) ?? []), recorded]);
  return [...kinds].flatMap(([kind, some]) => kindLines(kind, some, symbols));
}

function kindLines(kind: string, runs: readonly RecordedRun[], symbols: readonly Symbol[]): string[] {
  const functions = new Map<string, Share>();
  const native = new Map<string, Share>();
  let samples = 0;
  for (const [type, count = "", ...rest] of runs.flatMap(({ profile }) =>
    profile.split("\n").map((line) => line.split(" ")),
  )) {
    if (type === "f") add(functions, rest.slice(1).join("  "), Number(count), Number(rest[0]));
    if (type !== "c") continue;
    add(native, symbolAt(symbols, parseInt(rest[0] ?? "", 16)), Number(count), 0);
    samples += Number(count);
  }
  const percent = (count: number): string => `${((100 * count) / samples).toFixed(1)} %`.padStart(8);
  const ranked = (shares: ReadonlyMap<string, Share>, most: number): [string, Share][] =>
    [...shares].sort(([, one], [, other]) => other.own - one.own).slice(0, most);
  return [
    `${kind}: ${samples} samples in ${runs.length} runs`,
    "     own   total  function, module",
    ...ranked(functions, mostFunctions).map(
      ([name, { own, total }]) => `${percent(own)}${percent(total)}  ${name}`,
    ),
    "     own  native code",
    ...ranked(native, mostNative).map(([name, { own }]) => `${percent(own)}  ${name}`),
    "",
  ];
}

function add(shares: Map<string, Share>, name: string, own: number, total: number): void {
  const share = shares.get(name) ?? { own: 0, total: 0 };
  share.own += own;
  share.total += total;
  shares.set(name, share);
}

interface Symbol {
  readonly address: number;
  readonly name: string;
}

/** The functions of an image, by address. */
async function readSymbols(path: string): Promise<Symbol[]> {
  const { stdout } = await run("riscv64-unknown-elf-nm", ["--numeric-sort", path]);
  return [...stdout.matchAll(/^([0-9a-f]+) [tT] (\S+)$/gm)].map(([, address = "", name = ""]) => ({
    address: parseInt(address, 16),
    name,
  }));
}

function symbolAt(symbols: readonly Symbol[], address: number): string {
  const next = symbols.findIndex((symbol) => symbol.address > address);
  return symbols.at(next === -1 ? -1 : Math.max(0, next - 1))?.name ?? "?";
}
