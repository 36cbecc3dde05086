import type { ObjectPath, ResourceReading } from "../wire/lwm2m/object-server.js";
import type { SenmlValue } from "../wire/lwm2m/senml.js";
import type { MeteringSettings } from "../settings/setting-table.js";
import { type MeterStatus, type ReadMeter, readStatus } from "./meter-status.js";

export const manufacturer = "Tally";
export const firmwareVersion = "0.1.0";

/** Whose resources they are. */
export interface ResourceMeter extends ReadMeter {
  readonly settings: {
    readonly product: { readonly name: string; readonly meterObject: number };
    readonly metering: MeteringSettings;
  };
  readonly serialNumber: string;
}

/**
 * The resources that the head-end may read, as of now: Device (3), the meter object's two registers, and the
 * valve (3306).
 */
export function readResources(path: ObjectPath, meter: ResourceMeter): ResourceReading[] {
  return resourcesOf(path, meter, readStatus(meter));
}

/** The same, of what is known already. */
export function resourcesOf(
  path: ObjectPath,
  { settings, serialNumber }: Pick<ResourceMeter, "settings" | "serialNumber">,
  status: MeterStatus,
): ResourceReading[] {
  const { product, metering } = settings;
  const readings: ResourceReading[] = [];
  // What is not below the path is let go of at once: the chip's memory is small.
  const offer = (resource: ObjectPath, value: SenmlValue): void => {
    if (startsWith(resource, path)) readings.push({ path: resource, value });
  };
  const { meterObject } = product;
  const volume = (status.forwardPulses * metering.pulseWeightMillilitres) / 1e6;
  offer([3, 0, 0], { type: "string", value: manufacturer });
  offer([3, 0, 1], { type: "string", value: product.name });
  offer([3, 0, 2], { type: "string", value: serialNumber });
  offer([3, 0, 3], { type: "string", value: firmwareVersion });
  offer([3, 0, 7], { type: "integer", value: status.batteryMillivolts });
  offer([3, 0, 11], { type: "integer", value: status.errorCode });
  offer([meterObject, 0, 1], { type: "float", value: volume });
  offer([meterObject, 0, 4], { type: "integer", value: status.forwardPulses });
  offer([meterObject, 1, 4], { type: "integer", value: status.reversePulses });
  if (status.epochSeconds !== undefined) offer([3, 0, 13], { type: "integer", value: status.epochSeconds });
  if (status.isValveOpen !== undefined)
    offer([3306, 0, 5850], { type: "boolean", value: status.isValveOpen });
  return readings;
}

function startsWith(path: ObjectPath, start: ObjectPath): boolean {
  for (let index = 0; index < start.length; index++) if (path[index] !== start[index]) return false;
  return true;
}
