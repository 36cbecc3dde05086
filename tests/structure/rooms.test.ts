import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { describeWith } from "../setup/needs.js";
import { branchCircles, type Circle, circleText, fileCircles, folderCircles } from "./circles.js";
import { importsIn } from "./imports.js";
import { beyondKnown, type Found, knownToday, nothingBeyond } from "./known-today.js";
import { roomTable } from "./room-table.js";
import { homelessFiles, roomsMarkdown, tableFaults, wrongImports } from "./rooms.js";
import { findingText, productFiles, projectFiles, projectFolder } from "./source-files.js";

const files = productFiles(projectFiles());
const imports = importsIn(files);

const known = (text: string): Found => ({ key: text, text });
const knownCircle = (circle: Circle): Found => ({
  key: circle.members.join(", "),
  text: circleText(circle),
});

describe("the table of rooms", () => {
  it("has rooms that have files, and lets each import only from rooms above it", () => {
    const found = tableFaults(roomTable, files).map(known);
    expect(beyondKnown(found, knownToday.tableFaults)).toEqual(nothingBeyond);
  });
});

const document = join(projectFolder, "docs", "ARCHITECTURE.md");
const marker = "<!-- rooms -->";
const documentThatShowsThem = {
  missing: existsSync(document) ? undefined : "docs/ARCHITECTURE.md is not written yet",
  isInstalledByCi: false,
};

describeWith(documentThatShowsThem, "the architecture's document", () => {
  it(`shows the table of rooms between two lines ${marker}`, () => {
    const [, shown = ""] = readFileSync(document, "utf8").split(marker);
    expect(withoutPadding(shown)).toBe(withoutPadding(roomsMarkdown(roomTable)));
  });
});

/** A table however its columns are aligned. */
function withoutPadding(table: string): string {
  return table
    .trim()
    .replace(/ *\| */g, "|")
    .replace(/-+/g, (dashes) => (dashes.length > 2 ? "---" : dashes));
}

describe("the files", () => {
  it("have a room each", () => {
    expect(homelessFiles(files, roomTable)).toEqual([]);
  });

  it("import files that are there", () => {
    const missing = imports.filter(({ kind }) => kind === "missing");
    expect(missing.map(({ from, line, to }) => `${from}:${line}: there is no ${to}`)).toEqual([]);
  });

  it("import only what their room may", () => {
    const found = wrongImports(imports, roomTable).map((wrong) => ({
      key: `${wrong.from} -> ${wrong.to}`,
      text: findingText(wrong),
    }));
    expect(beyondKnown(found, knownToday.imports)).toEqual(nothingBeyond);
  });

  it("import only types from the HAL's interfaces, which have nothing to run", () => {
    const values = imports.filter(({ to, isTypeOnly }) => /^hal\/[^/]+\.ts$/.test(to) && !isTypeOnly);
    expect(values.map(({ from, line, to }) => `${from}:${line}: ${to}`)).toEqual([]);
  });

  it("need each other in no circle, not even for types", () => {
    expect(fileCircles(imports).map(circleText)).toEqual([]);
  });

  it("stand in folders that need each other in no circle", () => {
    const found = folderCircles(imports).map(knownCircle);
    expect(beyondKnown(found, knownToday.folderCircles)).toEqual(nothingBeyond);
  });

  it("stand in folders that need each other in no circle, with all that is below them", () => {
    const found = branchCircles(imports).map(knownCircle);
    expect(beyondKnown(found, knownToday.branchCircles)).toEqual(nothingBeyond);
  });
});
