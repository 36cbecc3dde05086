#include "engine-hooks.h"

#include <string.h>

#include "xsAll.h"
#include "xsScript.h"

#include "failure.h"
#include "machine.h"
#include "modules.h"

/* Deep enough for any sane module; on a chip the application's task has less. */
#define NATIVE_STACK_BYTES (512 * 1024)

/* Keep in step with the panic text that sim/boundary/application.ts sends. */
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

static void reportSyntaxError(void *console, txString path, txInteger line, txString format, c_va_list arguments) {
  char text[200];
  (void)console;
  c_vsnprintf(text, sizeof text, format, arguments);
  fail("%s, line %ld: %s", path, (long)line, text);
}

static txScript *compile(txMachine *the, const char *name, const char *text, size_t byteLength) {
  txParser parser;
  txParserJump jump;
  txScript *volatile script = NULL; /* set between setjmp and longjmp */
  txStringCStream stream = {.buffer = (txString)text, .offset = 0, .size = (txSize)byteLength};
  fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
  parser.firstJump = &jump;
  parser.reportError = reportSyntaxError;
  if (c_setjmp(jump.jmp_buf) == 0) {
    parser.path = fxNewParserSymbol(&parser, (txString)name);
    fxParserTree(&parser, &stream, fxStringCGetter, 0, NULL);
    fxParserHoist(&parser);
    fxParserBind(&parser);
    script = fxParserCode(&parser);
  }
  fxTerminateParser(&parser);
  return script;
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID) {
  char name[MODULE_NAME_BYTES];
  size_t byteLength;
  snprintf(name, sizeof name, "%s", fxGetKeyName(the, moduleID));
  const char *text = moduleText(name, &byteLength);
  if (!text) fail("there is no module %s", name);
  txScript *script = compile(the, name, text, byteLength);
  if (!script) fail("no memory to compile %s", name);
  fxResolveModule(the, module, moduleID, script, C_NULL, C_NULL);
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

static const char *reason(int status) {
  switch (status) {
    case XS_STACK_OVERFLOW_EXIT:
      return "stack overflow";
    case XS_NOT_ENOUGH_MEMORY_EXIT:
      return "out of memory";
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
  int length = snprintf(text, sizeof text, "%s", reason(status));
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
  machineEndRun();
}
