import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type ImagePlaces, imagePlaces } from "../../../command/image/image-places.js";
import { products } from "../../../firmware/products/products.js";
import { boards } from "../../../manifests/boards/boards.js";
import { Bench } from "../bench.js";

const changed = ["PATH", "MODDABLE", "IDF_PATH", "SDKCONFIGPATH", "UPLOAD_PORT"] as const;

/** A tool by what it is called with. */
export type ToolCall = "configure" | "make" | "build" | "deploy";

/**
 * A computer with doubles of the SDK's tools: `mcconfig` and `make` write down how they were called, and do what a test
 * has said of each call. Images are built in its own folder.
 */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "tally-sdk-"));
  readonly bench = new Bench();
  readonly buildFolder = join(this.folder, "images");
  #before = new Map(changed.map((name) => [name, process.env[name]]));

  constructor() {
    for (const name of changed) if (name !== "PATH") Reflect.deleteProperty(process.env, name);
  }

  /** Puts the tools on the search path. */
  installTools(): void {
    const log = `echo "$PWD|$MODDABLE|$SDKCONFIGPATH|$UPLOAD_PORT|$(basename "$0") $*" >> "${join(this.folder, "calls")}"`;
    const acts = (call: string): string => `[ ! -e "${this.#act(call)}" ] || . "${this.#act(call)}"`;
    this.#script("mcconfig", [
      log,
      'case "$*" in',
      `*"-t build"*) ${acts("build")};;`,
      `*"-t deploy"*) ${acts("deploy")};;`,
      `*) ${acts("configure")};;`,
      "esac",
    ]);
    this.#script("make", [log, acts("make")]);
    process.env["PATH"] = [this.folder, this.#before.get("PATH") ?? ""].join(delimiter);
  }

  installModdable(version = "8.2.3"): void {
    const tools = join(this.folder, "moddable", "tools");
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, "VERSION"), `${version}\n`);
    process.env["MODDABLE"] = join(this.folder, "moddable");
  }

  installIdf(version = "6.0.0"): void {
    const folder = join(this.folder, "esp-idf", "tools", "cmake");
    mkdirSync(folder, { recursive: true });
    const names = ["MAJOR", "MINOR", "PATCH"];
    const lines = version
      .split(".")
      .map((number, index) => `set(IDF_VERSION_${names[index] ?? ""} ${number})\n`);
    writeFileSync(join(folder, "version.cmake"), lines.join(""));
    process.env["IDF_PATH"] = join(this.folder, "esp-idf");
  }

  installSdk(): void {
    this.installModdable();
    this.installIdf();
  }

  /** What a call does, in the shell's words, after it has been written down. */
  let(call: ToolCall, ...lines: readonly string[]): void {
    writeFileSync(this.#act(call), `${lines.join("\n")}\n`);
  }

  /** Words of the shell that put an image where the SDK leaves one: ESP-IDF's, and the copy of it. */
  leaves(places: ImagePlaces, image: Uint8Array, { isOld = false } = {}): string[] {
    const source = join(this.folder, isOld ? "old.bin" : "new.bin");
    writeFileSync(source, image);
    if (isOld) utimesSync(source, 1e9, 1e9);
    // What ESP-IDF left long ago keeps its age; the SDK's copy of it is new in any case.
    return [this.#put(isOld ? "cp -p" : "cp", source, places.built), this.#put("cp", source, places.copied)];
  }

  /** Words of the shell that put a text somewhere. */
  writes(path: string, text: string): string {
    const source = join(this.folder, "text");
    writeFileSync(source, text);
    return this.#put("cp", source, path);
  }

  places(board: string, product: string, isProduction = false): ImagePlaces {
    const choice = {
      board: boards.find(({ name }) => name === board),
      product: products.find(({ name }) => name === product),
    };
    if (!choice.board || !choice.product) throw new Error(`there is no ${board} or ${product}`);
    const { buildFolder } = this;
    return imagePlaces({ board: choice.board, product: choice.product, isProduction, buildFolder });
  }

  run(commandLine: string): Promise<number> {
    return this.bench.run(`${commandLine} --build-folder ${this.buildFolder}`);
  }

  /** How the tools were called: folder, MODDABLE, SDKCONFIGPATH, UPLOAD_PORT, tool and arguments. */
  get calls(): string[][] {
    const text = readFileSync(join(this.folder, "calls"), "utf8");
    return text
      .split("\n")
      .slice(0, -1)
      .map((line) => line.split("|"));
  }

  get commands(): (string | undefined)[] {
    return this.calls.map((call) => call[4]);
  }

  leave(): void {
    for (const [name, value] of this.#before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true });
  }

  #act(call: string): string {
    return join(this.folder, `on-${call}`);
  }

  #put(copy: string, source: string, path: string): string {
    return `mkdir -p "${dirname(path)}"; ${copy} "${source}" "${path}"`;
  }

  #script(name: string, lines: readonly string[]): void {
    const path = join(this.folder, name);
    writeFileSync(path, `${["#!/bin/sh", ...lines].join("\n")}\n`);
    chmodSync(path, 0o755);
  }
}
