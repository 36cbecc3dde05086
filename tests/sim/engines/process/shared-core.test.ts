import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, expect, it } from "@jest/globals";
import { holdCore, releaseCore } from "../../../../sim/engines/process/shared-core.js";
import { describeWith } from "../../../setup/needs.js";

/** The processors that this thread may run on, as proc(5) lists them. */
function allowed(): string {
  const status = readFileSync("/proc/thread-self/status", "latin1");
  return /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "";
}

function missing(): string | undefined {
  try {
    execFileSync("taskset", ["--version"], { stdio: "pipe" });
    return /[,-]/.test(allowed()) ? undefined : "this computer has a single core";
  } catch {
    return "there is no taskset";
  }
}

describeWith({ missing: missing(), isInstalledByCi: false }, "a thread that talks to a process", () => {
  const before = allowed();
  let held = 0;
  const hold = (): void => {
    held++;
    holdCore();
  };
  const release = (): void => {
    held--;
    releaseCore();
  };

  afterEach(() => {
    while (held > 0) release();
  });

  it("stays on one core, and so does what it starts", () => {
    hold();
    expect(allowed()).toMatch(/^\d+$/);
    const child = execFileSync("grep", ["Cpus_allowed_list", "/proc/self/status"], { encoding: "latin1" });
    expect(child.trim().split(/\s+/)[1]).toBe(allowed());
  });

  it("is where it was before once it talks to none any more", () => {
    hold();
    hold();
    release();
    expect(allowed()).toMatch(/^\d+$/);
    release();
    expect(allowed()).toBe(before);
  });
});
