import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { openForReading } from "../../../jig/records/database.js";
import type { EntryBody } from "../../../jig/records/entry.js";
import { RecordStore } from "../../../jig/records/record-store.js";
import { verifyRecords } from "../../../jig/records/verify.js";
import { Random } from "../../../sim/kernel/random.js";

/** What a station has shown: as a line names it, with the fields that the line has. */
type Shown = Readonly<Record<string, unknown>> & { readonly word: string };

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Empty; the database is made in it. */
  readonly folder: string;
  /** The compiled station. */
  readonly station: string;
  /** The longest that a station lives after it begins to open its records. */
  readonly longestLifeMilliseconds: number;
  readonly onKill?: (kill: number) => void;
}

export interface KillResult {
  readonly stored: number;
  readonly aborted: number;
  readonly keysIssued: number;
  /** Starts that were killed before the station had opened its records. */
  readonly killedWhileOpening: number;
  /** One line for each broken promise. */
  readonly problems: readonly string[];
}

/** Kills a station's record-keeping at random moments, starts it again each time, and holds what it showed against its records. */
export async function killStation({
  kills,
  seed,
  folder,
  station,
  longestLifeMilliseconds,
  onKill,
}: KillOptions): Promise<KillResult> {
  const database = join(folder, "records.db");
  const keyFile = join(folder, "head-end.pem");
  const { publicKey } = generateKeyPairSync("x25519");
  writeFileSync(keyFile, publicKey.export({ type: "spki", format: "pem" }));
  const random = new Random(seed).fork("kill");
  const shown: Shown[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    shown.push(...(await liveAndDie(station, [database, keyFile], random.next() * longestLifeMilliseconds)));
    onKill?.(kill);
  }
  const last = new RecordStore({
    path: database,
    station: "kill",
    headEndKey: { pem: publicKey.export({ type: "spki", format: "pem" }).toString(), name: keyFile },
    now: () => Date.now(),
    randomBytes: (byteLength) => new Uint8Array(byteLength),
  });
  last.close();
  return judge(database, shown);
}

/** One life of the station, from the moment it begins to open its records. */
async function liveAndDie(station: string, args: readonly string[], milliseconds: number): Promise<Shown[]> {
  const child = spawn(process.execPath, [station, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const closed = once(reader, "close");
  const ended = once(child, "exit");
  await once(reader, "line");
  await sleep(milliseconds);
  child.kill("SIGKILL");
  await closed;
  const [exitCode, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  if (signal !== "SIGKILL") throw new Error(`the station ended by itself, with ${signal ?? exitCode ?? ""}`);
  return lines.map((line) => JSON.parse(line) as Shown);
}

function judge(database: string, shown: readonly Shown[]): KillResult {
  const named = (word: string): Shown[] => shown.filter((line) => line.word === word);
  const entries = readEntries(database);
  const attempts = entries.flatMap((entry) => (entry.type === "attempt" ? [entry.attempt] : []));
  const attemptById = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  const keyIds = new Set(entries.flatMap((entry) => (entry.type === "key" ? [entry.keyId] : [])));
  const serialNumbers = entries.flatMap((entry) =>
    entry.type === "claim" && entry.kind === "serialNumber" ? [entry.value] : [],
  );
  const problems = [...verifyRecords(database).problems];
  for (const { id, keyId, serialNumber, outcome } of named("stored")) {
    const attempt = attemptById.get(String(id));
    const isWhole = attempt !== undefined && attempt.outcome === outcome && attempt.unit.keyId === keyId;
    if (!isWhole || attempt.unit.serialNumber !== serialNumber)
      problems.push(`attempt ${String(id)} was shown as stored, and is not in the records as it was`);
  }
  for (const { id } of named("begun"))
    if (!attemptById.has(String(id))) problems.push(`attempt ${String(id)} was begun and has no end`);
  for (const { keyId } of named("issued"))
    if (!keyIds.has(String(keyId)))
      problems.push(`key ${String(keyId)} was issued and is not in the records`);
  for (const field of ["keyId", "key"])
    problems.push(
      ...repeats(named("issued").map((line) => line[field])).map((key) => `${field} ${key} was issued twice`),
    );
  problems.push(
    ...repeats(attempts.flatMap(({ unit }) => unit.keyId ?? [])).map((key) => `two units have key ${key}`),
  );
  problems.push(...repeats(serialNumbers).map((number) => `serial number ${number} has two units`));
  for (const { serialNumber } of named("claimed"))
    if (!serialNumbers.includes(String(serialNumber)))
      problems.push(`serial number ${String(serialNumber)} was claimed and is not in the records`);
  const opened = named("open").length;
  return {
    stored: named("stored").length,
    aborted: attempts.filter(({ outcome }) => outcome === "ABORTED").length,
    keysIssued: named("issued").length,
    killedWhileOpening: named("opening").length - opened,
    problems,
  };
}

function readEntries(path: string): EntryBody[] {
  const database = openForReading(path);
  const texts = database.prepare("SELECT body FROM entry ORDER BY sequence").pluck().all() as string[];
  database.close();
  return texts.map((text) => JSON.parse(text) as EntryBody);
}

function repeats(values: readonly unknown[]): string[] {
  const seen = new Set<unknown>();
  return values.filter((value) => seen.size === seen.add(value).size).map(String);
}
