/**
 * What stands in for `hal/base/bytes.ts` inside XS, as on the chip: the program's natives over `hal/core/`. The program loads this
 * module where that one is asked for.
 */
declare const nativeBytes: typeof import("../../../hal/base/bytes.js");

export const crc32 = nativeBytes.crc32;
export const isBlank = nativeBytes.isBlank;
export const areEqual = nativeBytes.areEqual;
export const lineEndOf = nativeBytes.lineEndOf;
export const readUnsigned = nativeBytes.readUnsigned;
export const writeUnsigned = nativeBytes.writeUnsigned;
export const printableText = nativeBytes.printableText;
export const putText = nativeBytes.putText;
export const encodeHexadecimal = nativeBytes.encodeHexadecimal;
export const putHexadecimal = nativeBytes.putHexadecimal;
