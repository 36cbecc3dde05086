import type { ChipSocket } from "../../chip/boundary/chip-socket.js";

const RecordKind = Object.freeze({ call: 1, number: 2, bytes: 3 });

/** Notes in the board's trace what the chip has recorded, in the form of program/recording.h. */
export function noteRecords(socket: ChipSocket, records: Uint8Array): void {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  let offset = 0;
  const number = (): number => {
    offset += 8;
    return view.getFloat64(offset - 8, true);
  };
  const bytes = (): Uint8Array | undefined => {
    const byteLength = view.getInt32(offset, true);
    offset += 4;
    if (byteLength < 0) return undefined;
    offset += byteLength;
    return records.subarray(offset - byteLength, offset);
  };
  while (offset < records.byteLength) {
    const kind = view.getUint8(offset++);
    if (kind === RecordKind.call)
      socket.noteCall(view.getUint8(offset++), number(), number(), number(), bytes());
    else socket.noteResult(kind === RecordKind.number ? number() : bytes());
  }
}
