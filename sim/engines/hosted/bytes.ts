/**
 * What stands in for `hal/base/bytes.ts` inside XS, as on the chip: the host's natives over `hal/core/`. The host loads this
 * module where that one is asked for.
 */
declare const hostBytes: typeof import("../../../hal/base/bytes.js");

export const crc32 = hostBytes.crc32;
export const isBlank = hostBytes.isBlank;
export const areEqual = hostBytes.areEqual;
export const lineEndOf = hostBytes.lineEndOf;
export const readUnsigned = hostBytes.readUnsigned;
export const writeUnsigned = hostBytes.writeUnsigned;
export const printableText = hostBytes.printableText;
export const putText = hostBytes.putText;
export const encodeHexadecimal = hostBytes.encodeHexadecimal;
export const putHexadecimal = hostBytes.putHexadecimal;
