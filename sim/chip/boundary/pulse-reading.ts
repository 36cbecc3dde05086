import { readUnsigned } from "../../../hal/base/bytes.js";
import type { PulseInputReading } from "../../../hal/pulse-input.js";

/** `struct pulseReading` of `hal/core/pulse-decoder.h`: six little-endian u32. */
export const pulseReadingByteLength = 24;

/** Bits of the last word, its flags. */
const magnetPresent = 1;
const oneSided = 2;
const wireCut = 4;

export function encodePulseReading(reading: PulseInputReading): Uint8Array {
  const bytes = new Uint8Array(pulseReadingByteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, reading.forward, true);
  view.setUint32(4, reading.reverse, true);
  view.setUint32(8, reading.illegalTransitions, true);
  view.setUint32(12, reading.magnetEvents, true);
  view.setUint32(16, reading.sensorFaults, true);
  const flags =
    (reading.magnetPresent ? magnetPresent : 0) |
    (reading.oneSided ? oneSided : 0) |
    (reading.wireCut ? wireCut : 0);
  view.setUint32(20, flags, true);
  return bytes;
}

export function decodePulseReading(bytes: Uint8Array): PulseInputReading {
  const flags = bytes[20] as number;
  return {
    forward: readUnsigned(bytes, 0, 4),
    reverse: readUnsigned(bytes, 4, 4),
    illegalTransitions: readUnsigned(bytes, 8, 4),
    magnetEvents: readUnsigned(bytes, 12, 4),
    magnetPresent: (flags & magnetPresent) !== 0,
    sensorFaults: readUnsigned(bytes, 16, 4),
    oneSided: (flags & oneSided) !== 0,
    wireCut: (flags & wireCut) !== 0,
  };
}
