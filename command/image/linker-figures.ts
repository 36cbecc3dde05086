import { slotByteLength } from "../../sim/engines/rv32/budget.js";

/** What the XS linker has put into flash, by the C that it writes (`mc.xs.c`). Bytes as on a chip of 32 bits. */
export interface LinkerFigures {
  /** Slots of the heap and of the stack that a machine begins with. */
  readonly slots: number;
  /** Names of properties, modules and symbols. */
  readonly keys: number;
  readonly bytecodeBytes: number;
  /** Texts, each once and with its zero; most are names. */
  readonly textBytes: number;
  /** All of these, with the tables that lead to keys and native functions. */
  readonly flashBytes: number;
  /** Objects that a run could change: for each a machine takes a pointer's RAM, whether it does or not. */
  readonly aliases: number;
  readonly machine: MachineFigures;
}

/** The machine that the manifest asks for. */
export interface MachineFigures {
  readonly chunkBytes: number;
  readonly slots: number;
  readonly stackSlots: number;
}

const pointerByteLength = 4;
/** A function's address, its length and its name's number. */
const builderByteLength = 8;
/** The number of a key's colour, by which properties are found. */
const colourByteLength = 2;

const bytecode = /\(txByte\*\)"((?:[^"\\]|\\.)*)"/g;
const text = /"((?:[^"\\]|\\.)*)"/g;
const character = /\\x[0-9a-fA-F]{2}|\\[0-7]{1,3}|\\.|[^\\]/g;

/** @throws {Error} when this is not what the linker writes. */
export function readLinkerFigures(source: string): LinkerFigures {
  const count = (name: string): number =>
    Number(matched(source, new RegExp(`#define mx${name}Count (\\d+)`)));
  const slots = count("Heap") + count("Stack");
  const keys = count("Keys");
  const bytecodeBytes = bytecodeBytesIn(source);
  const textBytes = textBytesIn(source);
  const builders = sumOf(source.matchAll(/^static const xsHostBuilder gxBuilders\d*\[(\d+)\] = /gm));
  const creation = matched(source, /^\t\{ ([\d, ]+)\},\n\t"/m)
    .split(",")
    .map(Number);
  const [chunkBytes = NaN, , heapSlots = NaN, , stackSlots = NaN] = creation;
  const tables =
    keys * (pointerByteLength + colourByteLength) +
    (count("Names") + count("Symbols")) * pointerByteLength +
    builders * builderByteLength;
  return {
    slots,
    keys,
    bytecodeBytes,
    textBytes,
    flashBytes: slots * slotByteLength + bytecodeBytes + textBytes + tables,
    aliases: count("Alias"),
    machine: { chunkBytes, slots: heapSlots, stackSlots },
  };
}

/** In slots of functions, and in arrays for modules that are loaded by a machine. */
function bytecodeBytesIn(source: string): number {
  const inSlots = [...source.matchAll(bytecode)].reduce((sum, [, code = ""]) => sum + byteLengthOf(code), 0);
  return inSlots + sumOf(source.matchAll(/^static const txU1 gxCode\d+\[(\d+)\];/gm));
}

/** The compiler puts equal texts together. */
function textBytesIn(source: string): number {
  const texts = new Set([...source.replace(bytecode, "").matchAll(text)].map(([, each = ""]) => each));
  return [...texts].reduce((sum, each) => sum + byteLengthOf(each) + 1, 0);
}

/** Of a text as C writes it. */
function byteLengthOf(written: string): number {
  return written.match(character)?.length ?? 0;
}

function sumOf(matches: Iterable<RegExpExecArray>): number {
  return [...matches].reduce((sum, [, number]) => sum + Number(number), 0);
}

function matched(source: string, pattern: RegExp): string {
  const [, found] = pattern.exec(source) ?? [];
  if (found === undefined)
    throw new Error(`the XS linker writes other C than that of the SDK 8.2: no ${pattern.source}`);
  return found;
}
