import type { Clock } from "../../../hal/clock.js";
import type { Modem, ModemIdentity, SignalQuality } from "../../../drivers/nb-iot/modem.js";
import type { ValvePosition } from "../../../drivers/valve-actuator/valve-outcome.js";
import { pause } from "../../time/pause.js";
import { actuatorOptions, journalledMove } from "../../duties/valve/journalled-move.js";
import { testFlash } from "./flash-test.js";
import type { Handlers } from "./handlers.js";
import type { MeterAccess } from "../meter-access.js";
import type { ParametersOf, ResultOf } from "../../contracts/service-commands.js";
import type { ModemReport } from "../../contracts/service-results.js";
import { hardwareFailure, notReady, Refusal } from "../refusal.js";

type DriveNames = "moveValve" | "modem" | "flashTest" | "sleep";

/** A valve's motor and the battery last for so many and more, and a factory needs a handful. */
const mostValveMoves = 50;
const mostSamples = 240;
const signalPollMilliseconds = 500;

/** What the factory line has the meter do. */
export const driveCommands: Handlers<DriveNames> = Object.freeze({
  moveValve: ({ meter }, { direction }) => moveValve(meter, direction),
  modem: ({ meter }, { signalSeconds }) => visitModem(meter, signalSeconds),
  flashTest: ({ meter }) => testFlash(meter.hardware),
  sleep: (scope, { seconds }) => {
    const { hardware, metering } = scope.meter;
    // What is due to be recorded is not put off.
    const untilTicks = Math.min(hardware.clock.ticks + seconds * 1000, metering.nextDueTicks);
    scope.sleepUntil(untilTicks);
    return { untilTicks };
  },
});

async function moveValve(
  meter: MeterAccess,
  direction: ParametersOf<"moveValve">["direction"],
): Promise<ResultOf<"moveValve"> | Refusal> {
  const { hardware, access, settings } = meter;
  if (!hardware.valve || !settings.valve) return hardwareFailure("this meter has no valve");
  if (access.valveMoves >= mostValveMoves)
    return notReady(`${mostValveMoves} moves were made since the battery was connected, which is all`);
  access.valveMoves++;
  const options = actuatorOptions(settings.valve);
  const { samplePeriodMilliseconds, travelTimeoutSeconds } = options;
  const looks = (travelTimeoutSeconds * 1000) / samplePeriodMilliseconds;
  const stride = Math.ceil(looks / mostSamples);
  const milliamperes: number[] = [];
  let peakMilliamperes = 0;
  let look = 0;
  const onSample = (sample: number): void => {
    if (look++ % stride !== 0 || milliamperes.length === mostSamples) return;
    milliamperes.push(sample);
    peakMilliamperes = Math.max(peakMilliamperes, sample);
  };
  let position: ValvePosition = "between";
  const outcome = await journalledMove(
    meter,
    { ...options, connection: hardware.valve, clock: hardware.clock, onSample },
    async (valve) => {
      const moved = await (direction === "open" ? valve.open() : valve.close());
      position = valve.position;
      return moved;
    },
  );
  return {
    outcome: outcome.ok ? "reached" : outcome.code,
    position,
    travelMilliseconds: outcome.ok ? outcome.value.travelMilliseconds : 0,
    peakMilliamperes,
    samplePeriodMilliseconds: samplePeriodMilliseconds * stride,
    milliamperes,
  };
}

/** Switches the modem on, asks who it is and what it hears, and switches it off again. */
async function visitModem(meter: MeterAccess, signalSeconds: number): Promise<ModemReport | Refusal> {
  meter.metering.checkpoint("before-radio");
  const modem = meter.openModem();
  let isOn = false;
  try {
    // It is off before its first contact, and `start` would first wait for one that only sleeps.
    await modem.pressPowerKey();
    isOn = true;
    const started = await modem.start("none");
    isOn = started.ok || started.code !== "no-answer";
    const identity = started.ok ? await modem.identity() : started;
    return identity.ok
      ? reportOf(identity.value, await hear(modem, meter.hardware.clock, signalSeconds))
      : hardwareFailure(`modem ${identity.code}`);
  } finally {
    if (isOn) await modem.pressPowerKey();
    modem.close();
  }
}

/** What the modem receives, once it receives something; undefined when it does not in time. */
async function hear(modem: Modem, clock: Clock, signalSeconds: number): Promise<SignalQuality | undefined> {
  const endTicks = clock.ticks + signalSeconds * 1000;
  for (;;) {
    const signal = await modem.signal();
    if (signal.ok) return signal.value;
    if (clock.ticks >= endTicks) return undefined;
    await pause(clock, signalPollMilliseconds);
  }
}

function reportOf({ imei, iccid }: ModemIdentity, signal: SignalQuality | undefined): ModemReport {
  const { powerDbm = 0, noiseRatioDb = 0 } = signal ?? {};
  return { imei, iccid, hasSignal: signal !== undefined, powerDbm, noiseRatioDb };
}
