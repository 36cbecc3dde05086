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

static void readUnsigned(txMachine *the) {
  const struct span field = fieldOf(the);
  setUnsigned(the, bytesReadUnsigned(field.bytes, field.byteLength));
}

static void writeUnsigned(txMachine *the) {
  const txNumber value = fxToNumber(the, mxArgv(3));
  const struct span field = fieldOf(the);
  bytesWriteUnsigned(field.bytes, field.byteLength, (uint64_t)value);
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
  define(the, "readUnsigned", readUnsigned, 3);
  define(the, "writeUnsigned", writeUnsigned, 4);
  mxPush(mxGlobal);
  mxSetID(fxID(the, "hostBytes"));
  mxPop();
}
