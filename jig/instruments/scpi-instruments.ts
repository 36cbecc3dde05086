import type { SlotClock } from "../attempt/slot-clock.js";
import type { Magnet, PulseGenerator, PulseTrain, Supply, SupplyReading } from "./instruments.js";
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
  pulses: (channel: Channel, clock: SlotClock): PulseGenerator => new ScpiPulseSource(channel, clock),
  magnet: (channel: Channel, clock: SlotClock): Magnet => new ScpiMagnet(channel, clock),
});

/** What is told to one channel alone. */
class ScpiChannel {
  #channel: Channel;
  #clock: SlotClock;

  constructor(channel: Channel, clock: SlotClock) {
    this.#channel = channel;
    this.#clock = clock;
  }

  async switchOutput(isOn: boolean): Promise<void> {
    await this.command([`OUTPut:STATe ${isOn ? "ON" : "OFF"},`]);
  }

  /** Sends commands, each of which ends where the list of channels goes. */
  async command(commands: readonly string[], timeoutMilliseconds?: number): Promise<void> {
    const { client, number } = this.#channel;
    const complete = commands.map((each) => `${each}(@${number})`);
    await client.command(complete, this.#clock, timeoutMilliseconds);
  }

  async query(question: string, timeoutMilliseconds?: number): Promise<number> {
    const { client, number } = this.#channel;
    return client.query(`${question} (@${number})`, this.#clock, timeoutMilliseconds);
  }
}

class ScpiSupply extends ScpiChannel implements Supply {
  async switch(isOn: boolean): Promise<void> {
    await this.switchOutput(isOn);
  }

  async measure(milliseconds: number): Promise<SupplyReading> {
    await this.command([`SENSe:CURRent:APERture ${milliseconds / 1000},`]);
    const amperes = await this.query("MEASure:CURRent?", milliseconds + marginMilliseconds);
    const volts = await this.query("MEASure:VOLTage?");
    return { microamperes: amperes * 1e6, millivolts: volts * 1000 };
  }
}

class ScpiPulseSource extends ScpiChannel implements PulseGenerator {
  async play({ forward, reverse, hertz }: PulseTrain): Promise<void> {
    const commands = [
      `SOURce:PULSe:FREQuency ${hertz},`,
      `SOURce:PULSe:COUNt ${forward},`,
      `SOURce:PULSe:COUNt:REVerse ${reverse},`,
      "INITiate ",
    ];
    await this.command(commands, ((forward + reverse) / hertz) * 1000 + marginMilliseconds);
  }
}

class ScpiMagnet extends ScpiChannel implements Magnet {
  async hold(isHeld: boolean): Promise<void> {
    await this.switchOutput(isHeld);
  }
}
