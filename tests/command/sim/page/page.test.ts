import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { RunReport } from "../../../../sim/run/run-result.js";
import { Bench, evenTrace, writeTrace } from "../../bench.js";

const folder = mkdtempSync(join(tmpdir(), "tally-page-"));
let pages = 0;

async function pageOf(options: string): Promise<{ readonly text: string; readonly report: RunReport }> {
  const path = join(folder, `${++pages}.html`);
  const bench = new Bench();
  await bench.run(`sim --engine node ${options} --json --html ${path}`);
  return { text: readFileSync(path, "utf8"), report: JSON.parse(bench.output.text) as RunReport };
}

let month: { readonly text: string; readonly report: RunReport };
beforeAll(async () => {
  month = await pageOf("--days 14 --outage 3..5 --network dead-bearer@7 --network no-sim@10");
});

describe("tally sim --html", () => {
  it("writes one page that asks for nothing else", () => {
    expect(month.text).toMatch(/^<!doctype html><html lang="en">.*<\/html>\n$/s);
    expect(month.text).not.toMatch(/<script|<link|<img|<iframe|@import|https?:|\bsrc=|\bon\w+="/);
    expect(month.text.match(/url\([^)]*\)/g)?.every((url) => /^url\(#\w+\)$/.test(url))).toBe(true);
  });

  it("shows each picture for a screen and for a telephone, with what is to be seen in words", () => {
    const titles = [...month.text.matchAll(/<section><h2>([^<]*)</g)].map(([, title]) => title);
    expect(titles).toEqual([
      "Flow over the day",
      "Flow over the run",
      "Index",
      "Battery",
      "Wakes and radio",
      "What happened",
      "The last report",
    ]);
    for (const name of ["wide", "narrow"])
      expect(
        month.text.match(new RegExp(`<div class="${name}" role="img" aria-label="[^"]{40,}">`, "g")),
      ).toHaveLength(5);
  });

  it("knows light and dark", () => {
    expect(month.text).toContain("@media (prefers-color-scheme: dark)");
    expect(month.text).toContain('<meta name="color-scheme" content="light dark"/>');
  });

  it("tells what came of the run", () => {
    expect(month.text).toContain("✘ 2 differences from the truth");
    expect(month.text).toContain("truth 7.008 m3, register 7.008 m3, head-end 4.490 m3");
    expect(month.text).toContain(`${month.report.energy.chargeMilliampereHours.toFixed(1)} mAh given`);
    expect(month.text).toContain("tally sim --product water --engine node --demand household");
  });

  it("marks events, faults and what befell the network, each by a shape of its own", () => {
    expect(month.text).toMatch(
      /<path class="mark event" d="M[\d.]+ [\d.]+a4 4[^>]*><title>[^<]*(power-on|\d+ events)/,
    );
    expect(month.text).toMatch(
      /<path class="mark fault" d="M[\d.]+ [\d.]+l6 11h-12z"><title>contact attach: no-network/,
    );
    expect(month.text).toMatch(
      /<path class="mark network" d="M[\d.]+ [\d.]+l6 6l-6 6l-6 -6z"><title>the connection dies/,
    );
    // The outage and the SIM, on both drawings.
    expect(month.text.match(/<rect class="band"/g)).toHaveLength(4);
  });

  it("lists what happened", () => {
    expect(month.text).toMatch(
      /<td>2026-01-08 04:18:\d\d<\/td><td>event<\/td><td class="what">contact delivered<\/td>/,
    );
  });

  it("decodes the last report", () => {
    expect(month.text).toMatch(
      /<td><code>\/3424\/0\/4<\/code><\/td><td>forward pulses<\/td><td class="value">4490<\/td>/,
    );
    expect(month.text).toMatch(
      /<td>pulses of each interval<\/td><td class="value">\d+ in \d+ bytes: [\d ]+<\/td>/,
    );
  });

  it("does not touch the run", async () => {
    const bench = new Bench();
    await bench.run("sim --engine node --days 2 --json");
    const { traceHash } = JSON.parse(bench.output.text) as RunReport;
    expect((await pageOf("--days 2")).report.traceHash).toBe(traceHash);
  });

  it("is the same page for the same run", async () => {
    const texts = [await pageOf("--days 1"), await pageOf("--days 1")].map(({ text }) => text);
    expect(texts[0]).toBe(texts[1]);
  });

  it.each([
    ["a run of months", "--days 90"],
    ["a run without flow", "--days 0.01"],
  ])("stays small for %s", async (_, options) => {
    const { text } = await pageOf(options);
    expect(text.length).toBeLessThan(250_000);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("takes names for text, whatever stands in them", async () => {
    const trace = writeTrace(evenTrace(72, 5)).replace("trace.csv", "<b>.csv");
    writeFileSync(trace, evenTrace(72, 5));
    const { text } = await pageOf(`--trace ${trace}`);
    expect(text).toContain("&#60;b&#62;.csv");
    expect(text).not.toContain("<b>.csv");
  });
});
