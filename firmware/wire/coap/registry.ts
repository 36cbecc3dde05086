/** Numbers of the CoRE parameters registry (RFC 7252, 12) that a meter meets. */

export const MessageType = Object.freeze({
  confirmable: 0,
  nonConfirmable: 1,
  acknowledgement: 2,
  reset: 3,
} as const);

export type MessageTypeNumber = 0 | 1 | 2 | 3;

/** Codes c.dd as one byte: the class in the upper three bits, the detail in the lower five. */
export const Code = Object.freeze({
  empty: 0x00,
  get: 0x01,
  post: 0x02,
  put: 0x03,
  delete: 0x04,
  created: 0x41,
  deleted: 0x42,
  changed: 0x44,
  content: 0x45,
  badOption: 0x82,
  notFound: 0x84,
  methodNotAllowed: 0x85,
  notAcceptable: 0x86,
  tooManyRequests: 0x9d,
  internalServerError: 0xa0,
  serviceUnavailable: 0xa3,
} as const);

export const OptionNumber = Object.freeze({
  uriHost: 3,
  uriPort: 7,
  locationPath: 8,
  uriPath: 11,
  contentFormat: 12,
  maxAge: 14,
  uriQuery: 15,
  accept: 17,
} as const);

export const ContentFormat = Object.freeze({
  plainText: 0,
  linkFormat: 40,
  senmlCbor: 112,
} as const);

export function isRequestCode(code: number): boolean {
  return code > 0 && code < 0x20;
}

/** Classes 2, 4 and 5; the others are reserved. */
export function isResponseCode(code: number): boolean {
  const codeClass = code >>> 5;
  return codeClass === 2 || codeClass === 4 || codeClass === 5;
}

/** The usual way to write a code, for instance `4.04`. */
export function formatCode(code: number): string {
  const detail = code & 0x1f;
  return `${code >>> 5}.${detail < 10 ? "0" : ""}${detail}`;
}
