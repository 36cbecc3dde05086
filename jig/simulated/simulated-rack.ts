import type { BenchAccess } from "../../sim/unit/bench-access.js";
import { ScpiError, ScpiInstrument } from "./scpi-instrument.js";

export const instrumentNames = Object.freeze(["supply", "pulses", "magnet"] as const);
export type InstrumentName = (typeof instrumentNames)[number];

interface Train {
  forward: number;
  reverse: number;
  hertz: number;
}

/** A rack of instruments, each channel clipped to a simulated unit's bench. */
export class SimulatedRack {
  readonly instruments: Readonly<Record<InstrumentName, ScpiInstrument>>;
  #benches: (channel: number) => BenchAccess | undefined;
  #apertureSeconds = new Map<number, number>();
  #lastMillivolts = new Map<number, number>();
  #trains = new Map<number, Train>();

  /** @param benches what is clipped to a channel now */
  constructor(benches: (channel: number) => BenchAccess | undefined) {
    this.#benches = benches;
    this.instruments = { supply: this.#supply(), pulses: this.#pulses(), magnet: this.#magnet() };
  }

  #supply(): ScpiInstrument {
    return new ScpiInstrument("TALLY,SIMULATED-SMU,0,1.0", {
      "OUTPut[:STATe]": ([state, list]) => {
        this.#bench(list).setSupply(switchOf(state));
        return undefined;
      },
      "SENSe:CURRent:APERture": ([seconds, list]) => {
        this.#apertureSeconds.set(channelOf(list), numberOf(seconds, 0.001, 100));
        return undefined;
      },
      "MEASure:CURRent?": async ([list]) => {
        const channel = channelOf(list);
        const seconds = this.#apertureSeconds.get(channel) ?? 0.1;
        const { microamperes, millivolts } = await this.#bench(list).measureSupply(seconds * 1000);
        this.#lastMillivolts.set(channel, millivolts);
        return (microamperes / 1e6).toExponential(6);
      },
      "MEASure:VOLTage?": ([list]) =>
        ((this.#lastMillivolts.get(channelOf(list)) ?? 0) / 1000).toExponential(6),
    });
  }

  #pulses(): ScpiInstrument {
    const set =
      (name: keyof Train, lowest: number, highest: number) =>
      ([value, list]: readonly string[]): undefined => {
        this.#train(list)[name] = numberOf(value, lowest, highest);
      };
    return new ScpiInstrument("TALLY,SIMULATED-PULSE-SOURCE,0,1.0", {
      "SOURce:PULSe:FREQuency": set("hertz", 0.1, 10),
      "SOURce:PULSe:COUNt": set("forward", 0, 10_000),
      "SOURce:PULSe:COUNt:REVerse": set("reverse", 0, 10_000),
      "INITiate[:IMMediate]": async ([list]) => {
        await this.#bench(list).playPulses(this.#train(list));
        return undefined;
      },
    });
  }

  #magnet(): ScpiInstrument {
    return new ScpiInstrument("TALLY,SIMULATED-MAGNET,0,1.0", {
      "OUTPut[:STATe]": ([state, list]) => {
        this.#bench(list).holdMagnet(switchOf(state));
        return undefined;
      },
    });
  }

  #bench(list: string | undefined): BenchAccess {
    const bench = this.#benches(channelOf(list));
    if (!bench) throw new ScpiError(-241, "Hardware missing");
    return bench;
  }

  #train(list: string | undefined): Train {
    const channel = channelOf(list);
    const train = this.#trains.get(channel) ?? { forward: 0, reverse: 0, hertz: 1 };
    this.#trains.set(channel, train);
    return train;
  }
}

function channelOf(list: string | undefined): number {
  const [, digits] = /^\(@(\d+)\)$/.exec(list ?? "") ?? [];
  if (digits === undefined) throw new ScpiError(-171, "Invalid expression");
  return Number(digits);
}

function switchOf(state: string | undefined): boolean {
  if (/^(ON|1)$/i.test(state ?? "")) return true;
  if (/^(OFF|0)$/i.test(state ?? "")) return false;
  throw new ScpiError(-224, "Illegal parameter value");
}

function numberOf(text: string | undefined, lowest: number, highest: number): number {
  const value = Number(text);
  if (text === undefined || Number.isNaN(value)) throw new ScpiError(-104, "Data type error");
  if (value < lowest || value > highest) throw new ScpiError(-222, "Data out of range");
  return value;
}
