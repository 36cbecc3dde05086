import { BallValve } from "../world/valve/valve.js";
import type { Board } from "../chip/board/board.js";
import type { BoardParts } from "../chip/board/parts.js";
import { RealTimeClock } from "../chip/board/real-time-clock.js";
import { PortEvent } from "../chip/boundary/port.js";
import type { FlashChip } from "../world/flash/partition-table.js";
import { HeadEnd } from "../head-end/head-end.js";
import { Random } from "../kernel/random.js";
import type { Scheduler } from "../kernel/world.js";
import { Bc660k } from "../world/modem/bc660k/bc660k.js";
import type { Bc660kOptions } from "../world/modem/bc660k/bc660k-options.js";
import { Network } from "../world/network/network.js";
import { Battery } from "../world/battery/battery.js";
import { PulseInputModel } from "../world/sensors/pulse-input.js";
import { PulseTransmitter } from "../world/sensors/pulse-transmitter.js";
import { boardModel } from "./board-model.js";
import { boardFlash } from "./flash/flash-access.js";
import { firmwareImageHash } from "./image-hash.js";
import { legalChecksum } from "./legal-checksum.js";
import { behaviourOf, conditionsOf } from "./network-situations.js";
import { RetransmissionCounter } from "./retransmissions.js";
import { configuredValue, type RunOptions } from "./run-options.js";
import type { Truth } from "./truth.js";

/** The models around one board. */
export interface MeterWorld {
  readonly parts: BoardParts;
  readonly flash: FlashChip;
  readonly battery: Battery;
  readonly valve: BallValve;
  readonly modem: Bc660k;
  readonly network: Network;
  readonly retransmissions: RetransmissionCounter;
  readonly headEnd: HeadEnd;
  readonly transmitter: PulseTransmitter;
  readonly input: PulseInputModel;
  /** Solders the models to the board's pins and ports. */
  connect(board: Board): void;
}

/** Of the valve's current sense: 1 ohm. */
const senseMillivoltsPerMilliampere = 1;

/** Behind the regulator; the pin sees half of it. */
const logicMillivolts = 3300;

/** Eight digits, one number per seed. */
export function serialNumberOf(seed: number): string {
  return String(10_000_000 + (seed % 90_000_000));
}

/** A MAC address of the range for local use (IEEE 802, U/L bit), one per seed. */
export function hardwareIdOfSeed(seed: number): string {
  return `02${(seed >>> 0).toString(16).padStart(10, "0")}`;
}

/** Builds every model of a run; each draws from a random stream of its own. */
export function buildMeterWorld(
  options: RunOptions,
  scheduler: Scheduler,
  truth: Truth,
  flash: FlashChip,
): MeterWorld {
  const { product, seed } = options;
  const random = new Random(seed);
  const sensor = options.sensor ?? options.board?.wiring.sensor ?? "dual-reed";
  const model = boardModel(options.board);
  const battery = new Battery(scheduler, options.battery);
  const valve = new BallValve(scheduler, 1);
  const input = new PulseInputModel({
    scheduler,
    boardDefault: { sensor, debounceMilliseconds: 5, magnetSeconds: 15 },
  });
  const { longestBounceMicroseconds } = options;
  const transmitter = new PulseTransmitter({
    scheduler,
    pulses: truth,
    sensor,
    input,
    random: random.fork("reed"),
    litresPerPulse: configuredValue(options, "pulseWeightMillilitres") / 1000,
    ...(longestBounceMicroseconds !== undefined && { longestBounceMicroseconds }),
  });
  const wires: { board: Board | undefined } = { board: undefined };
  const uplink = buildUplink(options, scheduler, random, {
    onOutput: (bytes) => wires.board?.uarts.get("modem")?.input(bytes),
    onCurrentChange: (milliamperes) => {
      battery.setLoad("modem", milliamperes);
    },
  });
  const parts: BoardParts = {
    serialNumber: serialNumberOf(seed),
    hardwareId: hardwareIdOfSeed(seed),
    // Reads every module, which only a visit at the service port is worth.
    get imageHash() {
      return firmwareImageHash();
    },
    get meteringChecksum() {
      return legalChecksum();
    },
    seal: { isBurnt: true },
    sensor,
    valveSenseMillivoltsPerMilliampere: senseMillivoltsPerMilliampere,
    clock: new RealTimeClock(scheduler, options.driftPartsPerMillion ?? 0),
    flash: boardFlash(flash, model.programByteLength),
    pulses: input,
    battery,
    model,
    random: random.fork(`chip of a ${product.name} meter`),
  };
  const connect = (board: Board): void => {
    wires.board = board;
    connectModem(board, uplink.modem);
    board.pins.analogs.set("rail-logic", () => logicMillivolts / 2);
    connectValve(board, valve, battery);
  };
  return { parts, flash, battery, valve, transmitter, input, ...uplink, connect };
}

