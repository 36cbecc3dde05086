import type { Import } from "./imports.js";
import type { Finding, SourceFiles } from "./source-files.js";

/** A line of the table of rooms. */
export interface Room {
  /** A folder, one file, or with `*` each folder in a folder. */
  readonly place: string;
  /** What is in it, in a few words. */
  readonly holds: string;
  /** Places of other rooms, or single files in them. */
  readonly mayImport: readonly string[];
}

/** `place | what it holds` and behind it `< import, import`, or `< nothing`; `a/{b,c}` is short for `a/b, a/c`. */
export function parseRooms(table: string): Room[] {
  return blocksOf(table).map(({ place, holds, imports }) => ({
    place,
    holds,
    mayImport: imports === "nothing" ? [] : expand(imports),
  }));
}

/** The table as documentation shows it, in Markdown. */
export function roomsMarkdown(table: string): string {
  return blocksOf(table)
    .map(({ place, holds, imports }) => `- \`${place}\`: ${holds}\n  - imports ${codes(imports)}`)
    .join("\n");
}

function codes(imports: string): string {
  if (imports === "nothing") return imports;
  return imports.replace(/[^,\s{][^,{]*(\{[^}]*\})?/g, (place) => `\`${place}\``);
}

function blocksOf(table: string): { place: string; holds: string; imports: string }[] {
  const entry = /^(\S+) \| (.+)\n {2}< (.+)$/gm;
  const left = table.replace(entry, "").trim();
  if (left !== "") throw new Error(`not a room: ${left}`);
  return [...table.matchAll(entry)].map(([, place = "", holds = "", imports = ""]) => ({
    place,
    holds,
    imports,
  }));
}

/** Where a file belongs: the line with the longest place that it is in. */
export interface Home {
  readonly room: Room;
  /** The place itself, with the folder's name for `*`. */
  readonly place: string;
}

export function homeOf(file: string, rooms: readonly Room[]): Home | undefined {
  let home: Home | undefined;
  let length = 0;
  for (const room of rooms) {
    const parts = room.place.split("/");
    const place = file.split("/").slice(0, parts.length);
    const isIn = parts.every(
      (part, index) => part === place[index] || (part === "*" && isFolder(file, index)),
    );
    // A name says more than `*`.
    const weight = parts.length * 2 + (room.place.includes("*") ? 0 : 1);
    if (isIn && weight > length) {
      length = weight;
      home = { room, place: place.join("/") };
    }
  }
  return home;
}

/** Files that no line of the table is for. */
export function homelessFiles(files: SourceFiles, rooms: readonly Room[]): string[] {
  return [...files.keys()].filter((file) => !homeOf(file, rooms));
}

/** Imports that the table does not allow. */
export function wrongImports(imports: readonly Import[], rooms: readonly Room[]): Finding[] {
  return imports.flatMap((entry) => {
    const { from, line, to, kind } = entry;
    const [home, target] = [homeOf(from, rooms), homeOf(to, rooms)];
    if (kind !== "file" || !home || isAllowed(entry, home, target)) return [];
    const rule = `${home.place} may not import ${target?.place ?? "what has no room"}: ${to}`;
    return [{ file: from, line, rule }];
  });
}

/** Lines that name a place that is no room above them, or twice, and rooms without a file. */
export function tableFaults(rooms: readonly Room[], files: SourceFiles): string[] {
  const homes = new Set([...files.keys()].map((file) => homeOf(file, rooms)?.room));
  const empty = rooms.filter((room) => !homes.has(room)).map(({ place }) => `${place} has no file`);
  const faults = rooms.flatMap(({ place, mayImport }, index) => {
    const above = rooms.slice(0, index);
    return mayImport
      .filter((target) => !above.some((room) => room.place === target || isFileIn(target, room, above)))
      .map((target) => `${place} imports ${target}, which is no room above it`);
  });
  const places = rooms.map(({ place }) => place);
  const twice = places.filter((place, index) => places.indexOf(place) !== index);
  return [...empty, ...faults, ...twice.map((place) => `${place} stands there twice`)];
}

function isAllowed({ to }: Import, { room, place }: Home, target: Home | undefined): boolean {
  if (!target) return false;
  return target.place === place || room.mayImport.includes(target.room.place) || room.mayImport.includes(to);
}

function isFolder(file: string, index: number): boolean {
  return file.split("/").length > index + 1;
}

function isFileIn(target: string, room: Room, rooms: readonly Room[]): boolean {
  return /\.\w+$/.test(target) && homeOf(target, rooms)?.room === room;
}

function expand(text: string): string[] {
  const places = text.match(/[^,{}\s]*\{[^}]*\}|[^,\s]+/g) ?? [];
  return places.flatMap((place) => {
    const [, start = "", list] = /^(.*)\{(.*)\}$/.exec(place) ?? [];
    return list === undefined ? [place] : list.split(",").map((name) => start + name.trim());
  });
}
