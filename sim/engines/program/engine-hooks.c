#include "engine-hooks.h"

#include <string.h>

#include "xsAll.h"

#include "budget.h"
#include "end-of-run.h"
#include "exception-text.h"
#include "failure.h"
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

/* The end of a run that went wrong */

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
    exceptionText(the, text + length, sizeof text - (size_t)length);
  }
  depth = 0;
  if (!running) fail("%s", text);
  const struct call panic = {
      .operation = OPERATION_PANIC, .bytes = (const uint8_t *)text, .byteLength = strlen(text)};
  portCall(&panic);
  runEnd();
}