/** The modem, the network it is in and the head-end at the other end. */
function buildUplink(
  options: RunOptions,
  scheduler: Scheduler,
  random: Random,
  wires: Pick<Bc660kOptions, "onOutput" | "onCurrentChange">,
): Pick<MeterWorld, "modem" | "network" | "retransmissions" | "headEnd"> {
  const { seed, startEpochSeconds, networkSituations: situations = [] } = options;
  const headEnd = new HeadEnd({
    scheduler,
    random: random.fork("head-end"),
    expectedPeriodSeconds: configuredValue(options, "intervalSeconds"),
    startEpochSeconds,
  });
  const retransmissions = new RetransmissionCounter();
  const network = new Network({
    scheduler,
    random: random.fork("network"),
    conditions: { ...options.network, ...conditionsOf(situations) },
    epochMilliseconds: () => startEpochSeconds * 1000 + scheduler.nowMicroseconds / 1000,
    carryUplink: (datagram, from, reply) => {
      headEnd.receive(datagram, from, reply);
    },
    observeUplink: retransmissions.watch,
  });
  const identity = modemIdentity(seed);
  const modem = new Bc660k({
    scheduler,
    random: random.fork("modem"),
    network,
    identity,
    behaviour: { ...options.modem, ...behaviourOf(situations) },
    ...wires,
  });
  return { modem, network, retransmissions, headEnd };
}

function connectModem(board: Board, modem: Bc660k): void {
  const uart = board.uarts.get("modem");
  if (uart)
    uart.peer = {
      receive: (bytes) => {
        modem.receive(bytes);
      },
    };
  board.pins.outputs.set("modem-power-key", (level) => {
    modem.setPowerKey(level === 1);
  });
  board.pins.outputs.set("modem-reset", (level) => {
    modem.setReset(level === 1);
  });
}

function connectValve(board: Board, valve: BallValve, battery: Battery): void {
  const { pins } = board;
  pins.outputs.set("valve-open-drive", (level) => {
    valve.setDrive("open", level);
  });
  pins.outputs.set("valve-close-drive", (level) => {
    valve.setDrive("close", level);
  });
  pins.inputs.set("valve-open-limit", () => valve.limit("open"));
  pins.inputs.set("valve-close-limit", () => valve.limit("close"));
  pins.analogs.set("valve-current", () =>
    Math.round(valve.currentMilliamperes * senseMillivoltsPerMilliampere),
  );
  valve.onLimitChange = (limit) => {
    const handle = pins.inputHandle(`valve-${limit}-limit`);
    if (handle !== undefined) board.push(PortEvent.digitalReadable, handle);
  };
  valve.onCurrentChange = (milliamperes) => {
    battery.setLoad("valve", milliamperes);
  };
}

function modemIdentity(seed: number): { imei: string; imsi: string; iccid: string } {
  const serial = serialNumberOf(seed);
  return {
    imei: withCheckDigit(`864207${serial}`),
    imsi: `0010101${serial}`,
    iccid: withCheckDigit(`8988228000${serial}`),
  };
}

/** With the digit that Luhn's formula asks for (3GPP TS 23.003 annex B, ISO/IEC 7812-1). */
function withCheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
