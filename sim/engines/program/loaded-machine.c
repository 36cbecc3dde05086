#include "loaded-machine.h"

#include "budget.h"
#include "collections.h"
#include "failure.h"
#include "heap-limit.h"
#include "modules.h"
#include "stack-peak.h"

#define LOAD_SLOTS (64 * 1024)
#define LOAD_CHUNK_BYTES (2 * 1024 * 1024)
#define LOAD_STACK_SLOTS 1024

/* All of it is taken at once: with increments of 0 a full heap is an abort, never growth. */
static txCreation creation = {
    .incrementalChunkSize = 0,
    .incrementalHeapCount = 0,
    .initialKeyCount = 8192,
    .incrementalKeyCount = 0,
    .nameModulo = 1993,
    .symbolModulo = 127,
    .parserBufferSize = 64 * 1024,
    .parserTableModulo = 1993,
};

static txSize loadedSlots;
static txSize loadedChunkBytes;

static txMachine *create(void) {
  creation.initialChunkSize = LOAD_CHUNK_BYTES + RUN_CHUNK_BYTES;
  creation.initialHeapCount = LOAD_SLOTS + RUN_SLOTS;
  creation.stackCount = LOAD_STACK_SLOTS + RUN_STACK_SLOTS;
  txMachine *const the = fxCreateMachine(&creation, "tally", NULL, XS_NO_ID);
  if (!the) fail("no memory for the machine");
  fxBeginHost(the);
  collectionsWatch(the);
  fxEndHost(the);
  return the;
}

struct loadedMachine machineLoad(const char *name, void (*define)(txMachine *the)) {
  txMachine *const the = create();
  txSlot *volatile entry = NULL;
  fxBeginHost(the);
  mxTry(the) {
    define(the);
    mxPushStringC((txString)name);
    fxAwaitImport(the, XS_IMPORT_DEFAULT);
    if (!mxIsReference(the->stack) || !mxIsFunction(the->stack->value.reference))
      fail("the default export of %s is no function", name);
    entry = arenaAllocateZeroed(1, sizeof *entry);
    if (!entry) fail("no memory for the machine");
    mxPullSlot(entry);
    fxRemember(the, entry);
  }
  mxCatch(the) { fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT); }
  fxEndHost(the);
  return (struct loadedMachine){.the = the, .entry = entry};
}

void machineLimitMemory(txMachine *the) {
  heapLimitChunks(the, RUN_CHUNK_BYTES);
  heapLimitSlots(the, RUN_SLOTS);
  the->peakHeapCount = loadedSlots = the->currentHeapCount;
  the->peakChunksSize = loadedChunkBytes = the->currentChunksSize;
  arenaLeaveOut(the->stackBottom, the->stack);
  the->stackBottom = the->stack - RUN_STACK_SLOTS;
  stackPeakStart(the->stackBottom, the->stack);
  arenaSave();
}

void machineForgetRun(void) {
  arenaRestore();
  stackPeakClear();
  collectionsClear();
}

struct costs machineMemoryCosts(txMachine *the) {
  return (struct costs){
      .slots = the->peakHeapCount - loadedSlots,
      .chunkBytes = the->peakChunksSize - loadedChunkBytes,
      .stackSlots = (double)stackPeakSlots(),
      .savedBytes = (double)arenaSavedByteLength(),
      .collections = collectionsOfRun().count,
  };
}
