import type { Product } from "../../firmware/products/product.js";
import { products } from "../../firmware/products/products.js";
import type { Engine } from "../../sim/chip/boundary/engine.js";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import { suggestion } from "./closest-name.js";
import { UsageError } from "./usage-error.js";

/**
 * The values of options as text from the command line. Every function throws a `UsageError` that names the option
 * and what it takes.
 */

export type EngineName = Engine["name"];
export const engineNames: readonly EngineName[] = Object.freeze(["xs", "node", "rv32", "chip"]);

export const demandNames = Object.freeze(["household"] as const);
export type DemandName = (typeof demandNames)[number];

const decimal = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export function parseProduct(text: string): Product {
  const product = products.find(({ name }) => name === text);
  if (product) return product;
  throw unknownName(
    "product",
    text,
    products.map(({ name }) => name),
  );
}

export function parseBoard(text: string): KnownBoard {
  const board = boards.find(({ name }) => name === text);
  if (board) return board;
  throw unknownName(
    "board",
    text,
    boards.map(({ name }) => name),
  );
}

export function parseEngine(text: string): EngineName {
  return knownName("engine", text, engineNames);
}

export function parseDemand(text: string): DemandName {
  return knownName("demand", text, demandNames);
}

/** A hundred years. */
export const mostDays = 36_525;

/** Part of a run, in days since its beginning. */
export interface DaySpan {
  readonly fromDay: number;
  readonly toDay: number;
}

export function parseDays(text: string): number {
  const days = parseNumber(text);
  if (days >= 0.01 && days <= mostDays) return days;
  throw new UsageError(`--days takes a number from 0.01 to 36525, not "${text}"`);
}

export function parsePersons(text: string): number {
  const persons = parseNumber(text);
  if (Number.isInteger(persons) && persons >= 1 && persons <= 50) return persons;
  throw new UsageError(`--persons takes a whole number from 1 to 50, not "${text}"`);
}

export function parseSeed(text: string): number {
  const seed = parseNumber(text);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 0x7fff_ffff) return seed;
  throw new UsageError(`--seed takes a whole number from 0 to 2147483647, not "${text}"`);
}

/** How many times as fast as real time; Infinity for as fast as it goes. */
export function parseSpeed(text: string): number {
  if (text === "max") return Infinity;
  if (text === "real") return 1;
  const speed = parseNumber(text);
  if (speed >= 0.001 && speed <= 1e9) return speed;
  throw new UsageError(`--speed takes max, real or a number from 0.001 to 1000000000, not "${text}"`);
}

/** How many times as fast as real time a unit runs that somebody talks to. */
export function parseUnitSpeed(text: string): number {
  const speed = parseNumber(text);
  if (speed >= 0.1 && speed <= 100) return speed;
  throw new UsageError(`--speed takes a number from 0.1 to 100, not "${text}"`);
}

export function parseSocket(text: string): number {
  const port = parseNumber(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--socket takes a TCP port from 0 to 65535, not "${text}"`);
}

/** Adds one `name=value` to those before it; whether the meter takes it is for its product to say. */
export function parseSetting(text: string, before: ReadonlyMap<string, number>): Map<string, number> {
  const [name, value, ...rest] = text.split("=");
  if (!name || value === undefined || rest.length > 0 || Number.isNaN(parseNumber(value)))
    throw new UsageError(`--set takes name=value with a number, not "${text}"`);
  if (before.has(name)) throw new UsageError(`--set ${name} is given twice`);
  return new Map(before).set(name, parseNumber(value));
}

/** `3..5`, in days; each one is added to those before it. */
export function parseOutage(text: string, before: readonly DaySpan[]): DaySpan[] {
  const [from = NaN, to = NaN, ...rest] = text.split("..").map(parseNumber);
  if (rest.length > 0 || !(from >= 0 && to > from && to <= mostDays))
    throw new UsageError(`--outage takes two days, the first before the second, as in 3..5, not "${text}"`);
  return [...before, { fromDay: from, toDay: to }];
}

/** NaN for anything but a decimal number. */
export function parseNumber(text: string): number {
  return decimal.test(text) ? Number(text) : NaN;
}

/** One of a few names. */
export function knownName<Name extends string>(kind: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw unknownName(kind, text, names);
}

/** The complaint of a name that is none of a few. */
export function unknownName(kind: string, text: string, names: readonly string[]): UsageError {
  return new UsageError(`unknown ${kind} "${text}"${suggestion(text, names)}; known: ${names.join(", ")}`);
}
