import { StationFault } from "../attempt/faults.js";
import type { UnitInLine } from "../execution/run-attempt.js";
import type { InstrumentPool } from "../instruments/instrument-pool.js";
import type { Instruments } from "../instruments/instruments.js";
import { type Channel, scpiInstruments } from "../instruments/scpi-instruments.js";
import type { BytePort } from "../ports/byte-port.js";
import { openPort } from "../ports/open-port.js";
import { hostClock } from "./host-clock.js";
import type { SlotClock } from "../attempt/slot-clock.js";

export const instrumentKinds = Object.freeze(["supply", "pulses", "magnet"] as const);
export type InstrumentKind = (typeof instrumentKinds)[number];

/** Where an instrument is and which of its channels is the slot's. */
export interface InstrumentPlace {
  readonly address: string;
  readonly channel: number;
}

export type InstrumentPlaces = Readonly<Partial<Record<InstrumentKind, InstrumentPlace>>>;

/** A unit at a port of this host, with the instruments of its slot. */
export function realUnit(
  address: string,
  places: InstrumentPlaces,
  pool: InstrumentPool,
  serialNumber: string | undefined,
): UnitInLine {
  let port: BytePort | undefined;
  return {
    ...(serialNumber !== undefined && { serialNumber }),
    mount: async () => {
      const opened = await openPort(address, hostClock);
      port = opened;
      const channels = await openChannels(places, pool);
      return { port: opened, clock: hostClock, instruments: (clock) => instrumentsOf(channels, clock) };
    },
    release: async () => port?.close(),
  };
}

type Channels = Partial<Record<InstrumentKind, Channel>>;

async function openChannels(places: InstrumentPlaces, pool: InstrumentPool): Promise<Channels> {
  const channels: Channels = {};
  for (const kind of instrumentKinds) {
    const place = places[kind];
    if (place) channels[kind] = { client: await pool.client(kind, place.address), number: place.channel };
  }
  return channels;
}

/** An instrument that nobody has named is an error only where a phase asks for it. */
function instrumentsOf({ supply, pulses, magnet }: Channels, clock: SlotClock): Instruments {
  const missing = (kind: InstrumentKind) => async (): Promise<never> =>
    Promise.reject(
      new StationFault(`the recipe needs the instrument "${kind}"; name it with --${kind} ADDRESS`),
    );
  return {
    supply: supply
      ? scpiInstruments.supply(supply, clock)
      : { switch: missing("supply"), measure: missing("supply") },
    pulses: pulses ? scpiInstruments.pulses(pulses, clock) : { play: missing("pulses") },
    magnet: magnet ? scpiInstruments.magnet(magnet, clock) : { hold: missing("magnet") },
  };
}
