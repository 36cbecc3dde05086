import { existsSync } from "node:fs";
import { dirname } from "node:path";

const problems: Readonly<Partial<Record<string, string>>> = Object.freeze({
  ENOENT: "there is no such file; check the path",
  ENOTDIR: "a part of the path is no folder; check it",
  EISDIR: "is a folder; name a file",
  EACCES: "may not be opened; check its permissions",
  EPERM: "may not be opened; check its permissions",
  EROFS: "lies on a disk that can't be written",
  ENOSPC: "the disk is full",
});

/** What is wrong with a file, in words, by the system's error. */
export function fileProblem(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return problems[code] ?? message;
}

/** The same of a file that is to be written: it need not be there, its folder must. */
export function outputProblem(path: string, error: unknown): string {
  const folder = dirname(path);
  const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT" && !existsSync(folder);
  return isMissing ? missingFolder(folder) : fileProblem(error);
}

export function missingFolder(folder: string): string {
  return `there is no folder ${folder}; make it first`;
}
