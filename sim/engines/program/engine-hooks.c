#include "engine-hooks.h"

#include <string.h>

#include "xsAll.h"

#include "budget.h"
#include "end-of-run.h"
#include "failure.h"
#include "modules.h"
#include "port.h"

/* Keep in step with the panic text that sim/chip/hardware/application.ts sends. */
#define PANIC_TEXT_BYTES 2000

static char *stackLimit;
static int running;

void engineHooksStart(void) {
  char here;
  /* Through an integer, because the compiler knows that nothing of ours lies there. */
  stackLimit = (char *)((uintptr_t)&here - NATIVE_STACK_BYTES);
}

void engineHooksRun(void) { running = 1; }

char *fxCStackLimit() { return stackLimit; }

void fxCreateMachinePlatform(txMachine *the) { the->promiseJobsWaiting = 0; }

void fxDeleteMachinePlatform(txMachine *the) { (void)the; }

void fxQueuePromiseJobs(txMachine *the) { the->promiseJobsWaiting = 1; }

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

/* The end of a run that went wrong */

static void describeException(txMachine *the, char *text, size_t byteLength) {
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

/* Which budget was too small is not for the engine to tell, but can be told from what is left. */
static const char *reason(txMachine *the, int status) {
  const char here = 0;
  switch (status) {
    case XS_STACK_OVERFLOW_EXIT:
      return &here <= stackLimit ? "out of native stack" : "out of stack";
    case XS_NOT_ENOUGH_MEMORY_EXIT:
      return the->freeHeap ? "out of memory for chunks" : "out of memory for slots";
    case XS_NO_MORE_KEYS_EXIT:
      return "out of property names";
    case XS_UNHANDLED_EXCEPTION_EXIT:
      return "unhandled exception";
    case XS_UNHANDLED_REJECTION_EXIT:
      return "unhandled rejection";
    default:
      return "the engine failed a check of its own";
  }
}

/* The engine comes here when it can't go on, with or without an exception. */
void fxAbort(txMachine *the, int status) {
  static int depth;
  char text[PANIC_TEXT_BYTES];
  int length = snprintf(text, sizeof text, "%s", reason(the, status));
  const int thrown = status == XS_UNHANDLED_EXCEPTION_EXIT || status == XS_UNHANDLED_REJECTION_EXIT;
  /* Telling an exception as text runs code, which can fail in turn. */
  if (thrown && depth++ == 0) {
    length += snprintf(text + length, sizeof text - (size_t)length, ": ");
    describeException(the, text + length, sizeof text - (size_t)length);
  }
  depth = 0;
  if (!running) fail("%s", text);
  const struct call panic = {
      .operation = OPERATION_PANIC, .bytes = (const uint8_t *)text, .byteLength = strlen(text)};
  portCall(&panic);
  runEnd();
}
