import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { water } from "../../../firmware/products/water.js";
import { boards } from "../../../manifests/boards/boards.js";
import type { FlashRequest } from "../../../command/flash/flash-command.js";
import { runFlash } from "../../../command/flash/flash-run.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { legalChecksum } from "../../../sim/run/legal-checksum.js";
import { Bench } from "../bench.js";

const changed = ["PATH", "MODDABLE", "IDF_PATH", "SDKCONFIGPATH", "UPLOAD_PORT"] as const;

/** What each image is told of its legally relevant part. */
const checksum = `meteringChecksum=${legalChecksum()}`;

/** A computer with an SDK whose `mcconfig` only writes down how it was called. */
class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "tally-flash-"));
  readonly bench = new Bench();
  #before = new Map(changed.map((name) => [name, process.env[name]]));

  constructor() {
    for (const name of changed) if (name !== "PATH") Reflect.deleteProperty(process.env, name);
  }

  /** Puts an `mcconfig` on the search path; it ends with a status, on the call of a target if one is given. */
  installMcconfig(status = 0, target = ""): void {
    const path = join(this.folder, "mcconfig");
    const script = [
      "#!/bin/sh",
      `echo "$PWD|$MODDABLE|$SDKCONFIGPATH|$UPLOAD_PORT|$*" >> "${join(this.folder, "calls")}"`,
      "echo compiling",
      `case "$*" in *"${target}"*) exit ${status};; esac`,
    ];
    writeFileSync(path, `${script.join("\n")}\n`);
    chmodSync(path, 0o755);
    process.env["PATH"] = [this.folder, this.#before.get("PATH") ?? ""].join(delimiter);
  }

  installSdk(): void {
    for (const [name, folder] of [["MODDABLE", "moddable"] as const, ["IDF_PATH", "esp-idf"] as const]) {
      process.env[name] = join(this.folder, folder);
      mkdirSync(join(this.folder, folder));
    }
  }

  run(options: string): Promise<number> {
    return this.bench.run(`flash ${options}`);
  }

  /** How `mcconfig` was called: folder, MODDABLE, SDKCONFIGPATH, UPLOAD_PORT, arguments. */
  get calls(): string[][] {
    const text = readFileSync(join(this.folder, "calls"), "utf8");
    return text
      .split("\n")
      .slice(0, -1)
      .map((line) => line.split("|"));
  }

  get callArguments(): (string | undefined)[] {
    return this.calls.map((call) => call[4]);
  }

  leave(): void {
    for (const [name, value] of this.#before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true });
  }
}

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => {
  workplace.leave();
});

describe("flashing a board", () => {
  it.each([
    ["esp32", "esp32"],
    ["esp32c3", "esp32/esp32c3"],
    ["esp32c6", "esp32/esp32c6"],
    ["esp32s3", "esp32/esp32s3"],
  ])("has the SDK build for %s and then flash it", async (board, platform) => {
    workplace.installSdk();
    workplace.installMcconfig();
    expect(await workplace.run(`--board ${board} --product gas`)).toBe(0);
    expect(workplace.callArguments).toEqual([
      `-m -p ${platform} -t build manifests/gas.json ${checksum}`,
      `-m -p ${platform} -t deploy manifests/gas.json ${checksum}`,
    ]);
    expect(workplace.calls[0]?.slice(0, 3)).toEqual([
      projectFolder(),
      join(workplace.folder, "moddable"),
      "",
    ]);
    expect(workplace.bench.output.text).toContain("compiling\n");
    expect(workplace.bench.output.lines.at(-1)).toBe(`${board} is flashed as a gas meter`);
  });

  it("finds the mcconfig that the SDK was built with where none is on the search path", async () => {
    workplace.installSdk();
    workplace.installMcconfig();
    const host = process.platform === "darwin" ? "mac" : "lin";
    const folder = join(workplace.folder, "moddable", "build", "bin", host, "release");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "mcconfig"), readFileSync(join(workplace.folder, "mcconfig")));
    chmodSync(join(folder, "mcconfig"), 0o755);
    process.env["PATH"] = "/usr/bin:/bin";
    expect(await workplace.run("--board esp32c6 --product water")).toBe(0);
    expect(workplace.calls).toHaveLength(2);
  });

  it("hands a given port on to the SDK", async () => {
    workplace.installSdk();
    workplace.installMcconfig();
    expect(await workplace.run("--board esp32s3 --product water --port /dev/ttyACM3")).toBe(0);
    expect(workplace.calls.map((call) => call[3])).toEqual(["/dev/ttyACM3", "/dev/ttyACM3"]);
  });

  it("ends where the build does, with exit code 1", async () => {
    workplace.installSdk();
    workplace.installMcconfig(2, "build");
    expect(await workplace.run("--board esp32c6 --product water")).toBe(1);
    expect(workplace.calls).toHaveLength(1);
    expect(workplace.bench.errors.lines).toEqual(["error: mcconfig ended with status 2"]);
  });

  it("prints the commands of a dry run, SDK or not, and runs none", async () => {
    expect(await workplace.run("--board esp32c6 --product water --dry-run")).toBe(0);
    expect(workplace.bench.output.lines).toEqual([
      `mcconfig -m -p esp32/esp32c6 -t build manifests/water.json ${checksum}`,
      `mcconfig -m -p esp32/esp32c6 -t deploy manifests/water.json ${checksum}`,
    ]);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(/^warning: MODDABLE is not set/);
  });
});

