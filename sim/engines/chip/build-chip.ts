import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KnownBoard } from "../../../manifests/boards/boards.js";
import { chips } from "../../../hal/esp32/chips.js";
import { type BuildProgress, buildProgram, type Toolchain } from "../build/build-program.js";
import { projectFolder } from "../build/project-folder.js";
import { readManifests } from "./manifest-tree.js";
import { makeSdkHeaders } from "./sdk-headers.js";

/** Of sim/engines: what every program has of the engine's memory and of the line. */
const sharedSources: readonly string[] = Object.freeze([
  "program/collections.c",
  "program/exception-text.c",
  "program/failure.c",
  "program/heap-limit.c",
  "program/loaded-machine.c",
  "program/module-hooks.c",
  "program/module-path.c",
  "program/port.c",
  "program/stack-peak.c",
  "xs/desktop/instructions.c",
  "xs/desktop/modules-folder.c",
  "xs/desktop/transport-pipe.c",
]);

/** The engine's allocations, which program/collecting.c comes before. */
const collectingFlags = ["fxNewSlot", "fxNewChunk"].map((name) => `-Wl,--wrap=${name}`);

/**
 * The C compiler of this computer. A chip's addresses are of 32 bits, which the firmware keeps in words: no program
 * whose place is chosen as it starts.
 */
const toolchain = (): Toolchain => ({
  compiler: process.env["CC"] ?? "cc",
  flags: ["-O2"],
  compileFlags: [],
  linkFlags: ["-lm", "-no-pie"],
  remedy: "no C compiler: install one, on Debian: apt-get install gcc libc6-dev",
});

/** An image, and how its double is built. */
export interface ChipBuild {
  readonly board: KnownBoard;
  /** As the product's manifest is named. */
  readonly product: string;
  /** For what is compiled beside the engine, and for linking. */
  readonly flags?: readonly string[];
  /** Files compiled in the place of others, by those. */
  readonly replacements?: ReadonlyMap<string, string>;
}

/**
 * Builds the program of a whole chip, unless that has been done before: the engine, the firmware's C as it stands and the
 * double of the SDK, for one board.
 * @returns the path of the executable.
 * @throws {Error} with one line when there is no C compiler or it fails.
 */
export async function buildChip(
  { board, product, flags = [], replacements = new Map() }: ChipBuild,
  onProgress?: BuildProgress,
): Promise<string> {
  const manifests = readManifests(product, board.platform);
  const headers = await makeSdkHeaders(board, manifests);
  const chipFolder = inEngines("chip");
  const { linkFlags, ...rest } = toolchain();
  const hasStation = chips[board.name].pulseCounter !== "wake-stub";
  const program = {
    name: `chip-${board.name}`,
    title: `the chip of ${board.name}`,
    toolchain: {
      ...rest,
      linkFlags: [
        ...linkFlags,
        ...flags,
        ...componentFlags(),
        ...collectingFlags,
        ...stationFlags(hasStation),
      ],
    },
    folders: [join(chipFolder, "program"), join(chipFolder, "double")],
    sources: [
      ...sharedSources.map((path) => inEngines(path)),
      ...[...manifests.sources, ...lowPowerSources(hasStation)].map((path) => replacements.get(path) ?? path),
    ],
    headerFolders: [
      headers,
      join(chipFolder, "double", "include"),
      inEngines("program"),
      inEngines("xs", "desktop"),
      inProject("hal", "core"),
      inProject("hal", "esp32"),
      inProject("hal", "esp32", "event"),
      inProject("hal", "esp32", "low-power"),
    ],
    ownFlags: ["-fno-pie", "-fdata-sections", ...flags],
    linked: [{ flags: ["-Wl,-T"], file: join(chipFolder, "program", "firmware-memory.ld") }],
  };
  return buildProgram(program, onProgress);
}

/** Of the component that ESP-IDF builds: `hal/esp32/low-power/CMakeLists.txt` has the same. */
function lowPowerSources(hasStation: boolean): string[] {
  const names = hasStation ? ["core-engine.c"] : ["stub-engine.c", "rtc_wake_stub_pulses.c"];
  const sources = ["nvs.c", "retained.c", "slow-clock.c", ...names].map((name) =>
    inProject("hal", "esp32", "low-power", name),
  );
  return hasStation ? [...sources, inProject("hal", "core", "pulse-decoder.c")] : sources;
}

/** Functions of ESP-IDF that the component has others in the place of. */
function componentFlags(): string[] {
  const text = readFileSync(inProject("hal", "esp32", "low-power", "CMakeLists.txt"), "utf8");
  return [...text.matchAll(/"(-Wl,--wrap=\w+)"/g)].map(([, flag = ""]) => flag);
}

/** ESP-IDF exports the low-power program's variables under another name. */
function stationFlags(hasStation: boolean): string[] {
  return hasStation ? ["-Wl,--defsym=ulp_station=station"] : [];
}

function inEngines(...path: string[]): string {
  return inProject("sim", "engines", ...path);
}

function inProject(...path: string[]): string {
  return join(projectFolder(), ...path);
}
