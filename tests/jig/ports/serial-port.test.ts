import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "@jest/globals";

import type { BytePort } from "../../../jig/ports/byte-port.js";
import { openPort } from "../../../jig/ports/open-port.js";
import { hostClock } from "../../../jig/station/host-clock.js";
import { describeWith, needsSocat } from "../../setup/needs.js";

const open: BytePort[] = [];
const cables: ChildProcess[] = [];

/** A null-modem cable: two pseudo-terminals, joined. */
async function cable(near: string, far: string): Promise<ChildProcess> {
  const socat = spawn("socat", [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`]);
  cables.push(socat);
  while (!existsSync(near) || !existsSync(far)) await hostClock.wait(10);
  return socat;
}

async function opened(path: string): Promise<BytePort> {
  const port = await openPort(path, hostClock);
  open.push(port);
  return port;
}

function lineFrom(port: BytePort): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    port.onReceive = (bytes) => {
      text += Buffer.from(bytes).toString();
      if (text.endsWith("\n")) resolve(text);
    };
  });
}

afterEach(async () => {
  for (const port of open.splice(0)) await port.close();
  for (const socat of cables.splice(0)) {
    if (socat.exitCode !== null || socat.signalCode !== null) continue;
    const gone = once(socat, "exit");
    socat.kill();
    await gone;
  }
});

describeWith(needsSocat(), "a serial port", () => {
  const folder = mkdtempSync(join(tmpdir(), "tally-serial-"));
  let number = 0;
  const ends = (): [string, string] => [join(folder, `near${++number}`), join(folder, `far${number}`)];

  it("carries bytes both ways over a pair of pseudo-terminals", async () => {
    const [near, far] = ends();
    await cable(near, far);
    const [one, other] = [await opened(near), await opened(far)];
    const there = lineFrom(other);
    one.send(Buffer.from("from here\n"));
    expect(await there).toBe("from here\n");
    const back = lineFrom(one);
    other.send(Buffer.from("from there\n"));
    expect(await back).toBe("from there\n");
  });

  it("says that it was unplugged, and can be opened again", async () => {
    const [near, far] = ends();
    const socat = await cable(near, far);
    const port = await opened(near);
    const peer = await opened(far);
    const heard = lineFrom(port);
    peer.send(Buffer.from("still there\n"));
    await heard;
    const lost = new Promise((resolve) => {
      port.onLost = resolve;
    });
    const gone = once(socat, "exit");
    socat.kill();
    expect(await lost).toMatch(new RegExp(`^${near} has gone \\(.*\\); plug it in again$`));
    await gone;
    await expect(opened(near)).rejects.toThrow(
      `${near}: there is no such port; plug it in or check the path`,
    );
    await cable(near, far);
    const [again, other] = [await opened(near), await opened(far)];
    const there = lineFrom(other);
    again.send(Buffer.from("back\n"));
    expect(await there).toBe("back\n");
  });

  it("in use is waited for, and then refused in one line", async () => {
    const [near, far] = ends();
    await cable(near, far);
    const first = await opened(near);
    await expect(openPort(near, hostClock)).rejects.toThrow(
      `${near}: is in use by another program; stop that or take another port`,
    );
    // One that is given back while it is waited for is taken.
    const second = opened(near);
    await hostClock.wait(60);
    await first.close();
    expect((await second).name).toBe(near);
  });
});

it("a serial port that is a file is refused in one line", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "tally-serial-")), "file");
  writeFileSync(path, "");
  await expect(openPort(path, hostClock)).rejects.toThrow(`${path}: is no serial port`);
});
