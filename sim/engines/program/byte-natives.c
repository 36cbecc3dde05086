#include "byte-natives.h"

#include <string.h>

#include "byte-operations.h"

/* Of the engine's xsmc.h, which can't be included together with its internals: the bytes of a buffer or a view. */
extern txInteger _xsmcGetBuffer(txMachine *the, txSlot *slot, void **data, txUnsigned *count, txBoolean writable);

struct span {
  uint8_t *bytes;
  txUnsigned byteLength;
};

static struct span spanOf(txMachine *the, txSlot *buffer) {
  void *data;
  struct span span;
  _xsmcGetBuffer(the, buffer, &data, &span.byteLength, 0);
  span.bytes = data;
  return span;
}

/* A part of the buffer that comes first among the arguments. */
static struct span partOf(txMachine *the, txInteger offset, txInteger byteLength) {
  const struct span buffer = spanOf(the, mxArgv(0));
  if (offset < 0 || byteLength < 0 || (txUnsigned)offset > buffer.byteLength ||
      (txUnsigned)byteLength > buffer.byteLength - (txUnsigned)offset)
    mxRangeError("outside the buffer");
  return (struct span){buffer.bytes + offset, (txUnsigned)byteLength};
}

/* The bytes of an integer that stands at an offset of a buffer. */
static struct span fieldOf(txMachine *the) {
  const struct span field = partOf(the, fxToInteger(the, mxArgv(1)), fxToInteger(the, mxArgv(2)));
  if (field.byteLength > sizeof(uint64_t)) mxRangeError("no integer is that long");
  return field;
}

static void setBoolean(txMachine *the, int value) {
  mxResult->kind = XS_BOOLEAN_KIND;
  mxResult->value.boolean = (txBoolean)value;
}

/* Small ones as integers, as the engine itself would store them. */
static void setUnsigned(txMachine *the, uint64_t value) {
  if (value <= INT32_MAX) {
    mxResult->kind = XS_INTEGER_KIND;
    mxResult->value.integer = (txInteger)value;
  } else {
    mxResult->kind = XS_NUMBER_KIND;
    mxResult->value.number = (txNumber)value;
  }
}

static void crc32(txMachine *the) {
  const txInteger offset = mxArgc > 2 ? fxToInteger(the, mxArgv(2)) : 0;
  const struct span part = partOf(the, offset, fxToInteger(the, mxArgv(1)));
  setUnsigned(the, bytesCrc32(part.bytes, part.byteLength));
}

static void isBlank(txMachine *the) {
  const struct span span = spanOf(the, mxArgv(0));
  setBoolean(the, bytesAreBlank(span.bytes, span.byteLength));
}

static void areEqual(txMachine *the) {
  const struct span one = spanOf(the, mxArgv(0));
  const struct span other = spanOf(the, mxArgv(1));
  setBoolean(the, one.byteLength == other.byteLength && memcmp(one.bytes, other.bytes, one.byteLength) == 0);
}

static void lineEndOf(txMachine *the) {
  const txInteger offset = fxToInteger(the, mxArgv(1));
  const struct span span = spanOf(the, mxArgv(0));
  if (offset < 0) mxRangeError("outside the buffer");
  mxResult->kind = XS_INTEGER_KIND;
  mxResult->value.integer = bytesLineEnd(span.bytes, span.byteLength, (size_t)offset);
}

static void readUnsigned(txMachine *the) {
  const struct span field = fieldOf(the);
  setUnsigned(the, bytesReadUnsigned(field.bytes, field.byteLength));
}

static void writeUnsigned(txMachine *the) {
  const txNumber value = fxToNumber(the, mxArgv(3));
  const struct span field = fieldOf(the);
  bytesWriteUnsigned(field.bytes, field.byteLength, (uint64_t)value);
}

/* The text of the argument, in the engine's UTF-8. */
static txString textOf(txMachine *the, txInteger index) {
  if (mxArgv(index)->kind != XS_STRING_KIND && mxArgv(index)->kind != XS_STRING_X_KIND) mxTypeError("no text");
  return mxArgv(index)->value.string;
}

/* Makes the result a text of so many characters, to be written; buffers may move meanwhile. */
static txString newText(txMachine *the, txSize length) {
  const txString text = fxNewChunk(the, fxAddChunkSizes(the, length, 1));
  text[length] = 0;
  mxResult->value.string = text;
  mxResult->kind = XS_STRING_KIND;
  return text;
}

static void printableText(txMachine *the) {
  const txInteger offset = fxToInteger(the, mxArgv(1));
  const txInteger byteLength = fxToInteger(the, mxArgv(2));
  const size_t count = bytesPrintable(partOf(the, offset, byteLength).bytes, (size_t)byteLength, NULL);
  const txString text = newText(the, (txSize)count);
  bytesPrintable(partOf(the, offset, byteLength).bytes, (size_t)byteLength, text);
}

static void putText(txMachine *the) {
  const txInteger offset = fxToInteger(the, mxArgv(1));
  const struct span part = partOf(the, offset, (txInteger)spanOf(the, mxArgv(0)).byteLength - offset);
  if (!bytesPutText(part.bytes, part.byteLength, textOf(the, 2))) mxRangeError("text is not ASCII or too long");
}

static void encodeHexadecimal(txMachine *the) {
  const txSize byteLength = (txSize)spanOf(the, mxArgv(0)).byteLength;
  const txString digits = newText(the, 2 * byteLength);
  bytesEncodeHexadecimal(spanOf(the, mxArgv(0)).bytes, (size_t)byteLength, digits);
}

static void putHexadecimal(txMachine *the) {
  const struct span span = spanOf(the, mxArgv(0));
  const txString text = textOf(the, 1);
  const int isSameLength = strlen(text) == 2 * (size_t)span.byteLength;
  setBoolean(the, isSameLength && bytesDecodeHexadecimal(span.bytes, span.byteLength, text));
}

static void define(txMachine *the, const char *name, txCallback function, txInteger length) {
  const txID id = fxID(the, name);
  txSlot *const object = the->stack;
  fxNewHostFunction(the, function, length, id, XS_NO_ID);
  mxPushSlot(object);
  mxSetID(id);
  mxPop();
}

void byteNativesDefine(txMachine *the) {
  mxPush(mxObjectPrototype);
  fxNewObjectInstance(the);
  define(the, "crc32", crc32, 2);
  define(the, "isBlank", isBlank, 1);
  define(the, "areEqual", areEqual, 2);
  define(the, "lineEndOf", lineEndOf, 2);
  define(the, "readUnsigned", readUnsigned, 3);
  define(the, "writeUnsigned", writeUnsigned, 4);
  define(the, "printableText", printableText, 3);
  define(the, "putText", putText, 3);
  define(the, "encodeHexadecimal", encodeHexadecimal, 1);
  define(the, "putHexadecimal", putHexadecimal, 2);
  mxPush(mxGlobal);
  mxSetID(fxID(the, "nativeBytes"));
  mxPop();
}
