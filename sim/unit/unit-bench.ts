import type { Board } from "../chip/board/board.js";
import type { World } from "../kernel/world.js";
import type { MeterWorld } from "../run/meter-world.js";
import type { BenchAccess, BenchPulseTrain, BenchSupplyReading } from "./bench-access.js";
import type { FixtureContacts } from "./fixture-contacts.js";
import type { LineWire } from "./line-wire.js";
import type { UnitCondition } from "./unit-faults.js";
import type { UnitTime } from "./unit-time.js";

export interface UnitBenchOptions {
  readonly world: World;
  readonly board: Board;
  readonly meter: MeterWorld;
  readonly time: UnitTime;
  readonly wire: LineWire;
  readonly contacts: FixtureContacts;
  readonly condition: UnitCondition;
}

/** 1 mAh is 3.6 C. */
const microcoulombsPerMilliampereHour = 3.6e6;
const mostPulses = 10_000;

/** What the instruments of a station are clipped to, over the models of one unit. */
export class UnitBench implements BenchAccess {
  #options: UnitBenchOptions;
  #isSupplyOn = false;
  #isPlugged = true;
  #hasHadSupply = false;

  constructor(options: UnitBenchOptions) {
    this.#options = options;
  }

  setSupply(isOn: boolean): void {
    this.#isSupplyOn = isOn;
    this.#applySupply();
  }

  async measureSupply(milliseconds: number): Promise<BenchSupplyReading> {
    const { meter, time } = this.#options;
    const before = meter.battery.consumedMilliampereHours;
    await time.wait(milliseconds);
    const microcoulombs = (meter.battery.consumedMilliampereHours - before) * microcoulombsPerMilliampereHour;
    const { isPowered } = this.#options.board.processor;
    return {
      microamperes: isPowered ? Math.round((microcoulombs / milliseconds) * 1e6) / 1000 : 0,
      millivolts: isPowered ? meter.battery.millivolts : 0,
    };
  }

  async playPulses(train: BenchPulseTrain): Promise<void> {
    const { forward, reverse, hertz } = train;
    for (const pulses of [forward, reverse])
      if (!Number.isInteger(pulses) || pulses < 0 || pulses > mostPulses)
        throw new RangeError(`a train has 0 to ${mostPulses} pulses each way`);
    if (!(hertz >= 0.1 && hertz <= 10)) throw new RangeError("hertz must be from 0.1 to 10");
    const { contacts, time } = this.#options;
    await time.wait(contacts.play(train) / 1000);
  }

  holdMagnet(isHeld: boolean): void {
    this.#options.contacts.holdMagnet(isHeld);
  }

  unplug(): void {
    this.#isPlugged = false;
    this.#options.wire.isConnected = false;
    this.#applySupply();
  }

  plugIn(): void {
    this.#isPlugged = true;
    this.#options.wire.isConnected = true;
    this.#applySupply();
  }

  #applySupply(): void {
    const { board, meter, condition, world } = this.#options;
    const isOn = this.#isSupplyOn && this.#isPlugged;
    if (isOn === board.processor.isPowered) return;
    meter.battery.setLoad("leak", isOn ? (condition.leakMilliamperes ?? 0) : 0);
    if (isOn) board.powerOn();
    else {
      board.powerOff();
      meter.modem.losePower();
    }
    if (this.#hasHadSupply || condition.unplugSeconds === undefined) return;
    this.#hasHadSupply = true;
    world.schedule(condition.unplugSeconds * 1e6, () => {
      this.unplug();
    });
  }
}
