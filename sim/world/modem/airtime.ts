/** Uplink rate by coverage level, bit/s: repetitions take most of it away at 154 and 164 dB. */
const uplinkBitsPerSecond = Object.freeze([20_000, 3_000, 300] as const);
/** IPv4 and UDP headers and the radio's own. */
const overheadBytes = 40;

/** How long the transmitter is on for a UDP payload of `byteLength`, in milliseconds. */
export function airtimeMilliseconds(byteLength: number, coverageLevel: 0 | 1 | 2): number {
  return ((byteLength + overheadBytes) * 8_000) / uplinkBitsPerSecond[coverageLevel];
}
