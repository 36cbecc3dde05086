export interface CommandLine {
  /** In capitals: "" for a bare AT, "E", "I", "+QISEND" and so on. */
  readonly name: string;
  readonly form: "execute" | "read" | "test" | "write";
  /** Without their quotes; one that was left out is "". */
  readonly parameters: readonly string[];
}

/**
 * Parses a line without its carriage return. What stands before `AT` is noise (ITU-T V.250, 5.2.1); a line
 * without `AT` is no command and gives undefined.
 */
export function parseCommandLine(text: string): CommandLine | undefined {
  const start = text.toUpperCase().indexOf("AT");
  if (start < 0) return undefined;
  const body = text.slice(start + 2).trim();
  const basic = /^([A-Z]?)(\d*)$/i.exec(body);
  if (basic) {
    const [, letter = "", digits = ""] = basic;
    return { name: letter.toUpperCase(), form: "execute", parameters: digits === "" ? [] : [digits] };
  }
  const extended = /^(\+[A-Z0-9]+)(\?|=\?|=(.*))?$/is.exec(body);
  if (!extended) return { name: body.toUpperCase(), form: "execute", parameters: [] };
  const [, name = "", operator, parameters = ""] = extended;
  return {
    name: name.toUpperCase(),
    form:
      operator === undefined ? "execute" : operator === "?" ? "read" : operator === "=?" ? "test" : "write",
    parameters: operator?.startsWith("=") && operator !== "=?" ? splitParameters(parameters) : [],
  };
}

/** Splits at the commas outside quotes. */
function splitParameters(text: string): string[] {
  const parameters: string[] = [];
  let current = "";
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "," && !isQuoted) {
      parameters.push(current.trim());
      current = "";
    } else current += character;
  }
  parameters.push(current.trim());
  return parameters;
}
