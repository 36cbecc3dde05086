/* On the chip this takes the place of `hal/base/bytes.ts`, which says what each function promises. */
export const crc32: (bytes: Uint8Array, byteLength: number, offset?: number) => number;
export const isBlank: (bytes: Uint8Array) => boolean;
export const areEqual: (one: Uint8Array, other: Uint8Array) => boolean;
export const lineEndOf: (bytes: Uint8Array, offset: number) => number;
export const readUnsigned: (bytes: Uint8Array, offset: number, byteLength: number) => number;
export const writeUnsigned: (bytes: Uint8Array, offset: number, byteLength: number, value: number) => void;
export const printableText: (bytes: Uint8Array, offset: number, byteLength: number) => string;
export const putText: (bytes: Uint8Array, offset: number, text: string) => void;
export const encodeHexadecimal: (bytes: Uint8Array) => string;
export const putHexadecimal: (bytes: Uint8Array, text: string) => boolean;
