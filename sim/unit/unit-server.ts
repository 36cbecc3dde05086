import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { SimulatedUnit } from "./simulated-unit.js";

/**
 * Listens on a TCP port of this host until `signal` is aborted; a second visitor is turned away while one is there.
 * @returns the port; another than asked for where that was 0
 * @throws {NodeJS.ErrnoException} where the port can't be had.
 */
export function listenOnSocket(unit: SimulatedUnit, port: number, signal: AbortSignal): Promise<number> {
  let isTaken = false;
  const server = createServer((socket) => {
    if (isTaken) {
      socket.destroy();
      return;
    }
    isTaken = true;
    socket.setNoDelay(true);
    // A visitor who is gone is told by "close".
    socket.on("error", () => undefined);
    socket.on("close", () => {
      isTaken = false;
      unit.line.onReceive = undefined;
    });
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    unit.line.onReceive = (bytes) => {
      socket.write(bytes);
    };
    socket.on("data", (bytes) => {
      unit.line.send(Uint8Array.from(bytes));
    });
  });
  signal.addEventListener("abort", () => server.close(), { once: true });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/**
 * Makes a pseudo-terminal that a station opens like a serial port, until `signal` is aborted: socat holds its other end.
 * Resolves when it ends by itself, with what it said; rejects where it can't be started.
 * @param path where its name appears, as a symbolic link
 */
export function serveTerminal(unit: SimulatedUnit, path: string, signal: AbortSignal): Promise<string> {
  const socat = spawn("socat", [`PTY,link=${path},raw,echo=0`, "STDIO"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaint = "";
  socat.stderr.on("data", (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  signal.addEventListener("abort", () => socat.kill(), { once: true });
  // What is written to one that has ended is lost, as on a cable that was pulled.
  socat.stdin.on("error", () => undefined);
  unit.line.onReceive = (bytes) => {
    socat.stdin.write(bytes);
  };
  socat.stdout.on("data", (bytes: Buffer) => {
    unit.line.send(Uint8Array.from(bytes));
  });
  return new Promise((resolve, reject) => {
    socat.on("error", reject);
    socat.on("close", () => {
      resolve(complaint.trim());
    });
  });
}
