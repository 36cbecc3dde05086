import { consistsOf, decimalDigits } from "./characters.js";

/**
 * The comma-separated parameters of `line` behind `prefix`, still quoted where they were; undefined when the line
 * begins otherwise. Commas inside quotes belong to the parameter.
 */
export function parametersOf(line: string, prefix: string): readonly string[] | undefined {
  if (!line.startsWith(prefix)) return undefined;
  const parameters: string[] = [];
  let start = prefix.length;
  let isQuoted = false;
  for (let index = start; index <= line.length; index++) {
    const character = line.charAt(index);
    if (character === '"') isQuoted = !isQuoted;
    if (index < line.length && (isQuoted || character !== ",")) continue;
    parameters.push(line.slice(start, index).trim());
    start = index + 1;
  }
  return parameters;
}

/** The parameter without its quotes. */
export function unquoted(parameter: string): string {
  return parameter.length >= 2 && parameter.startsWith('"') && parameter.endsWith('"')
    ? parameter.slice(1, -1)
    : parameter;
}

/** The parameter as an integer; undefined when it is missing or something else. */
export function integerOf(parameter: string | undefined): number | undefined {
  if (parameter === undefined) return undefined;
  const digits = parameter.startsWith("-") ? parameter.slice(1) : parameter;
  const isInteger = digits.length >= 1 && digits.length <= 10 && consistsOf(digits, decimalDigits);
  return isInteger ? Number(parameter) : undefined;
}
