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

/* A part of the buffer that comes first among the arguments. */
static struct span partOf(xsMachine *the, xsIntegerValue offset, xsIntegerValue byteLength) {
  const struct span buffer = spanOf(the, &xsArg(0));
  if (offset < 0 || byteLength < 0 || (xsUnsignedValue)offset > buffer.byteLength ||
      (xsUnsignedValue)byteLength > buffer.byteLength - (xsUnsignedValue)offset)
    xsRangeError("outside the buffer");
  return (struct span){buffer.bytes + offset, (xsUnsignedValue)byteLength};
}

/* The bytes of an integer that stands at an offset of a buffer. */
static struct span fieldOf(xsMachine *the) {
  const struct span field = partOf(the, xsmcToInteger(xsArg(1)), xsmcToInteger(xsArg(2)));
  if (field.byteLength > sizeof(uint64_t)) xsRangeError("no integer is that long");
  return field;
}

void xs_tally_bytes_crc32(xsMachine *the) {
  const bool hasOffset = xsmcArgc > 2 && xsmcTest(xsArg(2));
  const struct span part = partOf(the, hasOffset ? xsmcToInteger(xsArg(2)) : 0, xsmcToInteger(xsArg(1)));
  xsmcSetNumber(xsResult, (double)bytesCrc32(part.bytes, part.byteLength));
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

void xs_tally_bytes_lineEndOf(xsMachine *the) {
  const xsIntegerValue offset = xsmcToInteger(xsArg(1));
  const struct span span = spanOf(the, &xsArg(0));
  if (offset < 0) xsRangeError("outside the buffer");
  xsmcSetInteger(xsResult, bytesLineEnd(span.bytes, span.byteLength, (size_t)offset));
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

void xs_tally_bytes_printableText(xsMachine *the) {
  const xsIntegerValue offset = xsmcToInteger(xsArg(1));
  const xsIntegerValue byteLength = xsmcToInteger(xsArg(2));
  const size_t count = bytesPrintable(partOf(the, offset, byteLength).bytes, (size_t)byteLength, NULL);
  xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)count);
  /* To make room for the text the engine may have moved the buffer. */
  bytesPrintable(partOf(the, offset, byteLength).bytes, (size_t)byteLength, xsmcToString(xsResult));
}

void xs_tally_bytes_putText(xsMachine *the) {
  const char *text = xsmcToString(xsArg(2));
  const xsIntegerValue offset = xsmcToInteger(xsArg(1));
  const struct span part = partOf(the, offset, (xsIntegerValue)spanOf(the, &xsArg(0)).byteLength - offset);
  if (!bytesPutText(part.bytes, part.byteLength, text)) xsRangeError("text is not ASCII or too long");
}

void xs_tally_bytes_encodeHexadecimal(xsMachine *the) {
  const xsUnsignedValue byteLength = spanOf(the, &xsArg(0)).byteLength;
  xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)(2 * byteLength));
  bytesEncodeHexadecimal(spanOf(the, &xsArg(0)).bytes, byteLength, xsmcToString(xsResult));
}

void xs_tally_bytes_putHexadecimal(xsMachine *the) {
  const struct span span = spanOf(the, &xsArg(0));
  const char *text = xsmcToString(xsArg(1));
  const bool isSameLength = strlen(text) == 2 * span.byteLength;
  xsmcSetBoolean(xsResult, isSameLength && bytesDecodeHexadecimal(span.bytes, span.byteLength, text));
}
