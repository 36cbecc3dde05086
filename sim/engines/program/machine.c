#include "machine.h"

#include <string.h>

#include "xsAll.h"

#include "byte-natives.h"
#include "collections.h"
#include "end-of-run.h"
#include "engine-hooks.h"
#include "failure.h"
#include "instructions.h"
#include "loaded-machine.h"
#include "modules.h"
#include "profile.h"
#include "pulse-input.h"

/* Of the engine's xsmc.h, which can't be included together with its internals: the bytes of a buffer or a view. */
extern txInteger _xsmcGetBuffer(txMachine *the, txSlot *slot, void **data, txUnsigned *count, txBoolean writable);

static struct loadedMachine loaded;

static int alive;

/* An integer as the engine itself would store it: its tables and loops are quicker with those. */
static void setNumber(txSlot *slot, double value) {
  const txInteger integer = (value >= INT32_MIN && value <= INT32_MAX) ? (txInteger)value : 0;
  if ((double)integer == value && !(integer == 0 && signbit(value))) {
    slot->kind = XS_INTEGER_KIND;
    slot->value.integer = integer;
  } else {
    slot->kind = XS_NUMBER_KIND;
    slot->value.number = value;
  }
}

static void pushNumber(txMachine *the, double value) {
  mxPushUndefined();
  setNumber(the->stack, value);
}

static double argument(txMachine *the, txInteger index) {
  return mxArgc > index ? fxToNumber(the, mxArgv(index)) : 0;
}

/* `fillingOperations` of sim/chip/boundary/port.ts: the result goes into the buffer that was given. */
static int fillsBuffer(uint8_t operation) {
  return operation == OPERATION_FLASH_GEOMETRY || operation == OPERATION_FLASH_READ ||
         operation == OPERATION_PULSE_READ || operation == OPERATION_RETAINED_READ || operation == OPERATION_RANDOM;
}

/* `textOperations` of sim/chip/boundary/port.ts. */
static int tellsText(uint8_t operation) {
  switch (operation) {
    case OPERATION_BOOT_SLOT:
    case OPERATION_BOOT_IMAGE_HASH:
    case OPERATION_SERIAL_NUMBER:
    case OPERATION_HARDWARE_ID:
    case OPERATION_METERING_CHECKSUM:
      return 1;
    default:
      return 0;
  }
}

/* What crosses the line is not the meter's cost. */
static struct reply carryOut(const struct call *call) {
  instructionsEnd();
  const struct reply reply = call->operation == OPERATION_PULSE_READ ? pulseInputRead(call) : portCall(call);
  instructionsBegin();
  return reply;
}

/* Bytes, or text in ASCII. */
static void takeContent(txMachine *the, struct call *call, txSlot *content) {
  if (content->kind == XS_STRING_KIND || content->kind == XS_STRING_X_KIND) {
    call->bytes = (const uint8_t *)content->value.string;
    call->byteLength = strlen(content->value.string);
    return;
  }
  void *data;
  txUnsigned byteLength;
  _xsmcGetBuffer(the, content, &data, &byteLength, 0);
  if (byteLength > PORT_CONTENT_BYTES) mxRangeError("too many bytes for one call");
  call->bytes = data ? data : (const uint8_t *)"";
  call->byteLength = byteLength;
}

/* Carries out `call` and puts what it reads into the buffer `target`; the result is 1, or 0 when there is none. */
static void fill(txMachine *the, const struct call *call, txSlot *target) {
  void *data;
  txUnsigned byteLength;
  _xsmcGetBuffer(the, target, &data, &byteLength, 1);
  const struct reply reply = carryOut(call);
  if (reply.kind == REPLY_ABORT) runEnd();
  const int isRead = reply.kind == REPLY_BYTES;
  if (isRead && reply.byteLength > byteLength) mxRangeError("what was read does not fit the buffer");
  if (isRead) memcpy(data, reply.bytes, reply.byteLength);
  setNumber(mxResult, isRead);
}

