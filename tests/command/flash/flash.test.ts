import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { water } from "../../../firmware/products/water.js";
import { boards } from "../../../manifests/boards/boards.js";
import { runFlash } from "../../../command/flash/flash-run.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { legalChecksum } from "../../../sim/run/legal-checksum.js";
import { imageBytes, labelFor, numbers } from "../image/image-bytes.js";
import { Workplace } from "../image/workplace.js";

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => {
  workplace.leave();
});

/** An SDK that builds the image that it is asked for, or leaves other bytes. */
function installBuild(board: keyof typeof numbers, product: string, isProduction = false): void {
  workplace.installSdk();
  workplace.installTools();
  const image = imageBytes({ chipNumber: numbers[board], label: labelFor(product, board) });
  workplace.let("build", ...workplace.leaves(workplace.places(board, product, isProduction), image));
}

/** How `mcconfig` is called for a target. */
function call(
  target: string,
  board: string,
  platform: string,
  product: string,
  isProduction = false,
): string {
  const { folder } = workplace.places(board, product, isProduction);
  return (
    `mcconfig -m -t ${target} -o ${folder} -p ${platform} manifests/${product}.json ` +
    `meteringChecksum=${legalChecksum()} imageLabel=${labelFor(product, board)}`
  );
}

describe("flashing a board", () => {
  it.each([
    ["esp32", "esp32"],
    ["esp32c3", "esp32/esp32c3"],
    ["esp32c6", "esp32/esp32c6"],
    ["esp32s3", "esp32/esp32s3"],
  ] as const)("has the SDK build for %s and then flash it", async (board, platform) => {
    installBuild(board, "gas");
    workplace.let("deploy", "echo uploading");
    expect(await workplace.run(`flash --board ${board} --product gas`)).toBe(0);
    expect(workplace.commands).toEqual([
      call("build", board, platform, "gas"),
      call("deploy", board, platform, "gas"),
    ]);
    expect(workplace.calls[0]?.slice(0, 3)).toEqual([
      projectFolder(),
      join(workplace.folder, "moddable"),
      "",
    ]);
    expect(workplace.bench.output.text).toContain("uploading\n");
    expect(workplace.bench.output.lines.at(-1)).toBe(`${board} is flashed as a gas meter`);
  });

  it("finds the mcconfig that the SDK was built with where none is on the search path", async () => {
    installBuild("esp32c6", "water");
    const host = process.platform === "darwin" ? "mac" : "lin";
    const folder = join(workplace.folder, "moddable", "build", "bin", host, "release");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "mcconfig"), readFileSync(join(workplace.folder, "mcconfig")));
    chmodSync(join(folder, "mcconfig"), 0o755);
    process.env["PATH"] = "/usr/bin:/bin";
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(0);
    expect(workplace.calls).toHaveLength(2);
  });

  it("hands the SDK's folder on as a whole path, whatever was given", async () => {
    installBuild("esp32c6", "water");
    process.env["MODDABLE"] = relative(process.cwd(), join(workplace.folder, "moddable"));
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(0);
    expect(workplace.calls.map((words) => words[1])).toEqual(
      Array(2).fill(join(workplace.folder, "moddable")),
    );
  });

  it("hands a given port on to the SDK", async () => {
    installBuild("esp32s3", "water");
    expect(await workplace.run("flash --board esp32s3 --product water --port /dev/ttyACM3")).toBe(0);
    expect(workplace.calls.map((words) => words[3])).toEqual(["/dev/ttyACM3", "/dev/ttyACM3"]);
  });

  it("that fails is told, with exit code 1", async () => {
    installBuild("esp32c6", "water");
    workplace.let("deploy", "exit 2");
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(1);
    expect(workplace.bench.errors.lines).toEqual(["error: flashing failed: mcconfig ended with status 2"]);
  });

  it("without a board is told, though the SDK goes on without a port", async () => {
    installBuild("esp32c6", "water");
    workplace.let(
      "deploy",
      "echo 'Failed to find a suitable device. Check your connections or set UPLOAD_PORT' >&2",
    );
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(1);
    expect(workplace.bench.errors.lines.at(-1)).toBe(
      "error: flashing failed: there is no board at any port; connect it, or name its port with --port",
    );
  });

  it("has the folder in which the SDK notes the board that it has found", async () => {
    installBuild("esp32c6", "water");
    workplace.let("deploy", '[ -d "$MODDABLE/build/tmp/esp32" ] || exit 3');
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(0);
  });

  it("prints the commands of a dry run, SDK or not, and runs none", async () => {
    workplace.installTools();
    expect(await workplace.run("flash --board esp32c6 --product water --dry-run")).toBe(0);
    expect(workplace.bench.output.lines).toEqual([
      call("build", "esp32c6", "esp32/esp32c6", "water"),
      call("deploy", "esp32c6", "esp32/esp32c6", "water"),
    ]);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(/^warning: MODDABLE is not set/);
    expect(() => workplace.calls).toThrow();
  });
});

