import { readFileSync } from "node:fs";

/** What the modules' bytecode takes. */
export interface Bytecode {
  /** Code of all modules. */
  readonly codeBytes: number;
  /** The names that it uses, each once and with its zero, as a linker puts them together. */
  readonly symbolBytes: number;
}

const headerByteLength = 12;
/** Their number, before the names. */
const symbolCountByteLength = 2;

/** Reads a file that the XS program has put together: for each module u32 lengths of name, symbols and code, then those. */
export function readBytecode(path: string): Bytecode {
  const file = readFileSync(path);
  const symbols = new Set<string>();
  let codeBytes = 0;
  for (let position = 0; position < file.length;) {
    const [name = 0, names = 0, code = 0] = [0, 4, 8].map((offset) => file.readUInt32LE(position + offset));
    const start = position + headerByteLength + name;
    const text = file.toString("latin1", start + symbolCountByteLength, start + names);
    for (const symbol of text.split("\0")) symbols.add(symbol);
    codeBytes += code;
    position = start + names + code;
  }
  symbols.delete("");
  const symbolBytes = [...symbols].reduce((sum, symbol) => sum + symbol.length + 1, 0);
  return { codeBytes, symbolBytes };
}
