import { beforeEach, describe, expect, it } from "@jest/globals";

import { StationFault } from "../../../jig/attempt/faults.js";
import { InstrumentPool } from "../../../jig/instruments/instrument-pool.js";
import { ScpiClient } from "../../../jig/instruments/scpi-client.js";
import { scpiInstruments } from "../../../jig/instruments/scpi-instruments.js";
import { InstrumentPort } from "../../../jig/simulated/scpi-instrument.js";
import { SimulatedRack } from "../../../jig/simulated/simulated-rack.js";
import type { BenchAccess, BenchPulseTrain } from "../../../sim/unit/bench-access.js";
import { VirtualSlotClock } from "../virtual-slot-clock.js";

class FakeBench implements BenchAccess {
  readonly calls: unknown[] = [];
  #clock: VirtualSlotClock;

  constructor(clock: VirtualSlotClock) {
    this.#clock = clock;
  }

  setSupply(isOn: boolean): void {
    this.calls.push(["supply", isOn]);
  }

  async measureSupply(milliseconds: number): Promise<{ microamperes: number; millivolts: number }> {
    await this.#clock.wait(milliseconds);
    this.calls.push(["measure", milliseconds]);
    return { microamperes: 12.5, millivolts: 3600 };
  }

  async playPulses(train: BenchPulseTrain): Promise<void> {
    this.calls.push(["begin", train.forward]);
    await this.#clock.wait(1000);
    this.calls.push(["end", train.forward]);
  }

  holdMagnet(isHeld: boolean): void {
    this.calls.push(["magnet", isHeld]);
  }

  unplug(): void {
    this.calls.push("unplug");
  }

  plugIn(): void {
    this.calls.push("plug in");
  }
}

let clock: VirtualSlotClock;
let bench: FakeBench;
let rack: SimulatedRack;
let ports: InstrumentPort[];

beforeEach(() => {
  clock = new VirtualSlotClock();
  bench = new FakeBench(clock);
  rack = new SimulatedRack((channel) => (channel <= 2 ? bench : undefined));
  ports = [];
});

function client(name: "supply" | "pulses" | "magnet"): ScpiClient {
  const port = new InstrumentPort(name, rack.instruments[name], () => clock.nowMilliseconds);
  ports.push(port);
  return new ScpiClient(name, port);
}

describe("an instrument by SCPI", () => {
  it("switches the supply and measures as long as it is told", async () => {
    const supply = scpiInstruments.supply({ client: client("supply"), number: 1 }, clock);
    await supply.switch(true);
    expect(await supply.measure(250)).toEqual({ microamperes: 12.5, millivolts: 3600 });
    expect(bench.calls).toEqual([
      ["supply", true],
      ["measure", 250],
    ]);
    expect(clock.nowMilliseconds).toBe(250);
  });

  it("plays pulses to their end", async () => {
    const pulses = scpiInstruments.pulses({ client: client("pulses"), number: 2 }, clock);
    await pulses.play({ forward: 10, reverse: 5, hertz: 4 });
    expect(bench.calls).toEqual([
      ["begin", 10],
      ["end", 10],
    ]);
  });

  it("is used by one slot at a time", async () => {
    const shared = client("pulses");
    const one = scpiInstruments.pulses({ client: shared, number: 1 }, clock);
    const two = scpiInstruments.pulses({ client: shared, number: 2 }, clock);
    await Promise.all([
      one.play({ forward: 1, reverse: 0, hertz: 1 }),
      two.play({ forward: 2, reverse: 0, hertz: 1 }),
    ]);
    expect(bench.calls).toEqual([
      ["begin", 1],
      ["end", 1],
      ["begin", 2],
      ["end", 2],
    ]);
  });

  it("that reports an error is the station's fault, and the next slot's command is carried out", async () => {
    const shared = client("magnet");
    const wrong = scpiInstruments.magnet({ client: shared, number: 3 }, clock);
    const right = scpiInstruments.magnet({ client: shared, number: 1 }, clock);
    const failure = expect(wrong.hold(true)).rejects.toThrow(
      new StationFault('magnet reports -241,"Hardware missing"'),
    );
    await Promise.all([failure, right.hold(true)]);
    expect(bench.calls).toEqual([["magnet", true]]);
  });

  it("that stops answering is named in one line, and is opened anew", async () => {
    const pool = new InstrumentPool(async (address) => {
      const port = new InstrumentPort(address, rack.instruments.magnet, () => clock.nowMilliseconds);
      ports.push(port);
      return Promise.resolve(port);
    });
    const first = await pool.client("magnet", "tcp:bench:1");
    expect(await pool.client("magnet", "tcp:bench:1")).toBe(first);
    rack.instruments.magnet.isDead = true;
    await expect(scpiInstruments.magnet({ client: first, number: 1 }, clock).hold(true)).rejects.toThrow(
      "magnet tcp:bench:1 does not answer to OUTPut:STATe ON,(@1);*OPC?; check that it is on and connected",
    );
    rack.instruments.magnet.isDead = false;
    const second = await pool.client("magnet", "tcp:bench:1");
    expect(second).not.toBe(first);
    await scpiInstruments.magnet({ client: second, number: 1 }, clock).hold(false);
    expect(bench.calls.at(-1)).toEqual(["magnet", false]);
    await pool.close();
  });

  it("that hangs up ends what waits for it", async () => {
    const shared = client("supply");
    rack.instruments.supply.isDead = true;
    const waiting = scpiInstruments.supply({ client: shared, number: 1 }, clock).switch(true);
    clock.after(10, () => {
      ports[0]?.onLost?.("it has hung up");
    });
    await expect(waiting).rejects.toThrow(new StationFault("supply: it has hung up"));
    expect(clock.nowMilliseconds).toBe(10);
  });
});

/** Message to the supply, and what it answers. */
const messages: readonly (readonly [string, string])[] = [
  ["*IDN?", "TALLY,SIMULATED-SMU,0,1.0"],
  ["outp on,(@1);*opc?", "1"],
  [":OUTPUT:STATE OFF,(@1);:SYST:ERR?", '0,"No error"'],
  ["OUTP MAYBE,(@1);SYST:ERR?", '-224,"Illegal parameter value"'],
  ["OUTP ON;SYST:ERR?", '-171,"Invalid expression"'],
  ["OUTP ON,(@9);SYST:ERR?", '-241,"Hardware missing"'],
  ["SENS:CURR:APER 1000,(@1);SYST:ERR?", '-222,"Data out of range"'],
  ["SENS:CURR:APER soon,(@1);SYST:ERR?", '-104,"Data type error"'],
  ["OUTPU ON,(@1);SYST:ERR?", '-113,"Undefined header"'],
  [
    "OUTP BAD,(@1);:FOO;SYST:ERR?;ERR?;SYST:ERR:NEXT?",
    '-224,"Illegal parameter value";-113,"Undefined header"',
  ],
];

describe("a simulated instrument", () => {
  it.each(messages)("answers %s with %s", async (message, answer) => {
    const port = new InstrumentPort("supply", rack.instruments.supply, () => 0);
    const answered = new Promise<string>((resolve) => {
      port.onReceive = (bytes) => {
        resolve(new TextDecoder().decode(bytes).trim());
      };
    });
    port.send(new TextEncoder().encode(`${message}\n`));
    expect(await answered).toBe(answer);
  });
});
