import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { runImage } from "../../../command/image/image-run.js";
import { water } from "../../../firmware/products/water.js";
import { boards } from "../../../manifests/boards/boards.js";
import { legalChecksum } from "../../../sim/run/legal-checksum.js";
import { imageBytes, labelFor } from "./image-bytes.js";
import { linkerText } from "./linker-text.js";
import { Workplace } from "./workplace.js";

const commandLine = "image --board esp32c6 --product water";

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  workplace.installTools();
});
afterEach(() => {
  workplace.leave();
});

/** An SDK whose tools link without a word. */
function installLinker(...said: readonly string[]): void {
  workplace.installModdable();
  const { linked } = workplace.places("esp32c6", "water");
  workplace.let("make", ...said.map((line) => `echo '${line}' >&2`), workplace.writes(linked, linkerText));
}

/** Without the tools that measure our own engine, which takes long; the doubles stay. */
function hideRv32Tools(): void {
  process.env["PATH"] = `${workplace.folder}:/bin`;
}

function errors(): string[] {
  return workplace.bench.errors.lines.filter((line) => line.startsWith("error: "));
}

describe("an image up to the XS linker", () => {
  beforeEach(hideRv32Tools);

  it("is made by the SDK, without ESP-IDF", async () => {
    installLinker();
    expect(await workplace.run(commandLine)).toBe(0);
    const { folder, makefile, configuration, linked } = workplace.places("esp32c6", "water");
    expect(workplace.commands).toEqual([
      `mcconfig -o ${folder} -p esp32/esp32c6 manifests/water.json meteringChecksum=${legalChecksum()} imageLabel=${labelFor("water", "esp32c6")}`,
      `make -f ${makefile} IDF_PATH=. IDF_VERSION=none -o ${configuration} ${linked}`,
    ]);
    expect(workplace.bench.output.lines.at(-1)).toMatch(
      /^IDF_PATH is not set: without ESP-IDF there is no image/,
    );
  });

  it("is told in figures of the linker", async () => {
    installLinker();
    expect(await workplace.run(commandLine)).toBe(0);
    const { text } = workplace.bench.output;
    expect(text).toMatch(/^esp32c6, water: linked without a warning by the Moddable SDK 8\.2\.3$/m);
    expect(text).toMatch(/^slots in flash +110$/m);
    expect(text).toMatch(/^keys +20$/m);
    expect(text).toMatch(/^RAM for objects that could change, bytes +28$/m);
    expect(text).toContain("creating it, which costs a linked image some 213,000 instructions");
  });

  it("fails on a warning, though the tools end well", async () => {
    installLinker("### warning: firmware/main: table: not frozen");
    expect(await workplace.run(commandLine)).toBe(1);
    expect(errors()).toEqual(["error: ### warning: firmware/main: table: not frozen"]);
  });

  it("fails where a tool does, and names it", async () => {
    installLinker();
    workplace.let("make", "echo 'meter.ts(1,2): error TS2322: no'", "exit 2");
    expect(await workplace.run(commandLine)).toBe(1);
    expect(errors()).toEqual(["error: meter.ts(1,2): error TS2322: no", "error: make ended with status 2"]);
  });

  it("fails where the tools end well and leave nothing", async () => {
    workplace.installModdable();
    expect(await workplace.run(commandLine)).toBe(1);
    expect(errors()).toEqual([
      `error: the XS linker has left no ${workplace.places("esp32c6", "water").linked}`,
    ]);
  });

  it("is not what an earlier build left", async () => {
    workplace.installModdable();
    const { linked } = workplace.places("esp32c6", "water");
    mkdirSync(join(linked, ".."), { recursive: true });
    writeFileSync(linked, linkerText);
    expect(await workplace.run(commandLine)).toBe(1);
    expect(existsSync(linked)).toBe(false);
  });
});

describe("an image with ESP-IDF", () => {
  beforeEach(() => {
    hideRv32Tools();
    installLinker();
    workplace.installIdf();
  });

  it("is built, and shown", async () => {
    workplace.let("build", ...workplace.leaves(workplace.places("esp32c6", "water"), imageBytes()));
    expect(await workplace.run(commandLine)).toBe(0);
    expect(workplace.commands[2]).toMatch(/^mcconfig -m -t build -o .* -p esp32\/esp32c6 /);
    expect(workplace.bench.output.text).toMatch(/^chip +ESP32-C6$/m);
  });

  it("names what fails", async () => {
    workplace.let("build", "echo 'x.c:1:1: fatal error: y.h: No such file' >&2", "exit 2");
    expect(await workplace.run(commandLine)).toBe(1);
    expect(errors()).toEqual([
      "error: mcconfig ended with status 2: x.c:1:1: fatal error: y.h: No such file",
    ]);
  });
});

describe("what can't be built", () => {
  beforeEach(hideRv32Tools);

  it("without the SDK is told in one line", async () => {
    expect(await workplace.run(commandLine)).toBe(2);
    expect(workplace.bench.errors.lines).toEqual([
      "error: MODDABLE is not set; it names the folder of the Moddable SDK 8.2, from https://github.com/Moddable-OpenSource/moddable (tag 8.2.3)",
    ]);
  });

  it.each([
    [
      "an SDK of another version",
      "8.1.0",
      "6.0.0",
      /MODDABLE names the Moddable SDK 8\.1\.0, and Tally was checked with 8\.2: check out tag 8\.2\.3 in /,
    ],
    [
      "an ESP-IDF of another version",
      "8.2.3",
      "5.5.1",
      /IDF_PATH names ESP-IDF 5\.5\.1, and Tally was checked with 6\.0: check out tag v6\.0 in /,
    ],
  ])("with %s is refused", async (_, moddable, idf, message) => {
    workplace.installModdable(moddable);
    workplace.installIdf(idf);
    expect(await workplace.run(commandLine)).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(message);
  });

  it.each([
    ["image --product water", /tally image needs --board <name>: the meter's board, esp32, /],
    ["image --board esp32", /tally image needs --product <name>: the kind of meter, water, gas(, |$)/],
    ["image --board esp8266 --product water", /unknown board "esp8266"; known: esp32, /],
    ["image --board esp32 --product oil", /unknown product "oil"; known: water, gas(, |$)/],
  ])("%s is refused", async (words, message) => {
    installLinker();
    expect(await workplace.run(words)).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.lines[0]).toMatch(message);
  });

  it("for a board without a pin that it needs is told by name, and where to mend it", async () => {
    installLinker();
    const board = boards.find(({ name }) => name === "esp32c6");
    if (!board) throw new Error("there is no board esp32c6");
    const pulseInput = { ...board.wiring.pulseInput, contactB: undefined };
    const request = { board: { ...board, wiring: { ...board.wiring, pulseInput } }, product: water };
    await expect(
      runImage({ ...request, buildFolder: workplace.buildFolder }, workplace.bench),
    ).rejects.toThrow(
      "the wiring of esp32c6: a dual reed needs a pulse contact B; mend manifests/boards/esp32c6/provider.ts",
    );
  });
});
