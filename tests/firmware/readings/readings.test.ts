import { describe, expect, it } from "@jest/globals";
import { plainSettings, products } from "../../../firmware/products/products.js";
import { gas } from "../../../firmware/products/gas.js";
import { water } from "../../../firmware/products/water.js";
import type { Reading, ReadingSource } from "../../../firmware/readings/reading.js";
import {
  firmwareVersion,
  instancePathOf,
  manufacturer,
  objectOf,
  type ReadingName,
  readings,
} from "../../../firmware/readings/readings.js";
import { objectList, resourcesAt } from "../../../firmware/uplink/resources.js";

const source: ReadingSource = {
  status: {
    epochSeconds: 1_772_323_200,
    poweredSeconds: 70_000,
    forwardPulses: 1234,
    reversePulses: 5,
    batteryMillivolts: 3571,
    errorCode: 7,
    isValveOpen: false,
  },
  serialNumber: "W1-0001",
  productName: "water",
  pulseWeightMillilitres: 1000,
  lastContact: 70,
};

/** What is told at `path` and below, by the full path of each resource. */
function read(path: readonly number[], now = source): [string, unknown][] {
  return resourcesAt(path, water, now).map(({ path: resource, value }) => [resource.join("/"), value.value]);
}

describe("the table of readings", () => {
  const entries: readonly Reading[] = Object.values(readings);

  it("is frozen, entries and all, so that it lies in flash", () => {
    expect([readings, ...entries].every((each) => Object.isFrozen(each))).toBe(true);
  });

  it("gives a path to one reading only", () => {
    const paths = entries.map(({ object, instance, resource }) => `${object}/${instance}/${resource}`);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("has nothing that no product tells", () => {
    const told = new Set<string>(products.flatMap((product) => product.readings));
    expect(Object.keys(readings).filter((name) => !told.has(name))).toEqual([]);
  });

  it.each(Object.entries<Reading>(readings))("reads %s as what it is told as", (_, { read: value, type }) => {
    const expected = { integer: "number", float: "number", string: "string", boolean: "boolean" };
    if (type === "data") expect(value).toBeUndefined();
    else expect(typeof value?.(source)).toBe(expected[type]);
  });
});

describe.each(products)("what a $name meter tells", (product) => {
  const pathOf = (name: ReadingName): string =>
    `${instancePathOf(readings[name], product)}/${readings[name].resource}`;

  it("has a path for each reading", () => {
    const paths = product.readings.map(pathOf);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("answers a Read of each object, but for what only reports tell", () => {
    const objects = new Set(product.readings.map((name) => objectOf(readings[name], product)));
    const answered = [...objects].flatMap((object) => resourcesAt([object], product, source));
    const readable = product.readings.filter((name) => "read" in readings[name]);
    expect(answered.map(({ path }) => `/${path.join("/")}`)).toEqual(readable.map(pathOf));
  });

  it("begins each report with what can be read", () => {
    expect(product.reported.filter((name) => !("read" in readings[name]))).toEqual([]);
  });

  it("has its intervals told as data", () => {
    expect(readings[product.intervals].type).toBe("data");
  });

  it("can be read, whatever a report tells", () => {
    const told = [...product.reported, product.intervals];
    expect(told.filter((name) => !product.readings.includes(name))).toEqual([]);
  });

  it("is registered by its object instances, each once", () => {
    const registered = Array.from(objectList(product).matchAll(/<(\/\d+\/\d+)>/g), ([, path]) => path);
    expect(new Set(registered).size).toBe(registered.length);
    expect(new Set(registered)).toEqual(
      new Set(product.readings.map((name) => instancePathOf(readings[name], product))),
    );
  });

  it("has an object of its own for what it measures", () => {
    const objects = product.readings.map((name) => objectOf(readings[name], product));
    expect(objects.filter((object) => [3423, 3424].includes(object))).toEqual(
      Array.from({ length: 3 }, () => product.meterObject),
    );
  });

  it("comes from plain settings that name it", () => {
    expect(plainSettings.some((settings) => settings.product === product)).toBe(true);
  });
});

describe("the list that is registered", () => {
  it("names a water meter's object instances", () => {
    expect(objectList(water)).toBe(
      '</>;rt="oma.lwm2m";ct=112,</3/0>,</3424/0>,</3424/1>,</10266/0>,</3306/0>,</32769/0>',
    );
  });

  it("names a gas meter's object instances", () => {
    expect(objectList(gas)).toBe('</>;rt="oma.lwm2m";ct=112,</3/0>,</3423/0>,</3423/1>,</19/0>,</32769/0>');
  });
});

describe("a Read", () => {
  it("tells all of the device", () => {
    expect(read([3])).toEqual([
      ["3/0/0", manufacturer],
      ["3/0/1", "water"],
      ["3/0/2", "W1-0001"],
      ["3/0/3", firmwareVersion],
      ["3/0/7", 3571],
      ["3/0/11", 7],
      ["3/0/13", 1_772_323_200],
    ]);
  });

  it("tells the registers in pulses and the volume by the weight of a pulse", () => {
    expect(read([3424, 0])).toEqual([
      ["3424/0/4", 1234],
      ["3424/0/1", 1.234],
    ]);
    expect(read([3424, 1, 4])).toEqual([["3424/1/4", 5]]);
  });

  it("tells where the valve stands, and how the last contact ended", () => {
    expect(read([3306, 0, 5850])).toEqual([["3306/0/5850", false]]);
    expect(read([32_769])).toEqual([["32769/0/0", 70]]);
  });

  it("leaves out what is not known, or not worth telling", () => {
    const status = { ...source.status, epochSeconds: undefined, isValveOpen: undefined };
    const unknown = { ...source, status, lastContact: 0 };
    expect([read([3306], unknown), read([32_769], unknown)]).toEqual([[], []]);
  });

  it("tells the meter's own time, since power came, while there is no date", () => {
    const undated = { ...source, status: { ...source.status, epochSeconds: undefined } };
    expect(read([3, 0, 13], undated)).toEqual([["3/0/13", 70_000]]);
  });

  it("tells nothing of objects, instances and resources that are not there", () => {
    expect([read([1]), read([3, 1]), read([3, 0, 99]), read([3, 0, 7, 0])]).toEqual([[], [], [], []]);
  });
});
