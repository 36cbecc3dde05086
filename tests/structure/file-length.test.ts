import { expect, it } from "@jest/globals";
import { beyondKnown, knownToday, nothingBeyond } from "./known-today.js";
import { projectFiles } from "./source-files.js";

const mostLines = 350;

it(`no file is longer than ${mostLines} lines`, () => {
  const lengths = [...projectFiles()].map(([path, text]) => ({
    key: path,
    lines: text.split("\n").length - 1,
  }));
  const found = lengths
    .filter(({ lines }) => lines > mostLines)
    .map(({ key, lines }) => ({ key, text: `${key} has ${lines} lines` }));
  expect(beyondKnown(found, knownToday.longFiles)).toEqual(nothingBeyond);
});
