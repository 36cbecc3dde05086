import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { projectFolder } from "../../sim/engines/build/project-folder.js";

/** A project like this one, in a new folder, with hardly any sources and no packages. */
export class SmallProject {
  readonly folder = mkdtempSync(join(tmpdir(), "tally-project-"));

  constructor() {
    for (const name of ["bin", "tsconfig.json"])
      cpSync(join(projectFolder(), name), join(this.folder, name), { recursive: true });
    this.describe({});
    this.write("hal/seal.ts", "export const seal: number = 7;\n");
    this.write(
      "command/tally.ts",
      `import { seal } from "../hal/seal.js";\nconsole.log(seal, ...process.argv.slice(2));\n`,
    );
  }

  /** Writes package.json. */
  describe(dependencies: Readonly<Record<string, string>>): void {
    const description = { name: "tally", version: "1.0.0", type: "module", bin: { tally: "bin/tally.js" } };
    this.write("package.json", JSON.stringify({ ...description, dependencies }));
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  delete(name: string): void {
    rmSync(join(this.folder, name), { recursive: true });
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  remove(): void {
    this.delete("");
  }
}
