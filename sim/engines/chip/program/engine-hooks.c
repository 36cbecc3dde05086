/* What the engine calls on its platform for: the SDK's for ESP32, as far as it matters here. */
#include "xsAll.h"

#include "cpu.h"
#include "exception-text.h"
#include "failure.h"
#include "machine.h"
#include "sdk-platform.h"

char *fxCStackLimit() { return machineIsRunning() ? cpuStackLimit() : NULL; }

void fxCreateMachinePlatform(txMachine *the) { the->promiseJobsWaiting = 0; }

void fxDeleteMachinePlatform(txMachine *the) { (void)the; }

/* On the chip this is a message to the machine's task, which may find no room. */
void fxQueuePromiseJobs(txMachine *the) {
  the->promiseJobsWaiting = 1;
  if (machineIsRunning()) platformPostPromiseJobs(the);
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

void fxAbort(txMachine *the, int status) {
  if (!machineIsRunning()) {
    char text[500] = "";
    exceptionText(the, text, sizeof text);
    fail("%s: %s", reason(status), text);
  }
  if (status != XS_STACK_OVERFLOW_EXIT) callHook(the, status);
  platformExit();
}
