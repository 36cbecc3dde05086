import { existsSync } from "node:fs";

import { afterEach, describe, expect, it } from "@jest/globals";

import { buildXsProgram } from "../../../sim/engines/xs/build-xs-program.js";
import { PipedProcess } from "../../../sim/engines/process/piped-process.js";

const compiler = process.env["CC"];

afterEach(() => {
  if (compiler === undefined) delete process.env["CC"];
  else process.env["CC"] = compiler;
});

describe("building the XS program", () => {
  it("is done once only", async () => {
    const first = await buildXsProgram();
    const messages: string[] = [];
    expect(await buildXsProgram((message) => messages.push(message))).toBe(first);
    expect(existsSync(first)).toBe(true);
    expect(messages).toEqual([]);
  });

  it("says what to install when there is no compiler", async () => {
    process.env["CC"] = "no-such-compiler";
    await expect(buildXsProgram()).rejects.toThrow(
      /^no C compiler: install one, on Debian: apt-get install gcc libc6-dev$/,
    );
  });
});

describe("a piped process", () => {
  const frame = new Uint8Array(16);

  it("reads and writes while the event loop stands still", async () => {
    const echo = await PipedProcess.start("the child", "/bin/cat", []);
    echo.write(Uint8Array.of(1, 2, 3), 3);
    expect(echo.read(frame, 4, 8)).toBe(3);
    expect(frame.slice(4, 8)).toEqual(Uint8Array.of(1, 2, 3, 0));
    echo.close();
    expect(() => echo.read(frame, 0, 1)).toThrow("the child is closed");
  });

  it("tells a child's last words and its exit code in one line", async () => {
    const child = await PipedProcess.start("the child", "/bin/sh", [
      "-c",
      "echo first >&2; echo second >&2; exit 7",
    ]);
    expect(() => child.read(frame, 0, 1)).toThrow(/^the child ended with code 7: first second$/);
  });

  it("tells when writing finds the child gone", async () => {
    const child = await PipedProcess.start("the child", "/bin/sh", [
      "-c",
      "exec <&-; echo > /dev/stdout; kill -9 $$",
    ]);
    child.read(frame, 0, 1);
    expect(() => {
      for (;;) child.write(frame, 16);
    }).toThrow("the child was killed by signal 9");
  });

  it("tells when there is nothing to start", async () => {
    const child = await PipedProcess.start("the child", "/no/such/program", []);
    expect(() => child.read(frame, 0, 1)).toThrow(
      /^the child can't be started: \/no\/such\/program is not there, or may not be run where it lies$/,
    );
  });
});
