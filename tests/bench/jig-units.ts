import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { InstrumentPort } from "../../jig/simulated/scpi-instrument.js";
import { instrumentNames, SimulatedRack } from "../../jig/simulated/simulated-rack.js";
import { engineFactories } from "../../sim/engines/engines.js";
import { SimulatedUnit } from "../../sim/unit/simulated-unit.js";

/** Where a unit and its instruments listen. */
export interface UnitAddresses {
  readonly label: string;
  readonly line: string;
  readonly supply: string;
  readonly pulses: string;
  readonly magnet: string;
}

/**
 * A process of simulated units in real time, each with its instruments, behind sockets: `jig-units.js COUNT SEED`.
 * Prints their addresses as one line of JSON and runs until its input ends.
 */
async function main(count: number, seed: number): Promise<void> {
  const units = await Promise.all(Array.from({ length: count }, async (_, index) => serveUnit(seed + index)));
  process.stdout.write(`${JSON.stringify(units)}\n`);
  process.stdin.resume();
  await once(process.stdin, "end");
  process.exit();
}

async function serveUnit(seed: number): Promise<UnitAddresses> {
  const wall = {
    now: () => performance.now(),
    sleep: async (milliseconds: number) => sleep(milliseconds),
  };
  const unit = await SimulatedUnit.create({ seed, engine: engineFactories.node, wall });
  // A board lives on, whether or not somebody waits for it.
  const day = 86_400_000;
  unit.clock.wait(day).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
  const rack = new SimulatedRack(() => unit.bench);
  const line = await listen((socket) => {
    unit.line.onReceive = (bytes) => {
      socket.write(bytes);
    };
    socket.on("data", (bytes) => {
      unit.line.send(bytes);
    });
  });
  const addresses: Partial<Record<(typeof instrumentNames)[number], string>> = {};
  for (const name of instrumentNames)
    addresses[name] = await listen((socket) => {
      const port = new InstrumentPort(name, rack.instruments[name], () => 0);
      port.onReceive = (bytes) => {
        socket.write(bytes);
      };
      socket.on("data", (bytes) => {
        port.send(bytes);
      });
    });
  const { supply = "", pulses = "", magnet = "" } = addresses;
  return { label: unit.label, line, supply, pulses, magnet };
}

async function listen(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `tcp:127.0.0.1:${(server.address() as { readonly port: number }).port}`;
}

await main(Number(process.argv[2]), Number(process.argv[3]));
