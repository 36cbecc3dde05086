import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { missingRv32Tools } from "../../../sim/engines/rv32/tools.js";

const path = process.env["PATH"];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tally-tools-"));
  process.env["PATH"] = folder;
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

/** A program that ends with 0, or with 1 when one of its arguments is `refused`. */
function install(name: string, refused = "nothing"): void {
  writeFileSync(join(folder, name), `#!/bin/sh\ncase "$*" in *${refused}*) exit 1;; esac\n`);
  chmodSync(join(folder, name), 0o755);
}

describe("the tools for RV32", () => {
  it("are complete with compiler, C library and emulator", async () => {
    install("riscv64-unknown-elf-gcc");
    install("qemu-system-riscv32");
    expect(await missingRv32Tools()).toBeUndefined();
  });

  it("without picolibc are told with its package", async () => {
    install("riscv64-unknown-elf-gcc", "picolibc");
    install("qemu-system-riscv32");
    expect(await missingRv32Tools()).toBe(
      "there is no picolibc for RV32; on Debian: apt-get install picolibc-riscv64-unknown-elf",
    );
  });

  it("without an emulator are told with its package", async () => {
    install("riscv64-unknown-elf-gcc");
    expect(await missingRv32Tools()).toBe(
      "there is no qemu-system-riscv32; on Debian: apt-get install qemu-system-misc",
    );
  });

  it("that are missing altogether are told with all packages", async () => {
    expect(await missingRv32Tools()).toMatch(
      /apt-get install gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf qemu-system-misc$/,
    );
  });
});
