import { stripVTControlCharacters } from "node:util";
import type { OutputStream } from "./surroundings.js";

/** Writes lines; in a terminal that is too narrow for one, what follows its first `indent` columns is folded there. */
export function writeLines(output: OutputStream, lines: Iterable<string>, indent = 0): void {
  for (const line of lines) output.write(`${folded(line, output.columns ?? Infinity, indent)}\n`);
}

/**
 * The line in pieces of so many columns, those after the first indented. It is broken at a single blank, and never
 * between a number and its unit.
 */
export function folded(line: string, columns: number, indent: number): string {
  const pieces: string[] = [];
  let piece = "";
  for (const word of line.split(/(?<=[^\s\d]) (?=\S)/)) {
    const longer = piece === "" ? word : `${piece} ${word}`;
    if (piece === "" || widthOf(longer) <= columns) piece = longer;
    else {
      pieces.push(piece);
      piece = " ".repeat(indent) + word;
    }
  }
  return [...pieces, piece].join("\n");
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
