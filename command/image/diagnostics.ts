/** What a tool says while nothing is wrong: what it works on. */
const progress = /^# (?!typescript compile failure)/;
const complaint =
  /\b(warning|errors?|fatal|undefined reference|failed|compile failure|no rule|terminated|killed)\b/i;
/** Of make, about what it runs; the tool has said it before. */
const echo = /^make(\[\d+\])?: \*\*\* (\[.*Error \d+|Waiting for)/;

/** The warnings and errors among the lines that the SDK's tools say up to their linker, each once. */
export function diagnosticsIn(lines: readonly string[]): string[] {
  const found = lines
    .map((line) => line.trim())
    .filter((line) => complaint.test(line) && !progress.test(line) && !echo.test(line))
    // From the folder of a checkout that was never under version control, when the SDK asks for the version of ESP-IDF.
    .filter((line) => !line.startsWith("fatal: not a git repository"));
  return [...new Set(found)];
}

/** The first complaint of a build that has failed; ESP-IDF warns of much that does no harm. */
export function firstErrorIn(lines: readonly string[]): string | undefined {
  const errors = lines.map((line) => line.trim()).filter((line) => !echo.test(line));
  return (
    errors.find((line) => /\berror\b:|\bCMake Error|undefined reference|cannot find/i.test(line)) ??
    errors.find((line) => /\b(failed|not found|not set|expected)\b/i.test(line))
  );
}
