import type { ObjectPath, ResourceReading } from "./lwm2m/object-server.js";
import type { SenmlValue } from "./lwm2m/senml.js";
import type { ReportStatus } from "./report/report.js";
import type { Settings } from "./settings/settings.js";

export const manufacturer = "Tally";
export const firmwareVersion = "0.1.0";

/**
 * The resources that the head-end may read, as of now: Device (3), the meter object's two registers, and the
 * valve (3306).
 */
export function readResources(
  path: ObjectPath,
  { product, metering }: Settings,
  serialNumber: string,
  status: ReportStatus,
): ResourceReading[] {
  const volume = (status.forwardPulses * metering.pulseWeightMillilitres) / 1e6;
  const readings: ResourceReading[] = [
    reading([3, 0, 0], { type: "string", value: manufacturer }),
    reading([3, 0, 1], { type: "string", value: product.name }),
    reading([3, 0, 2], { type: "string", value: serialNumber }),
    reading([3, 0, 3], { type: "string", value: firmwareVersion }),
    reading([3, 0, 7], { type: "integer", value: status.batteryMillivolts }),
    reading([3, 0, 11], { type: "integer", value: status.errorCode }),
    reading([product.meterObject, 0, 1], { type: "float", value: volume }),
    reading([product.meterObject, 0, 4], { type: "integer", value: status.forwardPulses }),
    reading([product.meterObject, 1, 4], { type: "integer", value: status.reversePulses }),
  ];
  if (status.epochSeconds !== undefined)
    readings.push(reading([3, 0, 13], { type: "integer", value: status.epochSeconds }));
  if (status.isValveOpen !== undefined)
    readings.push(reading([3306, 0, 5850], { type: "boolean", value: status.isValveOpen }));
  return readings.filter((candidate) => startsWith(candidate.path, path));
}

function reading(path: ObjectPath, value: SenmlValue): ResourceReading {
  return { path, value };
}

function startsWith(path: ObjectPath, start: ObjectPath): boolean {
  for (let index = 0; index < start.length; index++) if (path[index] !== start[index]) return false;
  return true;
}
