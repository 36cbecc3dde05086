import { join } from "node:path";
import ts from "typescript";

const root = process.cwd();
const noWord = "(no word)";

/** How a source of the project reads otherwise, by its path from the project's folder. */
export type Edits = Readonly<Record<string, (source: string) => string>>;

function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile.bind(ts.sys)) as {
    readonly config: { readonly compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return { ...options, types: ["node"], noEmit: true };
}

export interface Member {
  readonly name: string;
  /** What it can be, where that is one of a few texts. */
  readonly words: readonly string[];
}

/** The project's compiler over some of its files and all that they import. What was parsed once is kept. */
export class Compiler {
  #options = projectOptions();
  #host = ts.createCompilerHost(this.#options);
  #parsed = new Map<string, ts.SourceFile | undefined>();

  /** A file that only an edit has need not be there. @throws {Error} where an edit changes nothing: it would prove nothing. */
  program(files: readonly string[], edits: Edits = {}): ts.Program {
    const host: ts.CompilerHost = {
      ...this.#host,
      getSourceFile: (path, language) => {
        const edit = edits[path.slice(root.length + 1)];
        return edit ? editedSource(path, language, edit) : this.#source(path, language);
      },
    };
    return ts.createProgram(
      files.map((file) => join(root, file)),
      this.#options,
      host,
    );
  }

  /** What is wrong in each of the files, by its first line; nothing for one that compiles. */
  complaints(files: readonly string[], edits: Edits = {}): Readonly<Record<string, string>> {
    const program = this.program(files, edits);
    const found: Record<string, string> = {};
    for (const file of files) {
      const [first] = program.getSemanticDiagnostics(program.getSourceFile(join(root, file)));
      if (first) found[file] = ts.flattenDiagnosticMessageText(first.messageText, "\n").split("\n")[0] ?? "";
    }
    return found;
  }

  /** The words of each union of texts that `source` exports as a type; it stands in the project's folder. */
  words(source: string): ReadonlyMap<string, readonly string[]> {
    return this.#types(source, (type) => literalsOf(type).sort());
  }

  /** Likewise the members of each object, in order, with those of its lists' entries as `list[].member`. */
  members(source: string): ReadonlyMap<string, readonly Member[]> {
    return this.#types(source, membersOf);
  }

  #types<Told>(source: string, tell: (type: ts.Type, checker: ts.TypeChecker) => Told): Map<string, Told> {
    const path = "types.ts";
    const program = this.program([path], { [path]: () => source });
    const checker = program.getTypeChecker();
    const file = program.getSourceFile(join(root, path));
    const module = file && checker.getSymbolAtLocation(file);
    const exported = module ? checker.getExportsOfModule(module) : [];
    return new Map(exported.map((each) => [each.name, tell(checker.getDeclaredTypeOfSymbol(each), checker)]));
  }

  #source(path: string, language: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    if (!this.#parsed.has(path)) this.#parsed.set(path, this.#host.getSourceFile(path, language));
    return this.#parsed.get(path);
  }
}

function literalsOf(type: ts.Type): string[] {
  if (type.isUnion()) return type.types.flatMap(literalsOf);
  return type.isStringLiteral() ? [type.value] : [noWord];
}

function membersOf(type: ts.Type, checker: ts.TypeChecker): Member[] {
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const { name } = property;
    const value = checker.getTypeOfSymbol(property);
    const [entry] = checker.isArrayType(value) ? checker.getTypeArguments(value as ts.TypeReference) : [];
    const isObject = entry !== undefined && (entry.flags & ts.TypeFlags.Object) !== 0;
    const inner = isObject ? membersOf(entry, checker) : [];
    const words = literalsOf(value).filter((word) => word !== noWord);
    return [{ name, words }, ...inner.map((each) => ({ ...each, name: `${name}[].${each.name}` }))];
  });
}

function editedSource(
  path: string,
  language: ts.ScriptTarget | ts.CreateSourceFileOptions,
  edit: (source: string) => string,
): ts.SourceFile {
  const source = ts.sys.readFile(path) ?? "";
  const edited = edit(source);
  if (edited === source) throw new Error(`the edit of ${path} changes nothing`);
  return ts.createSourceFile(path, edited, language, true);
}
