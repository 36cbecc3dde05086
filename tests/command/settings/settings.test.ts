import { describe, expect, it } from "@jest/globals";

import { products } from "../../../firmware/products/products.js";
import { settingNamesOf } from "../../../firmware/settings/settings.js";
import { typedName } from "../../../command/kit/names.js";
import { Bench } from "../bench.js";

interface Listed {
  readonly product: string;
  readonly settings: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
}

async function listed(commandLine: string): Promise<Bench> {
  const bench = new Bench();
  expect(await bench.run(commandLine)).toBe(0);
  expect(bench.errors.text).toBe("");
  return bench;
}

describe("tally settings", () => {
  it.each(products.map((product) => [product.name, product] as const))(
    "lists each setting of a %s meter, and no other",
    async (name, product) => {
      const { output } = await listed(`settings --product ${name}`);
      const names = output.lines.flatMap((line) => /^ {2}([a-z-]+) {2,}/.exec(line)?.[1] ?? []);
      expect(names).toEqual(settingNamesOf(product).map(typedName));
    },
  );

  it("tells default, protection, meaning and limits", async () => {
    const { output } = await listed("settings");
    expect(output.text).toMatch(
      /\n {2}interval-seconds +3,600 s {2}service\n {6}length of an interval value; 900 to 3,600 s, a divisor of 86,400\n/,
    );
    expect(output.text).toMatch(/\n {2}pulse-weight-millilitres +1,000 mL {2}calibration\n/);
  });

  it("tells what the product has, not the table's own default", async () => {
    const { output } = await listed("settings --product gas");
    expect(output.text).toMatch(/\n {2}pulse-weight-millilitres +10,000 mL /);
  });

  it("fits a narrow terminal", async () => {
    const bench = new Bench();
    bench.output.columns = 60;
    await bench.run("settings");
    expect(bench.output.lines.filter((line) => line.length > 60)).toEqual([]);
  });

  it("gives one JSON object with every fact of the table", async () => {
    const { output } = await listed("settings --json");
    expect(output.lines).toHaveLength(1);
    const { product, settings } = JSON.parse(output.text) as Listed;
    expect(product).toBe("water");
    expect(settings.find(({ name }) => name === "intervalSeconds")).toEqual({
      name: "intervalSeconds",
      id: 13,
      group: "metering",
      unit: "s",
      lowest: 900,
      highest: 3600,
      divisorOf: 86_400,
      default: 3600,
      protection: "service",
      description: "length of an interval value",
    });
  });
});
