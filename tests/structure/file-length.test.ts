import { expect, it } from "@jest/globals";
import { projectFiles } from "./source-files.js";

const mostLines = 350;

it(`no file is longer than ${mostLines} lines`, () => {
  const lengths = [...projectFiles()].map(([path, text]) => ({ path, lines: text.split("\n").length - 1 }));
  const tooLong = lengths.filter(({ lines }) => lines > mostLines);
  expect(tooLong.map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([]);
});
