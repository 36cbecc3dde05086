import { describe, expect, it } from "@jest/globals";

import { phaseKinds } from "../../../jig/phases/phase-kinds.js";
import { parseRecipe, readRecipe } from "../../../jig/recipe/read-recipe.js";
import { phasesOf, type Recipe } from "../../../jig/recipe/recipe.js";

const good = `{
  "name": "bench",
  "version": "1.2.3",
  "steps": [
    { "phase": "power-on" },
    { "group": "measure",
      "setup": [{ "phase": "identify", "repeatLimit": 3, "onFailure": "continue" }],
      "steps": [
        { "phase": "sleep-current", "timeoutSeconds": 12.5,
          "settings": { "windowMilliseconds": 500 },
          "limits": { "supplyMicroamperes": { "maximum": 12, "marginalMaximum": 10 } } },
        { "checkpoint": "measured" },
        { "phase": "sleep-current", "name": "again", "skip": true }
      ],
      "teardown": [{ "phase": "power-off" }] }
  ]
}
`;

function parse(text: string): Recipe {
  return parseRecipe("r.json", Buffer.from(text), phaseKinds);
}

/** What is put in place of what, and what the error says. */
const refused: readonly (readonly [string, string, string])[] = [
  ['"name": "bench",', '"name": "bench"', "r.json, line 3: is no JSON: comma expected"],
  ['"version": "1.2.3"', '"version": "1.2"', "r.json, line 3: version must match pattern"],
  ['"version": "1.2.3",', "", 'r.json, line 1: the recipe has no "version"'],
  ['"steps": [\n    {', '"step": [\n    {', 'r.json, line 1: the recipe has no "steps"'],
  [
    '"phase": "power-on"',
    '"phase": "power-up"',
    'line 5: steps[0].phase names an unknown phase "power-up"; known: power-on, identify',
  ],
  ['"phase": "power-on"', '"phase": "power-on", "retries": 2', "line 5: steps[0].retries is not known here"],
  ['"phase": "power-on"', '"phases": []', 'line 5: steps[0] has no "phase"'],
  ['"repeatLimit": 3', '"repeatLimit": 0', "line 7: steps[1].setup[0].repeatLimit must be >= 1"],
  [
    '"onFailure": "continue"',
    '"onFailure": "go"',
    'line 7: steps[1].setup[0].onFailure must be one of "stop", "continue"',
  ],
  [
    '"windowMilliseconds": 500',
    '"windowMilliseconds": 5',
    "line 10: steps[1].steps[0].settings.windowMilliseconds must be from 20 to 60000, not 5",
  ],
  [
    '"windowMilliseconds": 500',
    '"window": 5',
    "line 10: steps[1].steps[0].settings.window is no setting of sleep-current; it has settleMilliseconds, windowMilliseconds",
  ],
  [
    '"supplyMicroamperes": {',
    '"microamperes": {',
    "line 11: steps[1].steps[0].limits.microamperes is no measurement of sleep-current; it has supplyMicroamperes",
  ],
  [
    '"marginalMaximum": 10',
    '"marginalMaximum": 13',
    "line 11: steps[1].steps[0].limits.supplyMicroamperes contradicts itself: marginalMaximum 13 is above maximum 12",
  ],
  [
    '"marginalMaximum": 10',
    '"minimum": 13',
    "line 11: steps[1].steps[0].limits.supplyMicroamperes contradicts itself: minimum 13 is above maximum 12",
  ],
  ['"marginalMaximum": 10', '"equals": 10', "mixes maximum and equals"],
  [
    '"maximum": 12, "marginalMaximum": 10',
    '"marginalMaximum": 10',
    "has a marginal band but no minimum or maximum",
  ],
  ['"maximum": 12, "marginalMaximum": 10', '"nominal": 10', "needs both nominal and percent"],
  [
    '"maximum": 12, "marginalMaximum": 10',
    '"nominal": 10, "percent": 1, "marginalPercent": 2',
    "contradicts itself: marginalPercent 2 is above percent 1",
  ],
  ['"maximum": 12, "marginalMaximum": 10', '"equals": "ten"', 'is a number, and can\'t equal "ten"'],
  ['"maximum": 12, "marginalMaximum": 10', '"regex": "1."', "is a number, and a regex is for texts"],
  ['"maximum": 12, "marginalMaximum": 10', "", "must NOT have fewer than 1 properties"],
  ['"maximum": 12, "marginalMaximum": 10', '"maximum": 12, "maximum": 13', 'line 11: has "maximum" twice'],
  [
    '"name": "again", ',
    "",
    'line 13: steps[1].steps[2] is a second phase "sleep-current"; give it another "name"',
  ],
];

describe("a recipe", () => {
  it("is read with its settings, limits and defaults", () => {
    const recipe = parse(good);
    expect(recipe.identity).toEqual({
      name: "bench",
      version: "1.2.3",
      hash: "df1bcf2ffd3668d6e82d86447c9702cfaef1c30ec730f22907c5ba0081cbf1b5",
    });
    expect(recipe.steps.map(({ type }) => type)).toEqual(["phase", "group"]);
    const [powerOn, identify, sleepCurrent, again, powerOff] = phasesOf(recipe.steps);
    expect(powerOn).toMatchObject({
      name: "power-on",
      timeoutSeconds: 30,
      repeatLimit: 1,
      onFailure: "stop",
    });
    expect(identify).toMatchObject({ repeatLimit: 3, onFailure: "continue", isSkipped: false });
    expect(sleepCurrent?.settings).toEqual({ settleMilliseconds: 500, windowMilliseconds: 500 });
    expect(sleepCurrent?.timeoutSeconds).toBe(12.5);
    expect(sleepCurrent?.limits.get("supplyMicroamperes")).toEqual({
      kind: "range",
      maximum: 12,
      marginalMaximum: 10,
    });
    expect(again).toMatchObject({ name: "again", isSkipped: true });
    expect(powerOff?.kind.name).toBe("power-off");
  });

  it.each(refused)("with %j as %j is refused with line and place", (part, replacement, message) => {
    expect(good).toContain(part);
    expect(() => parse(good.replace(part, replacement))).toThrow(message);
  });

  it("that is empty is refused", () => {
    expect(() => parse("")).toThrow(/^r\.json.*is no JSON|is empty/);
  });

  it("that is not there is refused by its path", () => {
    expect(() => readRecipe("/nowhere/r.json", phaseKinds)).toThrow(
      "/nowhere/r.json: there is no such file; check the path",
    );
  });
});
