import type { EngineFactory } from "../../sim/chip/boundary/engine.js";
import type { ServiceLine } from "../../sim/unit/bench-access.js";
import { SimulatedUnit } from "../../sim/unit/simulated-unit.js";
import type { PlantedFault } from "../../sim/unit/unit-faults.js";
import type { PaceClock } from "../../sim/unit/unit-time.js";
import type { UnitInLine } from "../execution/run-attempt.js";
import { ScpiClient } from "../instruments/scpi-client.js";
import { scpiInstruments } from "../instruments/scpi-instruments.js";
import type { BytePort } from "../ports/byte-port.js";
import { InstrumentPort } from "./scpi-instrument.js";
import { SimulatedRack } from "./simulated-rack.js";

export interface SimulatedUnitOptions {
  /** Decides the unit's numbers and all chance. */
  readonly seed: number;
  readonly faults: readonly PlantedFault[];
  readonly engine: EngineFactory;
  /** Given, the unit keeps step with it. */
  readonly wall?: PaceClock;
  /** Called with the unit's own time when it is taken out. */
  readonly onReleased: (unitSeconds: number) => void;
}

const channel = 1;

/** A simulated unit, with a rack of simulated instruments of its own. The operator scans its label. */
export async function simulatedUnit(options: SimulatedUnitOptions): Promise<UnitInLine> {
  const { seed, faults, engine, wall, onReleased } = options;
  const unit = await SimulatedUnit.create({ seed, faults, engine, ...(wall && { wall }) });
  const { clock } = unit;
  const rack = new SimulatedRack((number) => (number === channel ? unit.bench : undefined));
  const connect = (name: "supply" | "pulses" | "magnet"): { client: ScpiClient; number: number } => ({
    client: new ScpiClient(
      `simulated ${name}`,
      new InstrumentPort(name, rack.instruments[name], () => clock.nowMilliseconds),
    ),
    number: channel,
  });
  const [supply, pulses, magnet] = [connect("supply"), connect("pulses"), connect("magnet")];
  return {
    serialNumber: unit.label,
    mount: async () =>
      Promise.resolve({
        port: new LinePort(unit.line, () => clock.nowMilliseconds),
        clock,
        instruments: (attemptClock) => ({
          supply: scpiInstruments.supply(supply, attemptClock),
          pulses: scpiInstruments.pulses(pulses, attemptClock),
          magnet: scpiInstruments.magnet(magnet, attemptClock),
        }),
      }),
    release: async () => {
      onReleased(clock.nowMilliseconds / 1000);
      unit.close();
      return Promise.resolve();
    },
  };
}

class LinePort implements BytePort {
  readonly name = "the simulated unit";
  onReceive: BytePort["onReceive"];
  onLost: BytePort["onLost"];
  #line: ServiceLine;

  constructor(line: ServiceLine, nowMilliseconds: () => number) {
    this.#line = line;
    line.onReceive = (bytes) => {
      this.onReceive?.(bytes, nowMilliseconds());
    };
  }

  send(bytes: Uint8Array): void {
    this.#line.send(bytes);
  }

  async close(): Promise<void> {
    this.#line.onReceive = undefined;
    return Promise.resolve();
  }
}
