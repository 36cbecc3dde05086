/** Part of a line: what is printed and how. Each character takes one column. */
export interface Piece {
  readonly text: string;
  readonly style?: ((text: string) => string) | undefined;
}

export type StyledLine = readonly Piece[];

const ellipsis = "…";

/** Columns that a line takes. */
export function widthOf(line: StyledLine): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}

/** The line as text, cut to `width` columns. */
export function print(line: StyledLine, width: number): string {
  let left = width;
  const isCut = widthOf(line) > width;
  if (isCut) left -= ellipsis.length;
  let printed = "";
  for (const { text, style } of line) {
    const shown = text.slice(0, Math.max(0, left));
    left -= shown.length;
    printed += style && shown ? style(shown) : shown;
  }
  return isCut && width > 0 ? printed + ellipsis : printed;
}

/** Two lines on one, at the left and the right end; undefined when they don't fit. */
export function spread(left: StyledLine, right: StyledLine, width: number): StyledLine | undefined {
  const gap = width - widthOf(left) - widthOf(right);
  return gap >= 2 ? [...left, { text: " ".repeat(gap) }, ...right] : undefined;
}

/** As many of the parts as fit, in their order, with a dot between them; the first is always there. */
export function join(parts: readonly StyledLine[], width: number): StyledLine {
  const joined: Piece[] = [];
  for (const part of parts) {
    const separator = joined.length === 0 ? "" : " · ";
    if (joined.length > 0 && widthOf(joined) + separator.length + widthOf(part) > width) break;
    joined.push({ text: separator }, ...part);
  }
  return joined;
}

/** The line with blanks at its end, up to `width` columns. */
export function padded(line: StyledLine, width: number): StyledLine {
  return [...line, { text: " ".repeat(Math.max(0, width - widthOf(line))) }];
}
