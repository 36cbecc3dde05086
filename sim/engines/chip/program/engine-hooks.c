/* What the engine calls on its platform for: the SDK's for ESP32, as far as it matters here. */
#include <stdio.h>
#include <string.h>

#include "xsAll.h"

#include "cpu.h"
#include "failure.h"
#include "machine.h"
#include "modules.h"
#include "sdk-platform.h"

char *fxCStackLimit() { return machineIsRunning() ? cpuStackLimit() : NULL; }

void fxCreateMachinePlatform(txMachine *the) { the->promiseJobsWaiting = 0; }

void fxDeleteMachinePlatform(txMachine *the) { (void)the; }

/* On the chip this is a message to the machine's task, which may find no room. */
void fxQueuePromiseJobs(txMachine *the) {
  the->promiseJobsWaiting = 1;
  if (machineIsRunning()) platformPostPromiseJobs(the);
}

/* Modules */

txID fxFindModule(txMachine *the, txSlot *realm, txID referrer, txSlot *specifier) {
  char name[MODULE_NAME_BYTES];
  char text[MODULE_NAME_BYTES];
  char importer[MODULE_NAME_BYTES];
  (void)realm;
  fxToStringBuffer(the, specifier, text, sizeof text);
  if (referrer == XS_NO_ID) return fxNewNameC(the, text);
  snprintf(importer, sizeof importer, "%s", fxGetKeyName(the, referrer));
  const char *wrong = moduleResolve(importer, text, name);
  if (wrong) fail("%s can't import \"%s\": %s", importer, text, wrong);
  return fxNewNameC(the, name);
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID) {
  char name[MODULE_NAME_BYTES];
  snprintf(name, sizeof name, "%s", fxGetKeyName(the, moduleID));
  fxResolveModule(the, module, moduleID, moduleScript(the, name), C_NULL, C_NULL);
}

/* The end of a machine that can't go on */

static txString reason(int status) {
  switch (status) {
    case XS_STACK_OVERFLOW_EXIT:
      return "stack overflow";
    case XS_NOT_ENOUGH_MEMORY_EXIT:
      return "memory full";
    case XS_NO_MORE_KEYS_EXIT:
      return "not enough keys";
    case XS_UNHANDLED_EXCEPTION_EXIT:
      return "unhandled exception";
    case XS_UNHANDLED_REJECTION_EXIT:
      return "unhandled rejection";
    default:
      return "fatal check";
  }
}

/* The manifest's `abortHook`: the global function `abort` is told, unless the stack is full. */
static void callHook(txMachine *the, int status) {
  fxBeginHost(the);
  mxPush(mxException);
  txSlot *const exception = the->stack;
  mxException.kind = XS_UNDEFINED_KIND;
  mxTry(the) {
    const txID name = fxFindName(the, "abort");
    mxPush(mxGlobal);
    if (name != XS_NO_ID && mxHasID(name)) {
      mxPush(mxGlobal);
      fxCallID(the, name);
      mxPushStringC(reason(status));
      mxPushSlot(exception);
      fxRunCount(the, 2);
      mxPop();
    }
  }
  mxCatch(the) {}
  fxEndHost(the);
}

static void describe(txMachine *the, char *text, size_t byteLength) {
  mxTry(the) {
    mxPush(mxException);
    if (mxIsReference(the->stack)) {
      mxGetID(mxID(_stack));
      if (the->stack->kind == XS_UNDEFINED_KIND) *the->stack = mxException;
    }
    fxToStringBuffer(the, the->stack, text, (txSize)byteLength);
    mxPop();
  }
  mxCatch(the) { snprintf(text, byteLength, "an exception that can't be told as text"); }
}

void fxAbort(txMachine *the, int status) {
  if (!machineIsRunning()) {
    char text[500] = "";
    describe(the, text, sizeof text);
    fail("%s: %s", reason(status), text);
  }
  if (status != XS_STACK_OVERFLOW_EXIT) callHook(the, status);
  platformExit();
}
