import type { ChalkInstance } from "chalk";
import { type StyledLine, padded, type Piece, print, widthOf } from "../kit/styled-line.js";
import type { AttemptOutcome } from "../../jig/attempt/outcome.js";
import type { SlotState } from "../../jig/station/slot-state.js";

export interface TableSize {
  readonly columns: number;
  readonly rows: number;
}

const verdictWidth = 13;
const barWidth = 20;
const tallLines = 3;

/** One row a slot: verdict, place, serial number, progress or reason. Tall rows where there is room for all. */
export function drawSlots(
  states: readonly SlotState[],
  { columns, rows }: TableSize,
  colours: ChalkInstance,
): string[] {
  const isTall = states.length * (tallLines + 1) <= rows;
  const numberWidth = String(states.length).length;
  return states.flatMap((state) => {
    const style = verdictStyle(state, colours);
    const verdict = (text: string): Piece => ({ text: centred(text, verdictWidth), style });
    const about: StyledLine = [
      { text: ` ${String(state.slot).padStart(numberWidth)}  `, style: colours.bold },
      { text: state.place },
      {
        text: `  ${state.serialNumber ?? "no serial number"}`,
        style: state.serialNumber === undefined ? colours.dim : colours.cyan,
      },
    ];
    const detail = detailOf(state, colours);
    if (!isTall) {
      const gap: Piece = { text: " ".repeat(Math.max(2, 40 - widthOf(about))) };
      return print([verdict(verdictText(state)), ...about, gap, ...detail], columns);
    }
    const indent: Piece = { text: " ".repeat(numberWidth + 3) };
    return [
      print([verdict(""), ...about], columns),
      print([verdict(verdictText(state)), indent, ...detail], columns),
      print([verdict("")], columns),
      "",
    ];
  });
}

function verdictText({ activity, outcome }: SlotState): string {
  if (activity === "done") return outcome ?? "";
  return { empty: "scan", waiting: "ready", testing: "testing" }[activity];
}

const outcomeColours: Readonly<Record<AttemptOutcome, (colours: ChalkInstance) => (text: string) => string>> =
  {
    PASS: (colours) => colours.bgGreen.black.bold,
    FAIL: (colours) => colours.bgRed.white.bold,
    ERROR: (colours) => colours.bgYellow.black.bold,
    TIMEOUT: (colours) => colours.bgYellow.black.bold,
    ABORTED: (colours) => colours.bgYellow.black.bold,
  };

function verdictStyle({ activity, outcome }: SlotState, colours: ChalkInstance): (text: string) => string {
  if (activity === "done" && outcome) return outcomeColours[outcome](colours);
  return activity === "testing" ? colours.bgBlue.white : colours.dim;
}

function detailOf({ activity, phase, progress, reason }: SlotState, colours: ChalkInstance): StyledLine {
  if (activity === "done") return reason === undefined ? [] : [{ text: reason }];
  if (activity !== "testing") return [];
  return [...bar(progress, barWidth, colours), { text: `  ${phase ?? "connecting"}` }];
}

/** A bar of `width` columns, `progress` from 0 to 1. */
export function bar(progress: number, width: number, colours: ChalkInstance): StyledLine {
  const filled = Math.round(Math.min(1, Math.max(0, progress)) * width);
  return padded(
    [
      { text: "█".repeat(filled), style: colours.green },
      { text: "░".repeat(width - filled), style: colours.dim },
    ],
    width,
  );
}

function centred(text: string, width: number): string {
  const left = Math.max(0, Math.floor((width - text.length) / 2));
  return (" ".repeat(left) + text).padEnd(width);
}
