import { inWords } from "../../jig/attempt/words.js";

/** A name as it is typed on a command line: `reportWindowSeconds` is `report-window-seconds`. */
export function typedName(name: string): string {
  return inWords(name).toLowerCase().replaceAll(" ", "-");
}

/** What somebody means who typed a name, in either form; undefined when it is none of the names. */
export function findByTypedName<Name extends string>(
  typed: string,
  names: readonly Name[],
): Name | undefined {
  return names.find((name) => name === typed || typedName(name) === typed);
}