describe("a production image", () => {
  it("is configured as sealed, and built but not flashed", async () => {
    workplace.installSdk();
    workplace.installMcconfig();
    expect(await workplace.run("--board esp32 --product water --production")).toBe(0);
    expect(workplace.callArguments).toEqual([`-m -p esp32 -t build manifests/water.json ${checksum}`]);
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
    expect(workplace.bench.output.lines.at(-1)).toMatch(/^built, not flashed: /);
  });

  it("is signed with the key, and flashed when its fuses may burn", async () => {
    workplace.installSdk();
    workplace.installMcconfig();
    const key = join(workplace.folder, "key.pem");
    writeFileSync(key, "");
    expect(
      await workplace.run(`--board esp32c6 --product water --production --signing-key ${key} --burn-fuses`),
    ).toBe(0);
    expect(workplace.calls).toHaveLength(2);
    const configuration = readFileSync(join(workplace.calls[0]?.[2] ?? "", "sdkconfig.defaults"), "utf8");
    expect(configuration).toContain(`\nCONFIG_SECURE_BOOT_SIGNING_KEY="${key}"\n`);
    expect(configuration).not.toContain("ESP32_REV_MIN");
  });
});

describe("what can't be flashed", () => {
  const refused: readonly (readonly [options: string, message: RegExp])[] = [
    ["--product water", /flash needs --board <name>: the meter's board, esp32, esp32c3, /],
    ["--board esp32c6", /flash needs --product <name>: the kind of meter, water, gas$/],
    ["--board esp8266 --product water", /unknown board "esp8266"; known: esp32, esp32c3, esp32c6, esp32s3$/],
    ["--board esp32c6 --product oil", /unknown product "oil"; known: water, gas$/],
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
    workplace.installSdk();
    workplace.installMcconfig();
    expect(await workplace.run(options)).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.lines[0]).toMatch(message);
  });

  it("a board with a pin used twice is told by name, with exit code 1, before anything is built", async () => {
    workplace.installSdk();
    workplace.installMcconfig();
    const board = boards.find(({ name }) => name === "esp32c6");
    if (!board) throw new Error("there is no board esp32c6");
    const modem = { ...board.wiring.modem, reset: { gpio: 22, isActiveLow: false } };
    const request: FlashRequest = {
      ...{ board: { ...board, wiring: { ...board.wiring, modem } }, product: water },
      ...{
        isProduction: false,
        signingKey: undefined,
        mayBurnFuses: false,
        port: undefined,
        isDryRun: false,
      },
    };
    expect(await runFlash(request, workplace.bench)).toBe(1);
    expect(workplace.bench.errors.lines).toEqual([
      "error: the wiring of esp32c6: GPIO 22 is used twice: modem reset, valve open drive",
    ]);
    expect(() => workplace.calls).toThrow();
  });

  it("without an SDK is told in one line what is missing and where it is from", async () => {
    workplace.installMcconfig();
    expect(await workplace.run("--board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(
      /MODDABLE is not set.*github\.com\/Moddable-OpenSource\/moddable.*IDF_PATH is not set.*github\.com\/espressif\/esp-idf/,
    );
  });

  it("with an SDK that is gone names the folder", async () => {
    workplace.installSdk();
    workplace.installMcconfig();
    process.env["IDF_PATH"] = "/nowhere/esp-idf";
    expect(await workplace.run("--board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(/IDF_PATH names \/nowhere\/esp-idf, which is not there/);
  });

  it("with an SDK whose tools were never built is told how to build them", async () => {
    workplace.installSdk();
    process.env["PATH"] = "/usr/bin:/bin";
    expect(await workplace.run("--board esp32c6 --product water")).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(workplace.bench.errors.text).toMatch(
      /mcconfig is not built: run `make` in .*\/build\/makefiles\//,
    );
  });
});
