import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";

import { openPort, tcpAddress } from "../../../jig/ports/open-port.js";
import { hostClock } from "../../../jig/station/host-clock.js";

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

async function listen(onSocket: (socket: Socket) => void): Promise<string> {
  server = createServer(onSocket);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  return `tcp:127.0.0.1:${port}`;
}

describe("a network port", () => {
  it.each([
    ["tcp:10.0.0.7:5025", { host: "10.0.0.7", port: 5025 }],
    ["tcp:[::1]:80", { host: "::1", port: 80 }],
    ["tcp:bench.example:1", { host: "bench.example", port: 1 }],
    ["tcp:bench", undefined],
    ["tcp:bench:0", undefined],
    ["tcp:bench:65536", undefined],
    ["tcp::80", undefined],
  ])("%s is %j", (address, parts) => {
    expect(tcpAddress(address)).toEqual(parts);
  });

  it("carries bytes and says when the other end hangs up", async () => {
    const address = await listen((socket) => {
      socket.once("data", (bytes) => {
        socket.end(Buffer.concat([Buffer.from("got "), bytes]));
      });
    });
    const port = await openPort(address, hostClock);
    const received = new Promise<string>((resolve) => {
      port.onReceive = (bytes) => {
        resolve(Buffer.from(bytes).toString());
      };
    });
    const lost = new Promise((resolve) => {
      port.onLost = resolve;
    });
    port.send(Buffer.from("it"));
    expect(await received).toBe("got it");
    expect(await lost).toBe(`${address} has hung up; check what is at the other end`);
    await port.close();
  });

  it("where nothing listens is refused in one line", async () => {
    const address = await listen(() => undefined);
    server?.close();
    await expect(openPort(address, hostClock)).rejects.toThrow(
      `${address}: nothing listens there; start it or check the port`,
    );
  });

  it("that is not written as one is refused in one line", async () => {
    await expect(openPort("tcp:bench", hostClock)).rejects.toThrow(
      "tcp:bench: a network port is tcp:HOST:PORT with a port from 1 to 65535",
    );
  });
});
