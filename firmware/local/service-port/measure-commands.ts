import { areEqual, encodeHexadecimal } from "../../../hal/base/bytes.js";
import { decodeHexadecimal } from "../../../hal/base/hexadecimal.js";
import { modularDifference } from "../../../hal/base/modular-difference.js";
import { ValveActuator } from "../../../drivers/valve-actuator/valve-actuator.js";
import { asciiBytes } from "../../../hal/base/text.js";
import { pause } from "../../time/pause.js";

import { actuatorOptions } from "../../duties/valve/journalled-move.js";
import type { CommandScope, Handlers } from "./handlers.js";
import type { MeterAccess } from "../meter-access.js";
import type { ResultOf } from "../../contracts/service-commands.js";
import type { PulseCounts, Rail, Sensors } from "../../contracts/service-results.js";

type MeasureNames = "selfTest" | "rails" | "pulseCounts" | "sensors" | "clockDrift";

/** FIPS 197, C.1, and FIPS 180-4's example of SHA-256. */
const aesKey = "000102030405060708090A0B0C0D0E0F";
const aesPlain = "00112233445566778899AABBCCDDEEFF";
const aesCipher = "69C4E0D86A7B0430D8CDB78070B4C55A";
const shaMessage = "abc";
const shaDigest = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";

/** What the factory line measures without moving anything. */
export const measureCommands: Handlers<MeasureNames> = Object.freeze({
  selfTest: ({ meter }) => selfTest(meter),
  rails: ({ meter }) => ({ rails: measureRails(meter) }),
  sensors: ({ meter }) => senseAll(meter),
  pulseCounts: (scope, { windowMilliseconds }) => countPulses(scope, windowMilliseconds),
  clockDrift: async (scope, { windowMilliseconds }) => {
    const { clock } = scope.meter.hardware;
    // A timer ends where a tick begins: both ends of the window are then equally far from one.
    await pause(clock, 1);
    const startTicks = clock.ticks;
    scope.tell("mark", { ticks: startTicks });
    await pause(clock, windowMilliseconds);
    return { startTicks, endTicks: clock.ticks };
  },
});

function selfTest({ hardware, metering, store, events }: MeterAccess): ResultOf<"selfTest"> {
  const { crypto } = hardware;
  const bytesOf = (digits: string): Uint8Array => decodeHexadecimal(digits) ?? new Uint8Array(0);
  const cipher = crypto.encryptAes128Block(bytesOf(aesKey), bytesOf(aesPlain));
  const digest = crypto.sha256(asciiBytes(shaMessage));
  const drawn = new Uint8Array(16);
  const drawnNext = new Uint8Array(16);
  crypto.fillRandom(drawn);
  crypto.fillRandom(drawnNext);
  return {
    crypto: encodeHexadecimal(cipher) === aesCipher && encodeHexadecimal(digest) === shaDigest,
    random: !areEqual(drawn, drawnNext),
    journal: metering.checkpoint("self-test"),
    settings: store.storeAccessCounters(store.accessCounters),
    events: events.lastSequence > 0 && events.failures === 0,
  };
}

function measureRails({ hardware: { power, rails } }: MeterAccess): Rail[] {
  const measured: Rail[] = [{ name: "battery", millivolts: power.batteryMillivolts }];
  rails.forEach(({ name, input, multiplier, divisor }) => {
    const analog = new input.io({ pin: input.pin });
    measured.push({ name, millivolts: Math.round((analog.read() * multiplier) / divisor) });
    analog.close();
  });
  return measured;
}

function senseAll(meter: MeterAccess): Sensors {
  const { metering, hardware, settings } = meter;
  metering.count();
  const { magnetPresent, oneSided, wireCut } = metering.sample.faults;
  const sensed = { sensor: hardware.pulseInput.sensor, magnetPresent, oneSided, wireCut };
  if (!hardware.valve || !settings.valve) return { ...sensed, valve: "none" };
  const valve = new ValveActuator({
    ...actuatorOptions(settings.valve),
    connection: hardware.valve,
    clock: hardware.clock,
  });
  const { position } = valve;
  valve.release();
  return { ...sensed, valve: position };
}

async function countPulses(scope: CommandScope, windowMilliseconds: number): Promise<PulseCounts> {
  const { metering, hardware } = scope.meter;
  metering.count();
  const start = metering.sample;
  scope.tell("mark", { ticks: start.ticks });
  await pause(hardware.clock, windowMilliseconds);
  metering.count();
  const end = metering.sample;
  const fault = (name: "illegalTransitions" | "magnetEvents" | "sensorFaults"): number =>
    modularDifference(end.faults[name], start.faults[name]);
  return {
    startTicks: start.ticks,
    endTicks: end.ticks,
    forward: modularDifference(end.forward, start.forward),
    reverse: modularDifference(end.reverse, start.reverse),
    illegalTransitions: fault("illegalTransitions"),
    magnetEvents: fault("magnetEvents"),
    sensorFaults: fault("sensorFaults"),
  };
}
