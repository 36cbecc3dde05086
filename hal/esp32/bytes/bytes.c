#include <string.h>

#include "../../core/byte-operations.h"
#include "xsHost.h"
#include "xsmc.h"

struct span {
  uint8_t *bytes;
  xsUnsignedValue byteLength;
};

static struct span spanOf(xsMachine *the, xsSlot *buffer) {
  void *bytes;
  struct span span;
  xsmcGetBufferReadable(*buffer, &bytes, &span.byteLength);
  span.bytes = bytes;
  return span;
}

/* The bytes of an integer that stands at an offset of a buffer. */
static struct span fieldOf(xsMachine *the) {
  const struct span buffer = spanOf(the, &xsArg(0));
  const xsUnsignedValue offset = (xsUnsignedValue)xsmcToInteger(xsArg(1));
  const xsUnsignedValue byteLength = (xsUnsignedValue)xsmcToInteger(xsArg(2));
  if (byteLength > sizeof(uint64_t) || offset > buffer.byteLength || byteLength > buffer.byteLength - offset)
    xsRangeError("outside the buffer");
  return (struct span){buffer.bytes + offset, byteLength};
}

void xs_tally_bytes_crc32(xsMachine *the) {
  const struct span span = spanOf(the, &xsArg(0));
  const xsUnsignedValue byteLength = (xsUnsignedValue)xsmcToInteger(xsArg(1));
  if (byteLength > span.byteLength) xsRangeError("outside the buffer");
  xsmcSetNumber(xsResult, (double)bytesCrc32(span.bytes, byteLength));
}

void xs_tally_bytes_isBlank(xsMachine *the) {
  const struct span span = spanOf(the, &xsArg(0));
  xsmcSetBoolean(xsResult, bytesAreBlank(span.bytes, span.byteLength));
}

void xs_tally_bytes_areEqual(xsMachine *the) {
  const struct span one = spanOf(the, &xsArg(0));
  const struct span other = spanOf(the, &xsArg(1));
  const bool isSameLength = one.byteLength == other.byteLength;
  xsmcSetBoolean(xsResult, isSameLength && memcmp(one.bytes, other.bytes, one.byteLength) == 0);
}

void xs_tally_bytes_readUnsigned(xsMachine *the) {
  const struct span field = fieldOf(the);
  const uint64_t value = bytesReadUnsigned(field.bytes, field.byteLength);
  /* The engine is quicker with what it stores as integers. */
  if (value <= INT32_MAX)
    xsmcSetInteger(xsResult, (int32_t)value);
  else
    xsmcSetNumber(xsResult, (double)value);
}

void xs_tally_bytes_writeUnsigned(xsMachine *the) {
  const double value = xsmcToNumber(xsArg(3));
  const struct span field = fieldOf(the);
  bytesWriteUnsigned(field.bytes, field.byteLength, (uint64_t)value);
}
