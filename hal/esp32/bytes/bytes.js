class Bytes {
  static crc32(bytes, byteLength, offset) {
    return native("xs_tally_bytes_crc32").call(this, bytes, byteLength, offset);
  }
  static isBlank(bytes) {
    return native("xs_tally_bytes_isBlank").call(this, bytes);
  }
  static areEqual(one, other) {
    return native("xs_tally_bytes_areEqual").call(this, one, other);
  }
  static lineEndOf(bytes, offset) {
    return native("xs_tally_bytes_lineEndOf").call(this, bytes, offset);
  }
  static readUnsigned(bytes, offset, byteLength) {
    return native("xs_tally_bytes_readUnsigned").call(this, bytes, offset, byteLength);
  }
  static writeUnsigned(bytes, offset, byteLength, value) {
    native("xs_tally_bytes_writeUnsigned").call(this, bytes, offset, byteLength, value);
  }
  static printableText(bytes, offset, byteLength) {
    return native("xs_tally_bytes_printableText").call(this, bytes, offset, byteLength);
  }
  static putText(bytes, offset, text) {
    native("xs_tally_bytes_putText").call(this, bytes, offset, text);
  }
  static encodeHexadecimal(bytes) {
    return native("xs_tally_bytes_encodeHexadecimal").call(this, bytes);
  }
  static putHexadecimal(bytes, text) {
    return native("xs_tally_bytes_putHexadecimal").call(this, bytes, text);
  }
}

export const crc32 = Bytes.crc32;
export const isBlank = Bytes.isBlank;
export const areEqual = Bytes.areEqual;
export const lineEndOf = Bytes.lineEndOf;
export const readUnsigned = Bytes.readUnsigned;
export const writeUnsigned = Bytes.writeUnsigned;
export const printableText = Bytes.printableText;
export const putText = Bytes.putText;
export const encodeHexadecimal = Bytes.encodeHexadecimal;
export const putHexadecimal = Bytes.putHexadecimal;
