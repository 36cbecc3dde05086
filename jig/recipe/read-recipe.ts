import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import type { JSONPath } from "jsonc-parser";
import type { PhaseKind } from "../phases/phase.js";
import { readLimits } from "./read-limits.js";
import type { Recipe, RecipeStep } from "./recipe.js";
import { RecipeError } from "./recipe-error.js";
import { type PhaseForm, type RecipeForm, recipeSchema, type StepForm } from "./recipe-schema.js";
import { RecipeText } from "./recipe-text.js";

const defaultTimeoutSeconds = 30;

const matchesSchema = new Ajv({ strictTypes: false, strictRequired: false }).compile<RecipeForm>(
  recipeSchema,
);

/** Why a file can't be read, by the system's code. */
const reasons: Readonly<Partial<Record<string, string>>> = Object.freeze({
  ENOENT: "there is no such file; check the path",
  EISDIR: "is a folder",
  EACCES: "may not be read; check its permissions",
});

/**
 * Reads a recipe from a file.
 * @param kinds the phases that there are
 * @throws {RecipeError} when there is no such file, or it is no recipe.
 */
export function readRecipe(path: string, kinds: readonly PhaseKind[]): Recipe {
  try {
    return parseRecipe(path, readFileSync(path), kinds);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof RecipeError || code === undefined) throw error;
    throw new RecipeError(`${path}: ${reasons[code] ?? `can't be read (${code})`}`, { cause: error });
  }
}

/** @throws {RecipeError} when the bytes are no recipe. */
export function parseRecipe(path: string, bytes: Uint8Array, kinds: readonly PhaseKind[]): Recipe {
  const text = new RecipeText(path, new TextDecoder().decode(bytes));
  const { value } = text;
  if (!matchesSchema(value)) throw schemaError(text, matchesSchema.errors?.[0]);
  const reader = new StepReader(text, kinds);
  const steps = reader.steps(value.steps, ["steps"]);
  const hash = createHash("sha256").update(bytes).digest("hex");
  return { identity: { name: value.name, version: value.version, hash }, steps };
}

class StepReader {
  #text: RecipeText;
  #kinds: readonly PhaseKind[];
  #names = new Set<string>();

  constructor(text: RecipeText, kinds: readonly PhaseKind[]) {
    this.#text = text;
    this.#kinds = kinds;
  }

  steps(forms: readonly StepForm[] | undefined, path: JSONPath): RecipeStep[] {
    return (forms ?? []).map((form, index) => this.#step(form, [...path, index]));
  }

  #step(form: StepForm, path: JSONPath): RecipeStep {
    if ("checkpoint" in form) return { type: "checkpoint", name: form.checkpoint };
    if ("phase" in form) return this.#phase(form, path);
    return {
      type: "group",
      name: form.group,
      setup: this.steps(form.setup, [...path, "setup"]),
      steps: this.steps(form.steps, [...path, "steps"]),
      teardown: this.steps(form.teardown, [...path, "teardown"]),
    };
  }

  #phase(form: PhaseForm, path: JSONPath): RecipeStep {
    const kind = this.#kinds.find(({ name }) => name === form.phase);
    if (!kind)
      throw this.#text.errorAt(
        [...path, "phase"],
        `names an unknown phase "${form.phase}"; known: ${this.#kinds.map(({ name }) => name).join(", ")}`,
      );
    const name = form.name ?? kind.name;
    if (this.#names.has(name))
      throw this.#text.errorAt(path, `is a second phase "${name}"; give it another "name"`);
    this.#names.add(name);
    return {
      type: "phase",
      name,
      kind,
      settings: this.#settings(kind, form, [...path, "settings"]),
      limits: readLimits(this.#text, kind, form.limits ?? {}, [...path, "limits"]),
      timeoutSeconds: form.timeoutSeconds ?? defaultTimeoutSeconds,
      repeatLimit: form.repeatLimit ?? 1,
      onFailure: form.onFailure ?? "stop",
      isSkipped: form.skip ?? false,
    };
  }

  #settings(kind: PhaseKind, form: PhaseForm, path: JSONPath): Record<string, number> {
    const settings = Object.fromEntries(
      Object.entries(kind.settings).map(([name, setting]) => [name, setting.default]),
    );
    for (const [name, value] of Object.entries(form.settings ?? {})) {
      const setting = kind.settings[name];
      if (!setting)
        throw this.#text.errorAt(
          [...path, name],
          `is no setting of ${kind.name}; ${knownNames(kind.settings)}`,
        );
      if (value < setting.minimum || value > setting.maximum)
        throw this.#text.errorAt(
          [...path, name],
          `must be from ${setting.minimum} to ${setting.maximum}, not ${value}`,
        );
      settings[name] = value;
    }
    return settings;
  }
}

function knownNames(named: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(named);
  return names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
}

function schemaError(text: RecipeText, error: ErrorObject | undefined): RecipeError {
  const path = pathOf(text.value, error?.instancePath ?? "");
  if (error?.keyword === "additionalProperties") {
    const name = String(error.params["additionalProperty"]);
    return text.errorAt([...path, name], "is not known here");
  }
  if (error?.keyword === "required")
    return text.errorAt(path, `has no "${String(error.params["missingProperty"])}"`);
  if (error?.keyword === "enum") {
    const allowed = (error.params["allowedValues"] as readonly string[]).map((value) => `"${value}"`);
    return text.errorAt(path, `must be one of ${allowed.join(", ")}`);
  }
  return text.errorAt(path, error?.message ?? "is no recipe");
}

/** A JSON pointer (RFC 6901) as the names and places along it. */
function pathOf(value: unknown, pointer: string): JSONPath {
  const parts = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  let current = value;
  return parts.map((part) => {
    const isArray = Array.isArray(current);
    current = (current as Record<string, unknown>)[part];
    return isArray ? Number(part) : part;
  });
}
