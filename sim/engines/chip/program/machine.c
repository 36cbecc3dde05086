#include "machine.h"

#include "coverage.h"
#include "loaded-machine.h"
#include "modules.h"
#include "native-functions.h"
#include "recording.h"

static struct loadedMachine loaded;
static int isRunning;

static void define(txMachine *the) {
  recordingDefine(the);
  nativeFunctionsDefine(the);
  coverageDefine(the);
}

void machineStart(const char *entry) {
  loaded = machineLoad(entry, define);
  while (loaded.the->promiseJobsWaiting) {
    loaded.the->promiseJobsWaiting = 0;
    fxRunPromiseJobs(loaded.the);
  }
  modulesLoaded();
  machineLimitMemory(loaded.the);
  nativeFunctionsAllow();
}

int machineIsRunning(void) { return isRunning; }

txMachine *machineRun(void) {
  txMachine *const the = loaded.the;
  machineForgetRun();
  isRunning = 1;
  fxBeginHost(the);
  mxTry(the) {
    mxPush(mxGlobal);
    mxPushSlot(loaded.entry);
    mxCall();
    mxRunCount(0);
    mxPop();
  }
  mxCatch(the) { fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT); }
  fxEndHost(the);
  return the;
}

void machineDelete(txMachine *the) { fxDeleteMachine(the); }

struct costs machineCosts(void) { return machineMemoryCosts(loaded.the); }