static void setBytes(txMachine *the, const struct reply *reply) {
  mxPush(mxUint8ArrayConstructor);
  mxNew();
  mxPushUndefined();
  fxArrayBuffer(the, the->stack, (void *)reply->bytes, (txInteger)reply->byteLength, -1);
  mxRunCount(1);
  mxPullSlot(mxResult);
}

static void setText(txMachine *the, const struct reply *reply) {
  fxStringBuffer(the, mxResult, (txString)reply->bytes, (txSize)reply->byteLength);
}

/* boundaryCall(operation, a, b, c, content), an `ApplicationCall` of sim/chip/boundary/port.ts */
static void boundaryCall(txMachine *the) {
  /* What a module's body did would be remembered for every wake, and on a chip it runs when the image is built. */
  if (!alive) mxTypeError("no call may be made while modules load");
  struct call call = {.operation = (uint8_t)argument(the, 0),
                      .a = argument(the, 1),
                      .b = argument(the, 2),
                      .c = argument(the, 3)};
  txSlot *const content = mxArgc > 4 && mxArgv(4)->kind != XS_UNDEFINED_KIND ? mxArgv(4) : NULL;
  if (content && fillsBuffer(call.operation)) {
    fill(the, &call, content);
    return;
  }
  if (content) takeContent(the, &call, content);
  const struct reply reply = carryOut(&call);
  switch (reply.kind) {
    case REPLY_NUMBER:
      setNumber(mxResult, reply.number);
      break;
    case REPLY_BYTES:
      if (tellsText(call.operation))
        setText(the, &reply);
      else
        setBytes(the, &reply);
      break;
    case REPLY_ABORT:
      runEnd();
    default:
      break;
  }
}

static void define(txMachine *the) {
  const txID name = fxID(the, "boundaryCall");
  fxNewHostFunction(the, boundaryCall, 5, name, XS_NO_ID);
  mxPush(mxGlobal);
  mxSetID(name);
  mxPop();
  byteNativesDefine(the);
}

static void runPromiseJobs(txMachine *the) {
  while (the->promiseJobsWaiting) {
    the->promiseJobsWaiting = 0;
    fxRunPromiseJobs(the);
  }
  fxEndJob(the);
  /* As Node does it: a rejection that nobody has handled by now is an error. */
  fxCheckUnhandledRejections(the, 1);
}

void machineStart(const char *entry) {
  engineHooksStart();
  loaded = machineLoad(entry, define);
  runPromiseJobs(loaded.the);
  modulesLoaded();
  machineLimitMemory(loaded.the);
  profileStart(loaded.the);
  engineHooksRun();
}

void machineRestart(void) {
  machineForgetRun();
  instructionsClear();
  alive = 1;
}

static void dispatchEvent(txMachine *the, const struct reply *event) {
  fxBeginHost(the);
  mxTry(the) {
    mxPushUndefined();
    mxPushSlot(loaded.entry);
    mxCall();
    pushNumber(the, event->event);
    pushNumber(the, event->ticks);
    pushNumber(the, event->a);
    pushNumber(the, event->b);
    mxRunCount(4);
    mxPop();
  }
  mxCatch(the) { fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT); }
  fxEndHost(the);
}

void machineDeliver(const struct reply *event) {
  if (!alive) return;
  instructionsBegin();
  if (setjmp(endOfRun) == 0) {
    dispatchEvent(loaded.the, event);
    runPromiseJobs(loaded.the);
  } else {
    /* The engine was left in the middle of something: only a restart makes it usable again. */
    alive = 0;
  }
  instructionsEnd();
}

struct costs machineCosts(void) {
  const struct collections collections = collectionsOfRun();
  struct costs costs = machineMemoryCosts(loaded.the);
  costs.instructions = (double)instructionsCounted() - (double)collections.loadedInstructions;
  costs.loadedInstructions = (double)collections.loadedInstructions;
  return costs;
}
