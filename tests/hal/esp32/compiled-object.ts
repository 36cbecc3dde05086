import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";

const compiler = process.env["CC"] ?? "cc";

/** What a compiler has made of one C file, as binutils' `objdump` tells it. */
export class CompiledObject {
  #symbols: string;
  #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#symbols = execFileSync("objdump", ["-t", path], { encoding: "utf8" });
  }

  /** Functions and variables in a section. */
  definedIn(section: string): string[] {
    return this.#symbolsWhere((place) => place === section);
  }

  /** What others have to bring. */
  undefinedNames(): string[] {
    return this.#symbolsWhere((place) => place === "*UND*");
  }

  /** What the code of a section calls: names, or the section of a function that only this file sees; each once. */
  callsFrom(section: string): string[] {
    // A function whose address is handed on is not called.
    return this.#targetsFrom(section, /PLT|CALL|JUMP|PC32/).filter(
      (name) => !/^\.(data|bss|rodata)/.test(name),
    );
  }

  /** Whether the code of a section refers to constants beside it, such as a text or the table of a switch. */
  readsConstantsFrom(section: string): boolean {
    return this.#targetsFrom(section, /./).some((name) => /^\.(rodata|data\.rel\.ro)/.test(name));
  }

  #targetsFrom(section: string, type: RegExp): string[] {
    const text = execFileSync("objdump", ["-r", "-j", section, this.#path], { encoding: "utf8" });
    const targets = [...text.matchAll(/^[0-9a-f]+ (R_\S+)\s+([\w.$]+)/gm)]
      .filter(([, kind = ""]) => type.test(kind))
      .map(([, , name = ""]) => name);
    return [...new Set(targets)];
  }

  #symbolsWhere(isWanted: (place: string) => boolean): string[] {
    // Address, seven flags, section, size, name.
    return [...this.#symbols.matchAll(/^[0-9a-f]+ .{7} (\S+)\t[0-9a-f]+ (?:\.hidden )?(\S+)$/gm)]
      .filter(([, place = "", name = ""]) => isWanted(place) && name !== place)
      .map(([, , name = ""]) => name);
  }
}

export interface ObjectFolder {
  /**
   * Compiles a file without optimization.
   * @param source below hal/esp32
   * @param root where it is looked for first: a folder with hal/esp32 in it
   */
  compile(source: string, root: string, flags: readonly string[]): CompiledObject;
  remove(): void;
}

/** A folder for objects, which somebody has to remove. */
export function objectFolder(): ObjectFolder {
  const folder = mkdtempSync(join(tmpdir(), "tally-objects-"));
  let made = 0;
  return {
    compile(source, root, flags) {
      const path = join("hal", "esp32", source);
      const known = join(projectFolder(), path);
      const chosen = existsSync(join(root, path)) ? join(root, path) : known;
      const object = join(folder, `${basename(source, ".c")}-${made++}.o`);
      // Files that are included by their place are found beside the original.
      const beside = ["-I", dirname(known)];
      execFileSync(compiler, ["-O0", "-w", "-fno-pie", "-c", chosen, ...flags, ...beside, "-o", object], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      return new CompiledObject(object);
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
