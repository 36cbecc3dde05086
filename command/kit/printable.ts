/** Everything that a terminal might take for a command, the end of a line included. */
// eslint-disable-next-line no-control-regex -- that is what it is about
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** A line in which what came from a file or a meter can't move the cursor, colour anything or name the window. */
export function printable(line: string): string {
  return line.replace(controls, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, "0");
    return `\\x${code}`;
  });
}
