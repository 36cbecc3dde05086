import { beforeAll, describe, expect, it } from "@jest/globals";
import { Compiler } from "../../compiler.js";

const imports = `
import type { ParametersOf } from "./firmware/contracts/service-commands.js";
import type { Index, Sensors, Status, ValveMove } from "./firmware/contracts/service-results.js";
import type { ValveDirection, ValveFailure, ValvePosition } from "./drivers/valve-actuator/valve-outcome.js";
import type { ValveState } from "./firmware/legal/register/meter-record.js";
import type { TimeTrust } from "./hal/clock.js";
import type { PulseSensor } from "./hal/pulse-input.js";
`;

/** What the contract says, and the part that has the say. */
const pairs = [
  ['Index["timeTrust"]', "TimeTrust"],
  ['Status["valve"]', "ValveState"],
  ['Sensors["sensor"]', "PulseSensor"],
  ['Sensors["valve"]', '"none" | ValvePosition'],
  ['ValveMove["outcome"]', '"reached" | ValveFailure'],
  ['ValveMove["position"]', "ValvePosition"],
  ['ParametersOf<"moveValve">["direction"]', "ValveDirection"],
] as const;

describe("the words of a result", () => {
  let words: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    const types = pairs.map(
      ([told, known], index) =>
        `export type told${index} = ${told};\nexport type known${index} = ${known};\n`,
    );
    words = new Compiler().words(imports + types.join(""));
  });

  it.each(pairs.map(([told, known], index) => [told, known, index] as const))(
    "%s are those of %s",
    (_told, _known, index) => {
      expect(words.get(`told${index}`)?.length).toBeGreaterThan(1);
      expect(words.get(`told${index}`)).toEqual(words.get(`known${index}`));
    },
  );
});
