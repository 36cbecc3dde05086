import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { runMachine } from "./run-machine.js";

const folder = mkdtempSync(join(tmpdir(), "tally-machine-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function emulator(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${["#!/bin/sh", ...lines].join("\n")}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("a run on the emulated machine", () => {
  it("gives what the program prints", async () => {
    const path = emulator("prints", "echo figure 12");
    expect(await runMachine("image", { emulator: path, mostSeconds: 60 })).toBe("figure 12\n");
  });

  it("that is too slow says so, though the emulator would end well when asked to", async () => {
    const path = emulator("hangs", "trap 'exit 0' TERM", "while :; do :; done");
    await expect(runMachine("image", { emulator: path, mostSeconds: 0.05 })).rejects.toThrow(
      /hangs was stopped after 0\.05 s of wall clock.*computer is busy \(load [\d.]+, \d+ processors\)/,
    );
  });

  it("that somebody else kills says by what", async () => {
    const path = emulator("dies", "kill -KILL $$");
    await expect(runMachine("image", { emulator: path, mostSeconds: 60 })).rejects.toThrow(
      /dies was killed by SIGKILL/,
    );
  });

  it("that fails says with what status", async () => {
    const path = emulator("fails", "exit 3");
    await expect(runMachine("image", { emulator: path, mostSeconds: 60 })).rejects.toThrow(
      /fails ended with status 3$/,
    );
  });
});
