/** JSON schema of a recipe's form; what depends on the phases' kinds is checked after it. */
export const recipeSchema = Object.freeze({
  type: "object",
  required: ["name", "version", "steps"],
  additionalProperties: false,
  properties: {
    name: { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" },
    version: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+$" },
    steps: { $ref: "#/$defs/steps" },
  },
  $defs: {
    steps: { type: "array", minItems: 1, items: { $ref: "#/$defs/step" } },
    step: {
      type: "object",
      // One of the three names decides which form holds, so that a message is about that form alone.
      if: { required: ["group"] },
      then: { $ref: "#/$defs/group" },
      else: {
        if: { required: ["checkpoint"] },
        then: { $ref: "#/$defs/checkpoint" },
        else: { $ref: "#/$defs/phase" },
      },
    },
    name: { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" },
    checkpoint: {
      additionalProperties: false,
      properties: { checkpoint: { $ref: "#/$defs/name" } },
    },
    group: {
      required: ["steps"],
      additionalProperties: false,
      properties: {
        group: { $ref: "#/$defs/name" },
        setup: { $ref: "#/$defs/steps" },
        steps: { $ref: "#/$defs/steps" },
        teardown: { $ref: "#/$defs/steps" },
      },
    },
    phase: {
      required: ["phase"],
      additionalProperties: false,
      properties: {
        phase: { $ref: "#/$defs/name" },
        name: { $ref: "#/$defs/name" },
        timeoutSeconds: { type: "number", exclusiveMinimum: 0, maximum: 3600 },
        repeatLimit: { type: "integer", minimum: 1, maximum: 10 },
        onFailure: { enum: ["stop", "continue"] },
        skip: { type: "boolean" },
        settings: { type: "object", additionalProperties: { type: "number" } },
        limits: { type: "object", additionalProperties: { $ref: "#/$defs/limits" } },
      },
    },
    limits: {
      type: "object",
      minProperties: 1,
      additionalProperties: false,
      properties: {
        minimum: { type: "number" },
        maximum: { type: "number" },
        marginalMinimum: { type: "number" },
        marginalMaximum: { type: "number" },
        nominal: { type: "number" },
        percent: { type: "number", minimum: 0 },
        marginalPercent: { type: "number", minimum: 0 },
        equals: { type: ["number", "string", "boolean"] },
        regex: { type: "string" },
      },
    },
  },
} as const);

/** The form that the schema holds. */
export interface RecipeForm {
  readonly name: string;
  readonly version: string;
  readonly steps: readonly StepForm[];
}

export type StepForm = PhaseForm | GroupForm | CheckpointForm;

export interface CheckpointForm {
  readonly checkpoint: string;
}

export interface GroupForm {
  readonly group: string;
  readonly setup?: readonly StepForm[];
  readonly steps: readonly StepForm[];
  readonly teardown?: readonly StepForm[];
}

export interface PhaseForm {
  readonly phase: string;
  readonly name?: string;
  readonly timeoutSeconds?: number;
  readonly repeatLimit?: number;
  readonly onFailure?: "stop" | "continue";
  readonly skip?: boolean;
  readonly settings?: Readonly<Record<string, number>>;
  readonly limits?: Readonly<Record<string, LimitsForm>>;
}

export interface LimitsForm {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly marginalMinimum?: number;
  readonly marginalMaximum?: number;
  readonly nominal?: number;
  readonly percent?: number;
  readonly marginalPercent?: number;
  readonly equals?: number | string | boolean;
  readonly regex?: string;
}
