#include "machine.h"

#include "budget.h"
#include "collections.h"
#include "coverage.h"
#include "failure.h"
#include "heap-limit.h"
#include "modules.h"
#include "native-functions.h"
#include "recording.h"
#include "stack-peak.h"

/* As in sim/engines/program/machine.c: plenty while modules load, then what they use and the budget of a run. */
#define LOAD_SLOTS (64 * 1024)
#define LOAD_CHUNK_BYTES (2 * 1024 * 1024)
#define LOAD_STACK_SLOTS 1024

static txCreation creation = {
    .initialChunkSize = LOAD_CHUNK_BYTES + RUN_CHUNK_BYTES,
    .initialHeapCount = LOAD_SLOTS + RUN_SLOTS,
    .stackCount = LOAD_STACK_SLOTS + RUN_STACK_SLOTS,
    .initialKeyCount = 8192,
    .nameModulo = 1993,
    .symbolModulo = 127,
    .parserBufferSize = 64 * 1024,
    .parserTableModulo = 1993,
};

/* Not in the arena, but constant once the machine is loaded. */
static txMachine *machine;
static txSlot *start;
static txSize loadedSlots;
static txSize loadedChunkBytes;
static int isRunning;

static void load(txMachine *the, const char *entry) {
  fxBeginHost(the);
  mxTry(the) {
    recordingDefine(the);
    nativeFunctionsDefine(the);
    coverageDefine(the);
    mxPushStringC((txString)entry);
    fxAwaitImport(the, XS_IMPORT_DEFAULT);
    if (!mxIsReference(the->stack) || !mxIsFunction(the->stack->value.reference))
      fail("the default export of %s is no function", entry);
    start = arenaAllocateZeroed(1, sizeof *start);
    if (!start) fail("no memory for the machine");
    mxPullSlot(start);
    fxRemember(the, start);
  }
  mxCatch(the) { fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT); }
  fxEndHost(the);
}

static void limitMemory(txMachine *the) {
  heapLimitChunks(the, RUN_CHUNK_BYTES);
  heapLimitSlots(the, RUN_SLOTS);
  the->peakHeapCount = loadedSlots = the->currentHeapCount;
  the->peakChunksSize = loadedChunkBytes = the->currentChunksSize;
  arenaLeaveOut(the->stackBottom, the->stack);
  the->stackBottom = the->stack - RUN_STACK_SLOTS;
  stackPeakStart(the->stackBottom, the->stack);
}

void machineStart(const char *entry) {
  machine = fxCreateMachine(&creation, "tally", NULL, XS_NO_ID);
  if (!machine) fail("no memory for the machine");
  fxBeginHost(machine);
  collectionsWatch(machine);
  fxEndHost(machine);
  load(machine, entry);
  while (machine->promiseJobsWaiting) {
    machine->promiseJobsWaiting = 0;
    fxRunPromiseJobs(machine);
  }
  modulesLoaded();
  limitMemory(machine);
  arenaSave();
  nativeFunctionsAllow();
}

int machineIsRunning(void) { return isRunning; }

txMachine *machineRun(void) {
  txMachine *const the = machine;
  arenaRestore();
  stackPeakClear();
  collectionsClear();
  isRunning = 1;
  fxBeginHost(the);
  mxTry(the) {
    mxPush(mxGlobal);
    mxPushSlot(start);
    mxCall();
    mxRunCount(0);
    mxPop();
  }
  mxCatch(the) { fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT); }
  fxEndHost(the);
  return the;
}

void machineDelete(txMachine *the) { fxDeleteMachine(the); }

struct costs machineCosts(void) {
  const struct collections collections = collectionsOfRun();
  return (struct costs){
      .slots = machine->peakHeapCount - loadedSlots,
      .chunkBytes = machine->peakChunksSize - loadedChunkBytes,
      .stackSlots = (double)stackPeakSlots(),
      .savedBytes = (double)arenaSavedByteLength(),
      .collections = collections.count,
  };
}