describe("a production image", () => {
  it("is configured as sealed, and built but not flashed", async () => {
    installBuild("esp32", "water", true);
    expect(await workplace.run("flash --board esp32 --product water --production")).toBe(0);
    expect(workplace.commands).toEqual([call("build", "esp32", "esp32", "water", true)]);
    const folder = workplace.calls[0]?.[2] ?? "";
    const configuration = readFileSync(join(folder, "sdkconfig.defaults"), "utf8").split("\n");
    expect(configuration).toEqual(
      expect.arrayContaining([
        "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y",
        "CONFIG_SECURE_BOOT_V2_ENABLED=y",
        "CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE=y",
        "CONFIG_SECURE_BOOT_ALLOW_JTAG=n",
        "CONFIG_ESP32_REV_MIN_3=y",
        "CONFIG_SECURE_BOOT_BUILD_SIGNED_BINARIES=n",
      ]),
    );
    const lastSkip = configuration.filter((line) => line.includes("SKIP_VALIDATE_IN_DEEP_SLEEP")).at(-1);
    expect(lastSkip).toBe("CONFIG_BOOTLOADER_SKIP_VALIDATE_IN_DEEP_SLEEP=n");
    const { copied } = workplace.places("esp32", "water", true);
    expect(workplace.bench.output.lines.at(-1)).toContain(`built ${copied}, not flashed: `);
  });

  it("is made of nothing that an earlier build left", async () => {
    installBuild("esp32", "water", true);
    const old = join(workplace.places("esp32", "water", true).folder, "tmp", "module.xsb");
    mkdirSync(join(old, ".."), { recursive: true });
    writeFileSync(old, "");
    expect(await workplace.run("flash --board esp32 --product water --production")).toBe(0);
    expect(existsSync(old)).toBe(false);
  });
});

describe("what can't be flashed", () => {
  const refused: readonly (readonly [options: string, message: RegExp])[] = [
    ["--product water", /flash needs --board <name>: the meter's board, esp32, esp32c3, /],
    ["--board esp32c6", /flash needs --product <name>: the kind of meter, water, gas(, |$)/],
    ["--board esp8266 --product water", /unknown board "esp8266"; known: esp32, esp32c3, esp32c6, esp32s3$/],
    ["--board esp32c6 --product oil", /unknown product "oil"; known: water, gas(, |$)/],
    ["--board esp32c6 --product water --signing-key k.pem", /--signing-key goes with --production$/],
    [
      "--board esp32c6 --product water --production --burn-fuses",
      /--burn-fuses goes with .*--signing-key <file>$/,
    ],
    [
      "--board esp32c6 --product water --production --signing-key /nowhere.pem",
      /\/nowhere\.pem: there is no such key/,
    ],
  ];

  it.each(refused)("%s is refused in one line with exit code 2", async (options, message) => {
    installBuild("esp32c6", "water");
    expect(await workplace.run(`flash ${options}`)).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.lines[0]).toMatch(message);
  });

  it("a board with a pin used twice is told by name before anything is built", async () => {
    installBuild("esp32c6", "water");
    const board = boards.find(({ name }) => name === "esp32c6");
    if (!board) throw new Error("there is no board esp32c6");
    const modem = { ...board.wiring.modem, reset: { gpio: 22, isActiveLow: false } };
    const request = {
      board: { ...board, wiring: { ...board.wiring, modem } },
      product: water,
      isProduction: false,
      signingKey: undefined,
      mayBurnFuses: false,
      port: undefined,
      buildFolder: workplace.buildFolder,
      isDryRun: false,
    };
    await expect(runFlash(request, workplace.bench)).rejects.toThrow(
      "the wiring of esp32c6: GPIO 22 is used twice: modem reset, valve open drive; " +
        "mend manifests/boards/esp32c6/provider.ts",
    );
    expect(() => workplace.calls).toThrow();
  });

  it("without an SDK is told in one line what is missing and where it is from", async () => {
    workplace.installTools();
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(
      /MODDABLE is not set.*github\.com\/Moddable-OpenSource\/moddable.*IDF_PATH is not set.*github\.com\/espressif\/esp-idf/,
    );
  });

  it("with an SDK that is gone names the folder", async () => {
    installBuild("esp32c6", "water");
    process.env["IDF_PATH"] = "/nowhere/esp-idf";
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(/IDF_PATH names \/nowhere\/esp-idf, which is not there/);
  });

  it("with an ESP-IDF of another version is told which to take", async () => {
    installBuild("esp32c6", "water");
    workplace.installIdf("5.5.2");
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(
      /ESP-IDF 5\.5\.2, and Tally was checked with 6\.0: check out tag/,
    );
  });

  it("with an mcconfig that can't be run is told which", async () => {
    workplace.installSdk();
    workplace.installTools();
    chmodSync(join(workplace.folder, "mcconfig"), 0o644);
    process.env["PATH"] = [workplace.folder, "/usr/bin", "/bin"].join(":");
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toEqual([
      `error: ${join(workplace.folder, "mcconfig")} can't be run: \`chmod +x\` it, or build the SDK's tools anew`,
    ]);
  });

  it("with an SDK whose tools were never built is told how to build them", async () => {
    workplace.installSdk();
    process.env["PATH"] = "/usr/bin:/bin";
    expect(await workplace.run("flash --board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(
      /mcconfig is not built: run `make` in .*\/build\/makefiles\//,
    );
  });
});
