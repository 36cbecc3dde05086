import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { KnownBoard } from "../../../manifests/boards/boards.js";
import { buildFolder, digest, inWorkshop } from "../build/build-program.js";
import { projectFolder } from "../build/project-folder.js";
import type { ManifestTree } from "./manifest-tree.js";

/**
 * The headers that the SDK makes in a build, made here of the same sources: `sdkconfig.h` of the board's settings,
 * `mc.defines.h` of what the manifests define, and the names of the native functions for the process.
 * @returns the folder they are in.
 */
export async function makeSdkHeaders(board: KnownBoard, manifests: ManifestTree): Promise<string> {
  const headers: Readonly<Record<string, string>> = {
    "sdkconfig.h": sdkconfigHeader(board.name),
    "mc.defines.h": [...manifests.defines, ...lightSleepDefines(board)]
      .map(([name, value]) => macro(name, value))
      .join(""),
    "native-names.h": nativeNamesHeader(),
  };
  const folder = join(buildFolder("headers"), digest(createHash("sha256").update(JSON.stringify(headers))));
  if (existsSync(folder)) return folder;
  await inWorkshop(async (workshop) => {
    const made = join(workshop, "headers");
    await mkdir(made);
    for (const [name, text] of Object.entries(headers)) writeFileSync(join(made, name), text);
    await mkdir(dirname(folder), { recursive: true });
    // Another process may have been quicker.
    await rename(made, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  });
  return folder;
}

/** What ESP-IDF's configuration would make of the settings: a macro for each that is not off. */
function sdkconfigHeader(boardName: string): string {
  const path = join(projectFolder(), "manifests", "boards", boardName, "sdkconfig.defaults");
  const settings = readFileSync(path, "utf8")
    .split("\n")
    .map((line) => /^(CONFIG_\w+)=(.*)$/.exec(line))
    .filter((match) => match !== null && match[2] !== "n")
    .map((match) => macro(match?.[1] ?? "", match?.[2] === "y" ? "1" : (match?.[2] ?? "")));
  return [macro(`CONFIG_IDF_TARGET_${boardName.toUpperCase()}`, "1"), ...settings].join("");
}

/** What the manifest of a board that sleeps lightly has to say, where that board has none of its own. */
function lightSleepDefines({ wiring }: KnownBoard): [string, string][] {
  return wiring.power.sleep === "light" ? [["MODDEF_SOFTRESET", "1"]] : [];
}

/** The functions of `hal/esp32` and of the double's own modules; a destructor takes data and no machine. */
function nativeNamesHeader(): string {
  const folders = [join("hal", "esp32"), join("sim", "engines", "chip", "double")];
  const definition = /^void (xs_\w+)\((xsMachine|void) \*\w+\) \{/gm;
  return folders
    .flatMap((folder) => sourcesIn(join(projectFolder(), folder)))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(definition)])
    .map(([, name = "", type]) => `${type === "void" ? "DESTRUCTOR" : "NATIVE"}(${name})\n`)
    .sort()
    .join("");
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".c"))
    .map((name) => join(folder, name));
}

function macro(name: string, value: string): string {
  return `#define ${name} ${value}\n`;
}
