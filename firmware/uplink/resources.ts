import type { Reading, ReadingSource } from "../readings/reading.js";
import {
  instancePathOf,
  objectOf,
  type ReadingName,
  readings,
  type ToldReadings,
} from "../readings/readings.js";
import type { ObjectPath, ResourceReading } from "../wire/lwm2m/object-server.js";
import type { SenmlValue } from "../wire/lwm2m/senml.js";

/** A reading's value as it is told; undefined when there is nothing to tell. */
export function valueOf(reading: Reading, source: ReadingSource): SenmlValue | undefined {
  const value = reading.read?.(source);
  // The type of a value is that of its entry in the table.
  return value === undefined ? undefined : ({ type: reading.type, value } as SenmlValue);
}

/** The product's readings at `path` and below, as of the source's moment: what the head-end's Read is answered with. */
export function resourcesAt(
  path: ObjectPath,
  product: ToldReadings,
  source: ReadingSource,
): ResourceReading[] {
  const found: ResourceReading[] = [];
  const names = product.readings;
  for (let index = 0; index < names.length; index++) {
    const reading = readings[names[index] as ReadingName];
    const resource = [objectOf(reading, product), reading.instance].concat(numbersOf(reading.resource));
    // What is not below the path is let go of at once: the chip's memory is small.
    if (!startsWith(resource, path)) continue;
    const value = valueOf(reading, source);
    if (value) found.push({ path: resource, value });
  }
  return found;
}

/** The objects offered, in CoRE link format (RFC 6690); content format 112 is SenML-CBOR. */
export function objectList(product: ToldReadings): string {
  let list = '</>;rt="oma.lwm2m";ct=112';
  const listed: string[] = [];
  const names = product.readings;
  for (let index = 0; index < names.length; index++) {
    const instance = instancePathOf(readings[names[index] as ReadingName], product);
    if (listed.includes(instance)) continue;
    listed.push(instance);
    list += `,<${instance}>`;
  }
  return list;
}

function numbersOf(resource: string): number[] {
  return resource.split("/").map(Number);
}

function startsWith(path: ObjectPath, start: ObjectPath): boolean {
  for (let index = 0; index < start.length; index++) if (path[index] !== start[index]) return false;
  return true;
}
