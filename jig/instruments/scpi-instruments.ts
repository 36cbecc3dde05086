import type { SlotClock } from "../station/slot-clock.js";
import type { Magnet, PulseSource, PulseTrain, Supply, SupplyReading } from "./instruments.js";
import type { ScpiClient } from "./scpi-client.js";

/** An instrument's channel that a slot is clipped to. */
export interface Channel {
  readonly client: ScpiClient;
  readonly number: number;
}

/** Beyond the time that a command has to take by itself. */
const marginMilliseconds = 3000;

/** A slot's instruments by SCPI. `clock` is the one whose time limits hold. */
export const scpiInstruments = Object.freeze({
  supply: (channel: Channel, clock: SlotClock): Supply => new ScpiSupply(channel, clock),
  pulses: (channel: Channel, clock: SlotClock): PulseSource => new ScpiPulseSource(channel, clock),
  magnet: (channel: Channel, clock: SlotClock): Magnet => new ScpiMagnet(channel, clock),
});

class ScpiSupply implements Supply {
  #channel: Channel;
  #clock: SlotClock;

  constructor(channel: Channel, clock: SlotClock) {
    this.#channel = channel;
    this.#clock = clock;
  }

  async switch(isOn: boolean): Promise<void> {
    const { client, number } = this.#channel;
    await client.command([`OUTPut:STATe ${isOn ? "ON" : "OFF"},(@${number})`], this.#clock);
  }

  async measure(milliseconds: number): Promise<SupplyReading> {
    const { client, number } = this.#channel;
    await client.command([`SENSe:CURRent:APERture ${milliseconds / 1000},(@${number})`], this.#clock);
    const timeout = milliseconds + marginMilliseconds;
    const amperes = await client.query(`MEASure:CURRent? (@${number})`, this.#clock, timeout);
    const volts = await client.query(`MEASure:VOLTage? (@${number})`, this.#clock);
    return { microamperes: amperes * 1e6, millivolts: volts * 1000 };
  }
}

class ScpiPulseSource implements PulseSource {
  #channel: Channel;
  #clock: SlotClock;

  constructor(channel: Channel, clock: SlotClock) {
    this.#channel = channel;
    this.#clock = clock;
  }

  async play({ forward, reverse, hertz }: PulseTrain): Promise<void> {
    const { client, number } = this.#channel;
    const list = `(@${number})`;
    await client.command(
      [
        `SOURce:PULSe:FREQuency ${hertz},${list}`,
        `SOURce:PULSe:COUNt ${forward},${list}`,
        `SOURce:PULSe:COUNt:REVerse ${reverse},${list}`,
        `INITiate ${list}`,
      ],
      this.#clock,
      ((forward + reverse) / hertz) * 1000 + marginMilliseconds,
    );
  }
}

class ScpiMagnet implements Magnet {
  #channel: Channel;
  #clock: SlotClock;

  constructor(channel: Channel, clock: SlotClock) {
    this.#channel = channel;
    this.#clock = clock;
  }

  async hold(isHeld: boolean): Promise<void> {
    const { client, number } = this.#channel;
    await client.command([`OUTPut:STATe ${isHeld ? "ON" : "OFF"},(@${number})`], this.#clock);
  }
}
