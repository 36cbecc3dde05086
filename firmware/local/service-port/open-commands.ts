import { decodeHexadecimal } from "../../../hal/base/hexadecimal.js";
import { contactOutcomeText } from "../../contracts/contact-outcome.js";
import { ContactMemory } from "../../duties/contact/contact-memory.js";
import { meteringVersion } from "../../legal/metering.js";
import { readStatus } from "../../readings/meter-status.js";
import { firmwareVersion } from "../../readings/readings.js";
import { type Access, hexadecimalOf } from "../access.js";
import type { Handlers } from "./handlers.js";
import type { MeterAccess } from "../meter-access.js";
import type { CommandNameAt } from "../../contracts/service-commands.js";
import { protocolVersion, sessionSeconds } from "../../contracts/service-protocol.js";
import type { Identity } from "../../contracts/service-results.js";

/** What anybody may do who has a cable. */
export const openCommands: Handlers<CommandNameAt<"open">> = Object.freeze({
  identify: ({ meter, access }) => identityOf(meter, access),
  readIndex: ({ meter }) => {
    const { settings, settingsMemory, hardware } = meter;
    const { forwardPulses, reversePulses, epochSeconds } = readStatus(meter, "reading");
    return {
      forwardPulses,
      reversePulses,
      pulseWeightMillilitres: settings.metering.pulseWeightMillilitres,
      calibrationEpoch: settingsMemory.calibrationEpoch,
      epochSeconds: epochSeconds ?? 0,
      timeTrust: hardware.clock.wallTime.trust,
    };
  },
  status: ({ meter }) => {
    const { metering, hardware, events, retained } = meter;
    metering.count();
    return {
      batteryMillivolts: hardware.power.batteryMillivolts,
      batteryLow: metering.batteryLow,
      magnetPresent: metering.magnetPresent,
      sensorFault: metering.sensorFaultPresent,
      valve: metering.valve,
      flashFailures: metering.flashFailures + events.failures,
      newestEvent: events.lastSequence,
      lastContact: contactOutcomeText(new ContactMemory(retained).outcome),
    };
  },
  challenge: ({ access }) => ({ challenge: hexadecimalOf(access.challenge()) }),
  authenticate: ({ access }, { response }) =>
    access.authenticate(decodeHexadecimal(response) ?? new Uint8Array(0)) ?? { sessionSeconds },
  unlock: ({ access }, { counter, token }) =>
    access.unlock(counter, decodeHexadecimal(token) ?? new Uint8Array(0)) ?? { locked: access.isLocked },
});

function identityOf(meter: MeterAccess, access: Access): Identity {
  const { hardware, product, serialNumber } = meter;
  return {
    protocol: protocolVersion,
    product: product.name,
    hardwareId: hardware.hardwareId,
    serialNumber,
    firmwareVersion,
    imageHash: hardware.boot.imageHash,
    meteringVersion,
    meteringChecksum: hardware.meteringChecksum,
    locked: access.isLocked,
    uptimeMilliseconds: hardware.clock.ticks,
  };
}
