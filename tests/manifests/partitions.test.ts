import { readFileSync } from "node:fs";
import { join } from "node:path";
import { logs } from "../../firmware/storage/logs.js";
import { describe, expect, it } from "@jest/globals";
import { boards } from "../../manifests/boards/boards.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { partitionTable } from "../../sim/run/initial-flash.js";

const root = projectFolder();
const sectorByteLength = 4096;
/** Of ESP-IDF (`components/partition_table/gen_esp32part.py`). */
const appAlignment = 0x1_0000;
const tableEnd = 0x9000;
const flashByteLength = 4 * 1024 * 1024;

/** Partitions that are on the chip only. */
const chipPartitions = ["nvs", "otadata", "identity", "ota_0", "ota_1", "scratch"];

interface Row {
  readonly label: string;
  readonly type: string;
  readonly subtype: string;
  readonly offset: number;
  readonly byteLength: number;
  readonly flags: string;
}

function tableOf(board: string): Row[] {
  const text = readFileSync(join(root, "manifests", "boards", board, "partitions.csv"), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [label = "", type = "", subtype = "", offset, size, flags = ""] = line
        .split(",")
        .map((field) => field.trim());
      return { label, type, subtype, offset: Number(offset), byteLength: Number(size), flags };
    });
}

describe.each(boards)("the partition table of $name", ({ name }) => {
  const table = tableOf(name);

  it("holds the simulator's partitions, each as large", () => {
    const data = table.filter(({ label }) => !chipPartitions.includes(label));
    const inSimulator = partitionTable
      .filter(({ label }) => !chipPartitions.includes(label))
      .map(({ label, sectors }) => [label, sectors * sectorByteLength]);
    expect(new Map(data.map(({ label, byteLength }) => [label, byteLength]))).toEqual(
      new Map(inSimulator as []),
    );
  });

  it("holds every partition that the firmware opens", () => {
    const labels = [...Object.values(logs).map(({ name: log }) => log), "scratch"];
    expect(table.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
  });

  it("has two equal slots for images and the record of which one runs", () => {
    const slots = table.filter(({ type }) => type === "app");
    expect(slots.map(({ subtype }) => subtype)).toEqual(["ota_0", "ota_1"]);
    expect(slots[0]?.byteLength).toBe(slots[1]?.byteLength);
    expect(slots.every(({ offset }) => offset % appAlignment === 0)).toBe(true);
    expect(table.find(({ subtype }) => subtype === "ota")?.byteLength).toBe(0x2000);
  });

  it("fills 4 MB in order, without overlaps, in whole sectors", () => {
    let end = tableEnd;
    for (const { label, offset, byteLength } of table) {
      expect([label, offset]).toEqual([label, end]);
      expect(byteLength % sectorByteLength).toBe(0);
      end = offset + byteLength;
    }
    expect(end).toBeLessThanOrEqual(flashByteLength);
    expect(new Set(table.map(({ label }) => label)).size).toBe(table.length);
    expect(table.every(({ label }) => label.length <= 16)).toBe(true);
  });

  it("has every log's partition encrypted where flash encryption is on", () => {
    const encrypted = table.filter(({ flags }) => flags === "encrypted").map(({ label }) => label);
    expect(encrypted.sort()).toEqual(
      Object.values(logs)
        .map(({ name: log }) => log)
        .sort(),
    );
  });
});

describe("an update from one version to the next", () => {
  it("finds the same table on every board", () => {
    const [first, ...others] = boards.map(({ name }) => tableOf(name));
    for (const other of others) expect(other).toEqual(first);
  });
});
