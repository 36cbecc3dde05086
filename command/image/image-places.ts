import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileProblem } from "../kit/file-problem.js";
import { UsageError } from "../kit/usage-error.js";
import type { Product } from "../../firmware/products/product.js";
import type { KnownBoard } from "../../manifests/boards/boards.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

/** Which image is built. */
export interface ImageChoice {
  readonly board: KnownBoard;
  readonly product: Product;
  /** Whether it is a sealed one, with secure boot and flash encryption. */
  readonly isProduction: boolean;
  /** Where images are built, in a folder for each choice; undefined for the project's own. */
  readonly buildFolder: string | undefined;
}

/** Where the SDK puts what it makes of one choice, as `mcconfig -o` lays it out; each choice has a folder of its own. */
export interface ImagePlaces {
  readonly folder: string;
  readonly makefile: string;
  /** What the XS linker makes. */
  readonly linked: string;
  /** ESP-IDF's configuration, which the rule for `linked` asks for. */
  readonly configuration: string;
  /** What ESP-IDF's build makes, and the SDK's copy of it. */
  readonly built: string;
  readonly copied: string;
}

export function imagePlaces({ board, product, isProduction, buildFolder }: ImageChoice): ImagePlaces {
  const name = [board.name, product.name, ...(isProduction ? ["production"] : [])].join("-");
  // Whole paths: `make` knows its targets by the names that `mcconfig` has written into the makefile.
  const folder = resolve(buildFolder ?? join(projectFolder(), "build", "image"), name);
  const made = join(board.platform, "release", `tally-${product.name}`);
  const temporary = join(folder, "tmp", made);
  const build = join(temporary, `xsProj-${board.name}`, "build");
  return {
    folder,
    makefile: join(temporary, "makefile"),
    linked: join(temporary, "mc.xs.c"),
    configuration: join(build, "config", "sdkconfig.h"),
    built: join(build, "xs_esp32.bin"),
    copied: join(folder, "bin", made, "xs_esp32.bin"),
  };
}

/**
 * Removes what an earlier build has left, so that nothing old can be taken for what comes; `mcconfig` wants the folder.
 * @param isWhole whether that goes for all of it; otherwise for the images, and what is made on the way there stays
 * @returns the moment from which on a file is new, in milliseconds by the clock of the file system.
 */
export function removeOldBuild({ folder, built, copied }: ImagePlaces, isWhole: boolean): number {
  const images = [built, built.replace(/bin$/, "elf"), built.replace(/bin$/, "map"), join(copied, "..")];
  for (const path of isWhole ? [folder] : images) rmSync(path, { recursive: true, force: true });
  const beginning = join(folder, "beginning");
  try {
    makeFolder(folder);
    writeFileSync(beginning, "");
  } catch (error) {
    throw new UsageError(`the build folder ${folder} can't be made: ${fileProblem(error)}`, { cause: error });
  }
  return statSync(beginning).mtimeMs;
}

/** Node's own way of making all of a path never ends where the system makes none, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
