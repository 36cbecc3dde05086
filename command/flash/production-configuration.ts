import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectFolder } from "../../sim/engines/build/project-folder.js";

/** The folder that `SDKCONFIGPATH` names for a production image. */
export function productionFolder(board: string): string {
  return join(projectFolder(), "build", "production", board);
}

/**
 * Writes the configuration of a production image: the board's own, what every production image adds, what its chip
 * needs for that, and the key; without one the image is left unsigned. Later lines win in the SDK's merge.
 */
export function writeProductionConfiguration(board: string, signingKey: string | undefined): void {
  const manifests = join(projectFolder(), "manifests");
  const parts = [
    join(manifests, "boards", board, "sdkconfig.defaults"),
    join(manifests, "production", "sdkconfig.defaults"),
    join(manifests, "production", `${board}.defaults`),
  ];
  const text = parts.filter((path) => existsSync(path)).map((path) => readFileSync(path, "utf8"));
  const folder = productionFolder(board);
  mkdirSync(folder, { recursive: true });
  const signing =
    signingKey === undefined
      ? "CONFIG_SECURE_BOOT_BUILD_SIGNED_BINARIES=n\n"
      : `CONFIG_SECURE_BOOT_BUILD_SIGNED_BINARIES=y\nCONFIG_SECURE_BOOT_SIGNING_KEY="${resolve(signingKey)}"\n`;
  writeFileSync(join(folder, "sdkconfig.defaults"), [...text, signing].join("\n"));
}
