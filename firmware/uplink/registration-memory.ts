import { Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";

/**
 * 0 ticks at which it lapses, u56; 7 its path, 40 bytes, with zeros behind a shorter one; 47 CRC-32 of what was registered.
 */
const declaration: SliceDeclaration = Object.freeze({ name: "registration", version: 2, byteLength: 51 });
const untilAt = 0;
const locationAt = 7;
const longestLocation = 40;
const contentAt = 47;

/** The registration at the head-end, from contact to contact. */
export class RegistrationMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** Its path, empty when there is none; one that is too long or no plain text is given up: the meter registers anew. */
  get location(): string {
    return this.text(locationAt, longestLocation);
  }

  set location(location: string) {
    const isKept = location.length <= longestLocation && isPrintable(location);
    this.putText(locationAt, longestLocation, isKept ? location : "");
  }

  /** CRC-32 of what was registered. */
  get contentCrc(): number {
    return this.get(contentAt, 4);
  }

  set contentCrc(crc: number) {
    this.put(contentAt, 4, crc);
  }

  /** The ticks at which it lapses. */
  get untilTicks(): number {
    return this.get(untilAt, 7);
  }

  set untilTicks(ticks: number) {
    this.put(untilAt, 7, ticks);
  }
}

function isPrintable(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f) return false;
  }
  return true;
}
