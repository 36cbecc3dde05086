import { clockDrift } from "./clock-drift.js";
import { flashTest } from "./flash-test.js";
import { identify } from "./identify.js";
import { lock } from "./lock.js";
import { holdMagnet, magnet } from "./magnet.js";
import { modem } from "./modem.js";
import type { PhaseKind } from "./phase.js";
import { powerOff, powerOn } from "./power.js";
import { provision } from "./provision.js";
import { pulseInputs } from "./pulse-inputs.js";
import { rails } from "./rails.js";
import { readBack } from "./read-back.js";
import { reEntry } from "./re-entry.js";
import { selfTest } from "./self-test.js";
import { sleepCurrent } from "./sleep-current.js";
import { valve } from "./valve.js";

/** Every phase that a recipe can name, in the order of a line. */
export const phaseKinds: readonly PhaseKind[] = Object.freeze([
  powerOn,
  identify,
  selfTest,
  rails,
  sleepCurrent,
  pulseInputs,
  holdMagnet,
  valve,
  clockDrift,
  modem,
  flashTest,
  magnet,
  provision,
  readBack,
  lock,
  reEntry,
  powerOff,
]);
