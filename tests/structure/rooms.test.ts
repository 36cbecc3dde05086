import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { branchCircles, circleText, fileCircles, folderCircles } from "./circles.js";
import { importsIn } from "./imports.js";
import { roomTable, roomText } from "./room-table.js";
import { homelessFiles, roomsMarkdown, tableFaults, wrongImports } from "./rooms.js";
import { findingText, productFiles, projectFiles, projectFolder } from "./source-files.js";

const files = productFiles(projectFiles());
const imports = importsIn(files);

describe("the table of rooms", () => {
  it("has rooms that have files, and lets each import only from rooms above it", () => {
    expect(tableFaults(roomTable, files)).toEqual([]);
  });

  const marker = "<!-- rooms -->";
  it(`stands in docs/ARCHITECTURE.md between two lines ${marker}`, () => {
    const text = readFileSync(join(projectFolder, "docs", "ARCHITECTURE.md"), "utf8");
    const [, shown = ""] = text.split(marker);
    expect(shown.trim()).toBe(roomsMarkdown(roomText));
  });
});

describe("the files", () => {
  it("have a room each", () => {
    expect(homelessFiles(files, roomTable)).toEqual([]);
  });

  it("import files that are there", () => {
    const missing = imports.filter(({ kind }) => kind === "missing");
    expect(missing.map(({ from, line, to }) => `${from}:${line}: there is no ${to}`)).toEqual([]);
  });

  it("name what they import by plain text, but where the launcher finds what it built", () => {
    expect(imports.filter(({ kind }) => kind === "computed").map(({ from }) => from)).toEqual([
      "bin/tally.js",
    ]);
  });

  it("import only what their room may", () => {
    expect(wrongImports(imports, roomTable).map(findingText)).toEqual([]);
  });

  it("import only types from the HAL's interfaces, which have nothing to run", () => {
    const values = imports.filter(({ to, isTypeOnly }) => /^hal\/[^/]+\.ts$/.test(to) && !isTypeOnly);
    expect(values.map(({ from, line, to }) => `${from}:${line}: ${to}`)).toEqual([]);
  });

  it("need each other in no circle, not even for types", () => {
    expect(fileCircles(imports).map(circleText)).toEqual([]);
  });

  it("stand in folders that need each other in no circle", () => {
    expect(folderCircles(imports).map(circleText)).toEqual([]);
  });

  it("stand in folders that need each other in no circle, with all that is below them", () => {
    expect(branchCircles(imports).map(circleText)).toEqual([]);
  });
});
