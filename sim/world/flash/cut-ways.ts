/** What a loss of power makes of the operation it interrupts. */
export type CutKind = "before" | "prefix" | "subset" | "extra" | "half" | "weak";

/**
 * One way in which a cut can go. `variant` is the number of bytes done for `prefix`, elsewhere one of a few
 * patterns.
 */
export interface CutWay {
  readonly kind: CutKind;
  readonly variant: number;
}

export interface InterruptedOperation {
  readonly kind: "program" | "erase";
  /** Of the bytes to program, or of the sector. */
  readonly byteLength: number;
}

const subsetVariants = 2;
const extraVariants = 2;
const halfVariants = 5;
const weakVariants = 6;

/** Where an erase that goes through a sector byte by byte may stop: the edges of what firmware writes. */
const erasePrefixes = Object.freeze([1, 16, 32, 33, 256, 1000, 2048, 4064, 4095]);

/** Every way in which a cut during `operation` can go, the completed operation included. */
export function waysOf({ kind, byteLength }: InterruptedOperation): CutWay[] {
  const ways: CutWay[] = [{ kind: "before", variant: 0 }];
  if (kind === "program") {
    for (let variant = 1; variant <= byteLength; variant++) ways.push({ kind: "prefix", variant });
    ways.push(...variants("subset", subsetVariants), ...variants("extra", extraVariants));
    ways.push(...variants("weak", weakVariants));
    return ways;
  }
  for (const variant of erasePrefixes) if (variant < byteLength) ways.push({ kind: "prefix", variant });
  ways.push({ kind: "prefix", variant: byteLength });
  ways.push(...variants("half", halfVariants), ...variants("weak", weakVariants));
  return ways;
}

/** One of `waysOf` of each kind: what nested cuts go through. */
export function coarseWaysOf({ kind, byteLength }: InterruptedOperation): CutWay[] {
  return [
    { kind: "before", variant: 0 },
    { kind: "prefix", variant: kind === "program" ? byteLength >> 1 : 32 },
    { kind: "prefix", variant: byteLength },
    kind === "program" ? { kind: "extra", variant: 1 } : { kind: "half", variant: 3 },
    { kind: "weak", variant: kind === "program" ? 2 : 0 },
    { kind: "weak", variant: 3 },
  ];
}

export function wayText({ kind, variant }: CutWay): string {
  return `${kind}-${variant}`;
}

/** Undefined when `text` names no way that `operation` could be cut in. */
export function parseWay(text: string, operation: InterruptedOperation): CutWay | undefined {
  return waysOf(operation).find((way) => wayText(way) === text);
}

function variants(kind: CutKind, count: number): CutWay[] {
  return Array.from({ length: count }, (_, variant) => ({ kind, variant }));
}
