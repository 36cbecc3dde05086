/** Characters that every shell leaves alone. */
const plainWord = /^[\w./:=@%+,-]+$/;

/** A word as it is typed in a shell, quoted where it has to be. */
export function shellWord(word: string): string {
  return plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
