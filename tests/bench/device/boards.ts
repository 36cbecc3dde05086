import { sumOf } from "../../../manifests/board-costs.js";
import { boards, type KnownBoard } from "../../../manifests/boards/boards.js";
import { millisecondsOf } from "./figures.js";

const hoursPerYear = 8766;
const secondsPerHour = 3600;

/** What an hourly wake and a year of sleep take of each board, with the parts that are not the firmware's own. */
export function boardLines(hourlyWakeInstructions: number): string[] {
  const cells = (label: string, values: readonly string[]): string =>
    label.padEnd(10) + values.map((value) => value.padStart(14)).join("");
  return [
    "",
    cells("board", ["start, ms", "wake, ms", "wake, mC", "verified, mC", "asleep, uA", "mAh a year"]),
    ...boards.map((board) => cells(board.name, boardCells(board, hourlyWakeInstructions))),
    "",
    "start: from the wake-up to the firmware; wake: with the firmware's instructions; verified: where secure boot has the",
    "image verified at each start. A year is sleep and hourly wakes, without modem, valve and edges of contacts.",
    ...partLines(),
  ];
}

function boardCells({ costs }: KnownBoard, instructions: number): string[] {
  const { start, verification, running, asleep, cyclesPerInstruction } = costs;
  const startMilliseconds = sumOf(start);
  const wakeMilliseconds = startMilliseconds + millisecondsOf(instructions) * cyclesPerInstruction.amount;
  const millicoulombs = (wakeMilliseconds * running.amount) / 1000;
  const sleepMicroamperes = sumOf(asleep);
  const hourlyMicroamperes = sleepMicroamperes + (millicoulombs * 1000) / secondsPerHour;
  return [
    startMilliseconds.toFixed(1),
    wakeMilliseconds.toFixed(1),
    millicoulombs.toFixed(2),
    (millicoulombs + (verification.amount * running.amount) / 1000).toFixed(2),
    sleepMicroamperes.toFixed(1),
    ((hourlyMicroamperes * hoursPerYear) / 1000).toFixed(0),
  ];
}

/** Every figure with its source, those that several boards share once. */
function partLines(): string[] {
  const lines = new Set<string>();
  for (const { costs } of boards) {
    const { start, verification, running, cyclesPerInstruction, asleep, stub } = costs;
    for (const { name, amount, source } of [...start, verification, ...(stub ? [stub] : [])])
      lines.add(`  ${amount.toFixed(1)} ms  ${name}: ${source}`);
    for (const { name, amount, source } of asleep) lines.add(`  ${amount.toFixed(1)} uA  ${name}: ${source}`);
    lines.add(`  ${running.amount} mA  ${running.name}: ${running.source}`);
    lines.add(
      `  ${cyclesPerInstruction.amount}  ${cyclesPerInstruction.name}: ${cyclesPerInstruction.source}`,
    );
  }
  return [...lines];
}
