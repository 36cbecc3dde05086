/**
 * What is never there, whatever the table of rooms allows: the absences of docs/ARCHITECTURE.md, said a second time, so
 * that a line of the table can't be widened past one of them by the way.
 */
import { expect, it } from "@jest/globals";
import { importsIn } from "./imports.js";
import { productFiles, projectFiles } from "./source-files.js";

interface Absence {
  readonly rule: string;
  readonly from: RegExp;
  /** What must not be imported. */
  readonly to: RegExp;
  /** Of those, what may. */
  readonly but?: RegExp;
}

const absences: readonly Absence[] = [
  {
    rule: "the legally relevant part needs nothing of the firmware outside itself",
    from: /^(firmware\/legal|drivers\/pulse-counter|hal\/base|hal\/core)\//,
    to: /^(firmware|drivers|sim|jig|command|manifests)\//,
    but: /^(firmware\/legal|drivers\/pulse-counter)\//,
  },
  {
    rule: "the register, the journal and the values behind it are reached through metering.ts",
    from: /^(?!firmware\/legal\/|sim\/|tests\/)/,
    to: /^firmware\/legal\/(register|periodic|sensor-watch|retained\/(?!slice\.ts)|rings\/(ring-(?!position)|sector-(?!keeper)|record-ring))/,
  },
  { rule: "hal needs nothing above it", from: /^hal\//, to: /^(?!hal\/)/ },
  { rule: "drivers need nothing above them", from: /^drivers\//, to: /^(?!hal\/|drivers\/)/ },
  {
    rule: "the firmware names no part, no board and no simulator",
    from: /^firmware\//,
    to: /^(?!firmware\/|hal\/|drivers\/)|^drivers\/nb-iot\/(?!modem\.ts)|^hal\/(esp32|core)\//,
  },
  {
    rule: "the head-end is a witness with codecs of its own",
    from: /^sim\/head-end\//,
    to: /^(firmware|drivers|hal\/base|sim\/(?!kernel|head-end))/,
  },
  {
    rule: "models are written from the part's manual, never from its driver",
    from: /^sim\/world\//,
    to: /^(firmware|drivers\/(?!valve-actuator\/))/,
  },
  {
    rule: "the station knows of the firmware its contracts alone",
    from: /^jig\//,
    to: /^firmware\/(?!contracts\/)/,
  },
  {
    rule: "wire codecs know no meter",
    from: /^firmware\/wire\//,
    to: /^firmware\/(?!wire\/)/,
  },
  {
    rule: "a visitor does not speak for the head-end: contacts are a duty's",
    from: /^firmware\/local\//,
    to: /^firmware\/(uplink|wire)\//,
  },
  {
    rule: "what flashes and simulates is not needed by what is flashed",
    from: /^(firmware|drivers|hal|manifests)\//,
    to: /^(sim|jig|command|bin)\//,
  },
];

const imports = importsIn(productFiles(projectFiles())).filter(({ kind }) => kind === "file");

it.each(absences)("$rule", ({ from, to, but }) => {
  const own = imports.filter((entry) => from.test(entry.from));
  expect(own.length).toBeGreaterThan(0);
  const wrong = own.filter((entry) => to.test(entry.to) && but?.test(entry.to) !== true);
  expect(wrong.map((entry) => `${entry.from}:${entry.line}: ${entry.to}`)).toEqual([]);
});
