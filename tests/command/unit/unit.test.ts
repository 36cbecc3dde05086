import { closeSync, createReadStream, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { openLine, sealLine } from "../../../firmware/contracts/service-line.js";
import { runTally } from "../../../command/run-tally.js";
import { describeWith, needsSocat } from "../../setup/needs.js";
import { Bench } from "../bench.js";

const identify = `${sealLine('{"jsonrpc":"2.0","id":1,"method":"identify"}')}\r\n`;
const realClock = { now: () => performance.now(), sleep: (milliseconds: number) => sleep(milliseconds) };

/** A unit that runs in step with the clock until the visit is over; the visit gets the place where it is. */
async function runUnit(words: string, visit: (place: string) => Promise<void>): Promise<number> {
  const bench = Object.assign(new Bench(), { clock: realClock });
  const told = new Promise<string>((resolve) => {
    bench.output.onText = (text) => {
      const place = /: (?:localhost:)?(\S+)\n$/.exec(text)?.[1];
      if (place !== undefined) resolve(place);
    };
  });
  const run = runTally(["unit", "--engine", "node", ...words.split(" ")], bench);
  try {
    await Promise.race([told.then(visit), run.then(() => Promise.reject(new Error(bench.errors.text)))]);
  } finally {
    bench.interruption.abort();
  }
  return run;
}

/** The first line with a result that comes from `stream`, as a message. */
function firstResult(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    stream.on("data", (bytes: Buffer) => {
      text += bytes.toString();
      const line = text
        .split("\r\n")
        .find((each) => each.includes('"result"') && openLine(each) !== undefined);
      if (line !== undefined) resolve(openLine(line) ?? "");
    });
  });
}

async function visitor(port: string): Promise<Socket> {
  const socket = connect(Number(port), "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}

describe("tally unit", () => {
  it("answers on its socket until Ctrl-C, one visitor at a time", async () => {
    const exitCode = await runUnit("--socket 0 --seed 5", async (port) => {
      const socket = await visitor(port);
      const result = firstResult(socket);
      socket.write(identify);
      expect(await result).toContain('"hardwareId":"020000000005"');
      const second = await visitor(port);
      await new Promise((resolve) => second.once("close", resolve));
      socket.destroy();
    });
    expect(exitCode).toBe(130);
  });
});

describeWith(needsSocat(), "tally unit on a pseudo-terminal", () => {
  it("answers until Ctrl-C", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tally-unit-"));
    const path = join(folder, "meter");
    const exitCode = await runUnit(`--pty ${path} --seed 5`, async () => {
      while (!existsSync(path)) await sleep(10);
      const descriptor = openSync(path, "r+");
      const stream = createReadStream(path);
      // Its other end goes first.
      stream.on("error", () => undefined);
      const result = firstResult(stream);
      writeSync(descriptor, identify);
      expect(await result).toContain('"hardwareId":"020000000005"');
      stream.destroy();
      closeSync(descriptor);
    });
    rmSync(folder, { recursive: true });
    expect(exitCode).toBe(130);
  });

  it.each([
    ["unit", /unit takes either --socket <port> or --pty <path>$/],
    ["unit --socket 1 --pty x", /unit takes either --socket <port> or --pty <path>$/],
    ["unit --pty /nowhere/meter", /--pty \/nowhere\/meter: there is no folder \/nowhere; make it first$/],
    ["unit --socket 70000", /--socket takes a TCP port from 0 to 65535, not "70000"$/],
    ["unit --socket 0 --fault rain", /unknown fault "rain"; known: weak-battery, .*, line-noise$/],
    ["unit --socket 0 --speed 0", /--speed takes a number from 0.1 to 100, not "0"$/],
  ])("refuses `%s` in one line", async (words, message) => {
    const bench = new Bench();
    expect(await bench.run(words)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.lines[0]).toMatch(message);
  });
});
