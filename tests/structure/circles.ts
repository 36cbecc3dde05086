import { dirname } from "node:path";
import type { Import } from "./imports.js";

/** Files or folders each of which needs all the others. */
export interface Circle {
  /** Sorted. */
  readonly members: readonly string[];
  /** What ties them: one way around, each with its line. */
  readonly ties: readonly Import[];
}

/** Circles of files. A C file and its header are one; so are a native module and its types. */
export function fileCircles(imports: readonly Import[]): Circle[] {
  return circlesOf(imports, ({ from, to }) => [withoutEnding(from), withoutEnding(to)]);
}

/** Circles of folders, each of which is the files that stand in it directly. */
export function folderCircles(imports: readonly Import[]): Circle[] {
  return circlesOf(imports, ({ from, to }) => [dirname(from), dirname(to)]);
}

/** Circles of folders beside each other, each with all that is below it. */
export function branchCircles(imports: readonly Import[]): Circle[] {
  return circlesOf(imports, ({ from, to }) => branchesOf(dirname(from), dirname(to)));
}

/** `sim/chip, sim/engines need each other: sim/chip/board.ts:3 imports sim/engines/engine.ts; ...` */
export function circleText({ members, ties }: Circle): string {
  const told = ties.map(({ from, line, to }) => `${from}:${line} imports ${to}`);
  return `${members.join(", ")} need each other: ${told.join("; ")}`;
}

function withoutEnding(path: string): string {
  return path.replace(/(\.d)?\.\w+$/, "");
}

/** The first folders in which two paths part; undefined when one is in the other. */
function branchesOf(from: string, to: string): [string, string] | undefined {
  const [fromParts, toParts] = [from.split("/"), to.split("/")];
  const depth = fromParts.findIndex((part, index) => part !== toParts[index]);
  if (depth < 0 || depth >= toParts.length) return undefined;
  return [fromParts.slice(0, depth + 1).join("/"), toParts.slice(0, depth + 1).join("/")];
}

type Graph = ReadonlyMap<string, ReadonlyMap<string, Import>>;

function circlesOf(
  imports: readonly Import[],
  nodesOf: (entry: Import) => readonly [string, string] | undefined,
): Circle[] {
  const graph = new Map<string, Map<string, Import>>();
  for (const entry of imports) {
    if (entry.kind !== "file") continue;
    const [from, to] = nodesOf(entry) ?? [];
    if (from === undefined || to === undefined || from === to) continue;
    const targets = graph.get(from) ?? new Map<string, Import>();
    graph.set(from, targets);
    if (!targets.has(to)) targets.set(to, entry);
  }
  const reached = new Map([...graph.keys()].map((node) => [node, reachedFrom(graph, node)]));
  const circles = new Map<string, Circle>();
  for (const [node, targets] of reached) {
    if (!targets.has(node)) continue;
    const members = [...targets.keys()].filter((other) => reached.get(other)?.has(node)).sort();
    if (members[0] === node) circles.set(node, { members, ties: targets.get(node) ?? [] });
  }
  return [...circles.values()];
}

/** Every node that can be reached, with a shortest way to it. */
function reachedFrom(graph: Graph, start: string): Map<string, readonly Import[]> {
  const ways = new Map<string, readonly Import[]>();
  const waiting: [string, readonly Import[]][] = [[start, []]];
  for (const [node, way] of waiting)
    for (const [target, entry] of graph.get(node) ?? []) {
      if (ways.has(target)) continue;
      const longer = [...way, entry];
      ways.set(target, longer);
      waiting.push([target, longer]);
    }
  return ways;
}
