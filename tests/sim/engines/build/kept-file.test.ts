import {
  chmodSync,
  constants,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isKept, keep } from "../../../../sim/engines/build/kept-file.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tally-kept-"));
  const made = join(folder, "made");
  writeFileSync(made, "echo 7\n", { mode: 0o700 });
  path = join(folder, "programs", "program");
  await keep(made, path);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("a file that a build keeps", () => {
  it("is in its place as it was made", () => {
    expect(readFileSync(path, "utf8")).toBe("echo 7\n");
    expect(isKept(path, constants.X_OK)).toBe(true);
  });

  it("is not kept when it is gone", () => {
    rmSync(path);
    expect(isKept(path)).toBe(false);
  });

  it.each([0, 4])("is not kept when it is cut off after %d bytes", (byteLength) => {
    truncateSync(path, byteLength);
    expect(isKept(path)).toBe(false);
  });

  it("is not kept when it is another of the same length", () => {
    writeFileSync(path, "echo 8\n");
    expect(isKept(path)).toBe(false);
  });

  it("is not kept when nobody knows what it was", () => {
    rmSync(`${path}.sha256`);
    expect(isKept(path)).toBe(false);
  });

  it("is no program when it may not be run", () => {
    chmodSync(path, 0o600);
    expect(isKept(path, constants.X_OK)).toBe(false);
    expect(isKept(path)).toBe(true);
  });

  it("is kept again once it is made anew", async () => {
    truncateSync(path, 0);
    const made = join(folder, "again");
    writeFileSync(made, "echo 9\n");
    await keep(made, path);
    expect(isKept(path)).toBe(true);
  });
});
