import { readFileSync } from "node:fs";

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

  /** Lines that stand between fences, in the whole page. */
  get codeLines(): string[] {
    return Array.from(this.text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm), ([, body = ""]) => body)
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
