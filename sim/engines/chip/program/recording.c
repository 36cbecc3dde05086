#include "recording.h"

#include "cpu.h"
#include "device.h"

/* Of the engine's xsmc.h, which can't be included together with its internals: the bytes of a buffer or a view. */
extern txInteger _xsmcGetBuffer(txMachine *the, txSlot *slot, void **data, txUnsigned *count, txBoolean writable);

enum { RECORD_CALL = 1, RECORD_NUMBER = 2, RECORD_BYTES = 3 };
#define NONE (-1)

static uint8_t records[PORT_CONTENT_BYTES];
static size_t used;

static void make(size_t byteLength) {
  if (byteLength > sizeof records) fault("a record of %zu bytes is too long", byteLength);
  if (used + byteLength > sizeof records) recordingSend();
}

static void put(const void *bytes, size_t byteLength) {
  memcpy(records + used, bytes, byteLength);
  used += byteLength;
}

static void putByte(uint8_t value) { put(&value, 1); }

static void putNumber(double value) { put(&value, sizeof value); }

static void putBytes(const void *bytes, int32_t byteLength) {
  put(&byteLength, sizeof byteLength);
  if (byteLength > 0) put(bytes, (size_t)byteLength);
}

struct content {
  const void *bytes;
  int32_t byteLength;
};

/* Bytes, or text in ASCII. */
static struct content contentOf(txMachine *the, txSlot *slot) {
  void *data;
  txUnsigned byteLength;
  if (slot->kind == XS_UNDEFINED_KIND) return (struct content){NULL, NONE};
  if (slot->kind == XS_STRING_KIND || slot->kind == XS_STRING_X_KIND)
    return (struct content){slot->value.string, (int32_t)strlen(slot->value.string)};
  _xsmcGetBuffer(the, slot, &data, &byteLength, 0);
  return (struct content){data, (int32_t)byteLength};
}

static double argument(txMachine *the, txInteger index) {
  return mxArgc > index ? fxToNumber(the, mxArgv(index)) : 0;
}

static void record(txMachine *the) {
  const struct content content = mxArgc > 4 ? contentOf(the, mxArgv(4)) : (struct content){NULL, NONE};
  make(64 + (size_t)(content.byteLength > 0 ? content.byteLength : 0));
  putByte(RECORD_CALL);
  putByte((uint8_t)argument(the, 0));
  for (txInteger index = 1; index <= 3; index++) putNumber(argument(the, index));
  putBytes(content.bytes, content.byteLength);
}

static void result(txMachine *the) {
  txSlot *const value = mxArgv(0);
  if (value->kind == XS_INTEGER_KIND || value->kind == XS_NUMBER_KIND) {
    make(64);
    putByte(RECORD_NUMBER);
    putNumber(fxToNumber(the, value));
    return;
  }
  const struct content content = contentOf(the, value);
  make(64 + (size_t)(content.byteLength > 0 ? content.byteLength : 0));
  putByte(RECORD_BYTES);
  putBytes(content.bytes, content.byteLength);
}

static void handle(txMachine *the) {
  mxResult->kind = XS_NUMBER_KIND;
  mxResult->value.number = deviceHandle();
}

static void define(txMachine *the, const char *name, txCallback function, txInteger length) {
  const txID id = fxID(the, (txString)name);
  fxNewHostFunction(the, function, length, id, XS_NO_ID);
  mxPush(mxGlobal);
  mxSetID(id);
  mxPop();
}

void recordingDefine(txMachine *the) {
  deviceCallFirst(recordingSend);
  define(the, "hostRecord", record, 5);
  define(the, "hostResult", result, 1);
  define(the, "hostHandle", handle, 0);
}

void recordingSend(void) {
  const struct call call = {.operation = OPERATION_RECORD, .bytes = records, .byteLength = used};
  if (used == 0) return;
  used = 0;
  if (portCall(&call).kind == REPLY_ABORT) cpuAbandon();
}

void recordingClear(void) { used = 0; }
