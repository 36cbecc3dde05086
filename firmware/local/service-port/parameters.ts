import type { Parameter, ValuesOf } from "../../contracts/service-parameters.js";
import { ErrorCode } from "../../contracts/service-protocol.js";
import { Refusal } from "../refusal.js";
import type { RequestMember, RequestValue } from "./request.js";

/** Checks what came with a request against what the command takes: all of it, each once, nothing else. */
export function checkParameters<List extends readonly Parameter[]>(
  expected: List,
  members: readonly RequestMember[],
): ValuesOf<List> | Refusal {
  // Each name is one of the list, so the engine knows it already.
  const values: Record<string, number | string> = {};
  for (let index = 0; index < expected.length; index++) {
    const parameter = expected[index] as Parameter;
    const value = members.find(({ name }) => name === parameter.name)?.value;
    if (!isAllowed(parameter, value)) return bad(`${parameter.name} must be ${textOf(parameter)}`);
    values[parameter.name] = value;
  }
  if (members.length > expected.length) return bad(`parameters: ${namesOf(expected)}`);
  return values as ValuesOf<List>;
}

function isAllowed(parameter: Parameter, value: RequestValue | undefined): value is number | string {
  switch (parameter.type) {
    case "integer":
      return typeof value === "number" && value >= parameter.lowest && value <= parameter.highest;
    case "text":
      return typeof value === "string" && value.length > 0 && value.length <= parameter.longest;
    case "hexadecimal":
      return typeof value === "string" && isHexadecimal(value, parameter.byteLength);
    case "choice":
      return typeof value === "string" && parameter.choices.includes(value);
  }
}

function isHexadecimal(text: string, byteLength: number): boolean {
  if (text.length !== 2 * byteLength) return false;
  for (let index = 0; index < text.length; index++)
    if (!"0123456789abcdefABCDEF".includes(text.charAt(index))) return false;
  return true;
}

function textOf(parameter: Parameter): string {
  switch (parameter.type) {
    case "integer":
      return `a whole number from ${parameter.lowest} to ${parameter.highest}`;
    case "text":
      return `a text of 1 to ${parameter.longest} characters`;
    case "hexadecimal":
      return `${2 * parameter.byteLength} hexadecimal digits`;
    case "choice":
      return `one of ${parameter.choices.join(", ")}`;
  }
}

function namesOf(expected: readonly Parameter[]): string {
  return expected.length === 0 ? "none" : expected.map(({ name }) => name).join(", ");
}

function bad(message: string): Refusal {
  return new Refusal(ErrorCode.badParameters, message);
}
