import type { PulseCounts } from "../../firmware/contracts/service-results.js";
import type { PulseTrain } from "../instruments/instruments.js";
import { definePhase } from "./phase.js";
import type { PhaseContext } from "./phase-context.js";

/** For the source to set out and come to rest. */
const marginMilliseconds = 1500;
const answerMilliseconds = 3000;

/** Counts as many pulses as are played, each once, in the right direction. */
export const pulseInputs = definePhase({
  name: "pulse-inputs",
  measurements: {
    forwardDifference: { type: "number" },
    reverseDifference: { type: "number" },
    illegalTransitions: { type: "number" },
    sensorFaults: { type: "number" },
  },
  settings: {
    forwardPulses: { default: 10, minimum: 1, maximum: 1000 },
    reversePulses: { default: 5, minimum: 0, maximum: 1000 },
    hertz: { default: 5, minimum: 0.1, maximum: 10 },
  },
  async run(context) {
    const { measure, settings } = context;
    const { forwardPulses, reversePulses, hertz } = settings;
    const counts = await countWhilePlaying(context, {
      forward: forwardPulses,
      reverse: reversePulses,
      hertz,
    });
    measure("forwardDifference", counts.forward - forwardPulses);
    measure("reverseDifference", counts.reverse - reversePulses);
    measure("illegalTransitions", counts.illegalTransitions);
    measure("sensorFaults", counts.sensorFaults);
    return "continue";
  },
});

async function countWhilePlaying(
  { meter, instruments }: PhaseContext<never>,
  train: PulseTrain,
): Promise<PulseCounts> {
  const playMilliseconds = ((train.forward + train.reverse) / train.hertz) * 1000;
  const windowMilliseconds = Math.ceil(playMilliseconds) + marginMilliseconds;
  let played: Promise<void> | undefined;
  const { result } = await meter.request(
    "pulseCounts",
    { windowMilliseconds },
    {
      timeoutMilliseconds: windowMilliseconds + answerMilliseconds,
      isRepeatable: false,
      onMark: () => {
        played = instruments.pulses.play(train);
        // Whoever waits for it below hears of its failure.
        played.catch(() => undefined);
      },
    },
  );
  await played;
  return result;
}
