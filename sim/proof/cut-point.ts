import { type CutWay, parseWay, wayText } from "../world/flash/cut-ways.js";
import type { FlashChange } from "../world/flash/faulty-flash.js";
import { Random } from "../kernel/random.js";
import type { MeterState } from "./meter-state.js";
import { type ResetKind, resetKinds } from "./script.js";

/** The power goes during one operation. */
export interface CutPoint {
  /** Programs and erases since the run began, or since the meter restarted after the cut before. */
  readonly operation: number;
  readonly way: CutWay;
  /** What else the cut takes beside the operation. */
  readonly reset: ResetKind;
}

/** Ends the application in the middle of a flash operation. */
export class OperationCut extends Error {
  override readonly name = "OperationCut";
  readonly cut: CutPoint;

  constructor(cut: CutPoint) {
    super("the power is gone");
    this.cut = cut;
  }
}

/** `812.prefix-17.power` */
export function cutText({ operation, way, reset }: CutPoint): string {
  return `${operation}.${wayText(way)}.${reset}`;
}

/** A cut as an id names it, before it is known which operation it hits. */
export interface CutName {
  readonly operation: number;
  readonly way: string;
  readonly reset: ResetKind;
}

/** Undefined when `text` names no cut. */
export function parseCut(text: string): CutName | undefined {
  const match = /^(\d+)\.([a-z]+-\d+)\.([a-z-]+)$/.exec(text);
  const reset = resetKinds.find((kind) => kind === match?.[3]);
  if (!match || !reset) return undefined;
  return { operation: Number(match[1]), way: match[2] as string, reset };
}

/** The cut that `name` means when it hits `change`; undefined when a `change` can't be cut that way. */
export function cutOf({ operation, way, reset }: CutName, change: FlashChange): CutPoint | undefined {
  const found = parseWay(way, change);
  return found && { operation, way: found, reset };
}

/** Leaves the flash of `state` as the cut leaves it; what chance decides follows from the cut and its place. */
export function tear(state: MeterState, change: FlashChange, cut: CutPoint): void {
  const random = new Random(`${change.label}/${change.address}/${cutText(cut)}`);
  state.board.partition(change.label).tear(change, cut.way, random);
  state.isStorm = true;
  if (change.label === "journal" && change.kind === "program") state.ledger.attempt();
}

/** Every kind of cut is as likely as any other; the many prefixes are one kind. */
export function drawWay(random: Random, ways: readonly CutWay[]): CutWay {
  const kinds = [...new Set(ways.map(({ kind }) => kind))];
  const kind = kinds[random.integer(0, kinds.length - 1)];
  const ofKind = ways.filter((way) => way.kind === kind);
  return ofKind[random.integer(0, ofKind.length - 1)] as CutWay;
}

/** A change in words. */
export function changeText({ kind, label, address, byteLength }: FlashChange): string {
  const what = kind === "program" ? `program of ${byteLength} bytes` : "erase";
  return `${what} at ${address} of ${label}`;
}
