import { asciiBytes, asciiText } from "../../../hal/base/text.js";

/** One option instance; its number says how to read the value (RFC 7252, 5.10). */
export interface CoapOption {
  readonly number: number;
  readonly value: Uint8Array;
}

/** An option of format string. @throws {RangeError} when `text` is not ASCII. */
export function textOption(number: number, text: string): CoapOption {
  return { number, value: asciiBytes(text) };
}

/** An option of format uint, 0 to 65535, in the fewest bytes that hold it (RFC 7252, 3.2). */
export function integerOption(number: number, value: number): CoapOption {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff)
    throw new RangeError(`${value} is no 16-bit option value`);
  if (value === 0) return { number, value: new Uint8Array(0) };
  if (value < 0x100) return { number, value: Uint8Array.of(value) };
  return { number, value: Uint8Array.of(value >>> 8, value & 0xff) };
}

/** The values of a repeatable string option, in order. */
export function optionTexts(options: readonly CoapOption[], number: number): string[] {
  const texts: string[] = [];
  for (let index = 0; index < options.length; index++) {
    const option = options[index] as CoapOption;
    if (option.number === number) texts.push(asciiText(option.value));
  }
  return texts;
}

/** The value of an option of format uint; undefined when it is absent, NaN when it is longer than 4 bytes. */
export function optionInteger(options: readonly CoapOption[], number: number): number | undefined {
  const option = options.find((candidate) => candidate.number === number);
  if (option === undefined) return undefined;
  if (option.value.length > 4) return NaN;
  const bytes = option.value;
  let value = 0;
  for (let index = 0; index < bytes.length; index++) value = value * 0x100 + (bytes[index] as number);
  return value;
}

/** Whether a receiver that does not know the option must refuse the message (RFC 7252, 5.4.1). */
export function isCritical(option: CoapOption): boolean {
  return (option.number & 1) === 1;
}
