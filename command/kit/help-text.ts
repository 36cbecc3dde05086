/** What a command's help says after its options. */
export interface HelpText {
  /** Command lines without the prompt, each with what it does where that is not plain. */
  readonly examples: readonly (readonly [commandLine: string, effect?: string])[];
  /** Paragraphs. */
  readonly notes?: readonly string[];
  readonly exitStatus: string;
}

/** Wider lines are hard to read. */
export const mostColumns = 100;
const gapColumns = 3;

/** The end of a command's help, for a terminal of so many columns. */
export function helpText({ examples, notes = [], exitStatus }: HelpText, columns: number): string {
  const title = examples.length === 1 ? "Example:" : "Examples:";
  const paragraphs = [...notes, `Exit status: ${exitStatus}`].map((text) => wrapped(text, columns));
  return ["", [title, ...exampleLines(examples, columns)].join("\n"), ...paragraphs].join("\n\n").slice(1);
}

/** The effect beside each command line where there is room for all of them, else below it. */
function exampleLines(examples: HelpText["examples"], columns: number): string[] {
  const explained = examples.filter(([, effect]) => effect !== undefined);
  const longest = Math.max(0, ...explained.map(([commandLine]) => commandLine.length));
  const isWide = explained.every(
    ([, effect = ""]) => "  $ ".length + longest + gapColumns + effect.length <= columns,
  );
  return examples.flatMap(([commandLine, effect]) => {
    const shown = `  $ ${commandLine}`;
    if (effect === undefined) return [shown];
    return isWide ? [`  $ ${commandLine.padEnd(longest + gapColumns)}${effect}`] : [shown, `      ${effect}`];
  });
}

/** The text in lines of so many columns, broken between words. */
export function wrapped(text: string, columns: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= columns || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join("\n");
}
