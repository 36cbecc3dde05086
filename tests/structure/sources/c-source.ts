import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Bytes of the types that our constants measure. */
const sizes: Readonly<Record<string, number>> = { double: 8, uint32_t: 4 };

/** From the loosest to the tightest. */
const operators: readonly (readonly string[])[] = [["|"], ["<<"], ["+", "-"], ["*"]];

/** What C files declare, as far as TypeScript has to know the same: constants, structures, tables, functions. */
export class CSource {
  readonly text: string;
  /** Right-hand sides of `#define` and `enum`, by name, in the order of the files. */
  #constants = new Map<string, string>();

  /** @param folder from the project's folder; its C files, those of its folders too, are one source */
  constructor(folder: string) {
    const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[ch]$/.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), "utf8"));
    this.text = texts.join("\n").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    for (const [, name = "", value = ""] of this.text.matchAll(/^#define (\w+) (.+)$/gm))
      this.#constants.set(name, value);
    for (const [, body = ""] of this.text.matchAll(/enum(?: \w+)? \{([^}]*)\}/g)) this.#enumerate(body);
  }

  /** Names of constants that begin so. */
  names(prefix: string): string[] {
    return [...this.#constants.keys()].filter((name) => name.startsWith(prefix));
  }

  /** @throws {Error} for a constant that is unknown or says more than numbers. */
  value(name: string): number {
    const expression = this.#constants.get(name);
    if (expression === undefined) throw new Error(`C has no constant ${name}`);
    return this.#evaluate(expression.match(/\w+|<<|[^\s\w]/g) ?? []);
  }

  /** Names of an enumeration's members, in order. */
  enumerators(name: string): string[] {
    return listOf(this.#inside(new RegExp(`enum ${name} \\{([^}]*)\\}`), name), ",").map(
      (entry) => entry.split("=")[0]?.trim() ?? "",
    );
  }

  /** Names of a structure's fields, in order. */
  fields(name: string): string[] {
    const body = this.#inside(new RegExp(`struct ${name} \\{([^}]*)\\}`), name);
    return listOf(body, ";").map((entry) => /(\w+)(?:\[\w+\])?$/.exec(entry)?.[1] ?? entry);
  }

  /** Names in a constant table, in order. */
  table(name: string): string[] {
    return listOf(this.#inside(new RegExp(`\\b${name}\\[\\] = \\{([^}]*)\\}`), name), ",");
  }

  /** What stands between the braces of a function that begins its own line. */
  body(name: string): string {
    return this.#inside(new RegExp(`^[\\w ]+\\b${name}\\([^)]*\\) \\{([\\s\\S]*?)^\\}`, "m"), name);
  }

  #enumerate(body: string): void {
    let previous: string | undefined;
    for (const entry of listOf(body, ",")) {
      const [name = "", value] = entry.split("=").map((side) => side.trim());
      this.#constants.set(name, value ?? (previous === undefined ? "0" : `${previous} + 1`));
      previous = name;
    }
  }

  #inside(pattern: RegExp, name: string): string {
    const body = pattern.exec(this.text)?.[1];
    if (body === undefined) throw new Error(`C has no ${name}`);
    return body;
  }

  #evaluate(tokens: readonly string[], level = 0): number {
    const group = operators[level];
    if (!group) return this.#operand(tokens);
    let depth = 0;
    for (let at = tokens.length - 1; at > 0; at--) {
      const token = tokens[at] as string;
      if (token === ")") depth++;
      if (token === "(") depth--;
      if (depth > 0 || !group.includes(token)) continue;
      const left = this.#evaluate(tokens.slice(0, at), level);
      const right = this.#evaluate(tokens.slice(at + 1), level + 1);
      if (token === "*") return left * right;
      if (token === "|") return left | right;
      if (token === "<<") return left << right;
      return token === "+" ? left + right : left - right;
    }
    return this.#evaluate(tokens, level + 1);
  }

  #operand(tokens: readonly string[]): number {
    const [first = "", , third = ""] = tokens;
    if (first === "sizeof" && sizes[third] !== undefined) return sizes[third];
    if (first === "(") return this.#evaluate(tokens.slice(1, -1));
    if (/^\d/.test(first) && tokens.length === 1) return Number(first.replace(/u$/, ""));
    if (tokens.length === 1) return this.value(first);
    throw new Error(`${tokens.join(" ")} is no number`);
  }
}

function listOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((entry) => entry.replace(/\s+/g, " ").trim())
    .filter((entry) => entry !== "");
}
