import { consistsOf, decimalDigits } from "./characters.js";

/**
 * The comma-separated parameters of `line` behind `prefix`, still quoted where they were; undefined when the line
 * begins otherwise. Commas inside quotes belong to the parameter.
 */
export function parametersOf(line: string, prefix: string): readonly string[] | undefined {
  if (!line.startsWith(prefix)) return undefined;
  const parameters: string[] = [];
  let start = prefix.length;
  while (start <= line.length) {
    const end = endOfParameter(line, start);
    parameters.push(line.slice(start, end).trim());
    start = end + 1;
  }
  return parameters;
}

/** Where the parameter ends that begins at `start`: at a comma outside of quotes, else with the line. */
function endOfParameter(line: string, start: number): number {
  let end = line.indexOf(",", start);
  let quote = line.indexOf('"', start);
  while (end >= 0 && quote >= 0 && quote < end) {
    const closing = line.indexOf('"', quote + 1);
    if (closing < 0) return line.length;
    if (closing > end) end = line.indexOf(",", closing);
    quote = line.indexOf('"', closing + 1);
  }
  return end < 0 ? line.length : end;
}

/** True when one of the lines has that prefix and `value` as its first parameter. */
export function hasFirstParameter(lines: readonly string[], prefix: string, value: string): boolean {
  for (let index = 0; index < lines.length; index++)
    if (parametersOf(lines[index] as string, prefix)?.[0] === value) return true;
  return false;
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
