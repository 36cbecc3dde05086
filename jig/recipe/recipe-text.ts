import {
  type JSONPath,
  type Node,
  type ParseError,
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { RecipeError } from "./recipe-error.js";

/** A recipe's JSON, which remembers where each value stands. */
export class RecipeText {
  readonly value: unknown;
  #path: string;
  #text: string;
  #root: Node;

  /**
   * @param path the file's name, for messages
   * @throws {RecipeError} when the text is no JSON.
   */
  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { disallowComments: true });
    const [first] = errors;
    if (first) throw this.#errorAt(first.offset, `is no JSON: ${wordsOf(printParseErrorCode(first.error))}`);
    if (!root) throw new RecipeError(`${path}: is empty; a recipe is a JSON object`);
    this.#root = root;
    this.value = valueOf(root, (offset, name) => {
      throw this.#errorAt(offset, `has "${name}" twice`);
    });
  }

  /** The error that says `problem` of the value at `path`. */
  errorAt(path: JSONPath, problem: string): RecipeError {
    const place = path.length === 0 ? "the recipe" : placeText(path);
    return this.#errorAt(this.#offsetOf(path), `${place} ${problem}`);
  }

  #offsetOf(path: JSONPath): number {
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(this.#root, path.slice(0, length));
      // A property is found where its name stands.
      if (node) return node.parent?.type === "property" ? node.parent.offset : node.offset;
    }
    return this.#root.offset;
  }

  #errorAt(offset: number, problem: string): RecipeError {
    const line = this.#text.slice(0, offset).split("\n").length;
    return new RecipeError(`${this.#path}, line ${line}: ${problem}`);
  }
}

function placeText(path: JSONPath): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index > 0 ? `.${part}` : part))
    .join("");
}

function wordsOf(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}

/** `JSON.parse` would take the last of two equal names without a word. */
function valueOf(node: Node, onRepeated: (offset: number, name: string) => void): unknown {
  const children = node.children ?? [];
  if (node.type === "array") return children.map((child) => valueOf(child, onRepeated));
  if (node.type !== "object") return node.value;
  const entries = new Map<string, unknown>();
  for (const { offset, children: [key, value] = [] } of children) {
    const name = String(key?.value);
    if (entries.has(name)) onRepeated(offset, name);
    entries.set(name, value && valueOf(value, onRepeated));
  }
  return Object.fromEntries(entries);
}
