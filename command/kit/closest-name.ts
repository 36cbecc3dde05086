/** A name that is at most so many letters off, and no more than a quarter of what was typed, or one. */
const mostChanges = 3;

/** The name that is nearest to what was typed; undefined where none is near. */
export function closestName(typed: string, names: readonly string[]): string | undefined {
  let closest: string | undefined;
  let fewest = Math.min(mostChanges, Math.max(1, Math.floor(typed.length / 4))) + 1;
  for (const name of names) {
    const changes = changesBetween(typed.toLowerCase(), name.toLowerCase());
    if (changes >= fewest) continue;
    fewest = changes;
    closest = name;
  }
  return closest;
}

/** ` (Did you mean …?)`, or nothing. */
export function suggestion(typed: string, names: readonly string[]): string {
  const closest = closestName(typed, names);
  return closest === undefined ? "" : ` (Did you mean ${closest}?)`;
}

/** Letters to put in, to leave out, to replace, or to swap with the next one (Damerau and Levenshtein). */
function changesBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    const own = [row];
    rows.push(own);
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      own[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(one.length, other.length);
}
