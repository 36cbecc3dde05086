import { readdirSync, readFileSync } from "node:fs";

const fences = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Every page of the project, by its path from the project's folder. */
export function markdownFiles(): string[] {
  const isPage = (name: string): boolean => name.endsWith(".md");
  const tops = readdirSync(".").filter(isPage);
  const folders = ["docs", "hal", "firmware", "drivers", "sim", "jig", "manifests", "command", "tests"];
  const below = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter(isPage)
      .map((name) => `${folder}/${name}`),
  );
  return [...tops, ...below].sort();
}

/** A page of the documentation, as far as a test compares it with the code. */
export class Markdown {
  readonly text: string;

  /** @param path from the project's folder */
  constructor(path: string) {
    this.text = readFileSync(path, "utf8");
  }

  /** What stands under a heading, up to the next one of any level. @throws {Error} when there is no such heading. */
  section(heading: string): string {
    const start = this.text.indexOf(`\n${heading}\n`);
    if (start < 0) throw new Error(`the page has no heading ${heading}`);
    const rest = this.text.slice(start + heading.length + 2);
    const end = rest.search(/^#+ /m);
    return end < 0 ? rest : rest.slice(0, end);
  }

  /** Rows of the tables under a heading, without their titles, each cell without blanks around it. */
  rows(heading: string): string[][] {
    return rowsIn(this.section(heading));
  }

  /** What stands between fences of this language under a heading, one text for each pair. */
  blocks(heading: string, language: string): string[] {
    return Array.from(this.section(heading).matchAll(fences), ([, named, body = ""]) => ({ named, body }))
      .filter(({ named }) => named === language)
      .map(({ body }) => body);
  }

  /** Where its links lead, as they are written. */
  get links(): string[] {
    return Array.from(this.#prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
  }

  /** What a link to each heading ends in, as GitHub makes it. */
  get anchors(): string[] {
    return Array.from(this.#prose.matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    );
  }

  /** What stands between backticks in the prose. */
  get codeSpans(): string[] {
    return codeIn(this.#prose);
  }

  /** All that is code, between fences and between backticks, a line for each. */
  get code(): string {
    return [...this.codeLines, ...this.codeSpans].join("\n");
  }

  get #prose(): string {
    return this.text.replace(fences, "");
  }

  /** Lines that stand between fences, in the whole page. */
  get codeLines(): string[] {
    return Array.from(this.text.matchAll(fences), ([, , body = ""]) => body)
      .join("")
      .split("\n");
  }
}

function rowsIn(section: string): string[][] {
  const rows: string[][] = [];
  let isInside = false;
  for (const line of section.split("\n")) {
    if (/^\|( *:?-+:? *\|)+$/.test(line)) isInside = true;
    else if (!line.startsWith("|")) isInside = false;
    else if (isInside)
      rows.push(
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  }
  return rows;
}

/** What a cell holds between backticks, first to last. */
export function codeIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = ""]) => code);
}
