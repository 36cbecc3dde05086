#include "native-functions.h"

#include <string.h>

#include "collecting.h"
#include "failure.h"

/* Made of the C sources by build-chip.ts: `NATIVE(name)` for each function, `DESTRUCTOR(name)` for each destructor. */
#define NATIVE(name)                         \
  extern void name(txMachine *the);          \
  static void name##Called(txMachine *the) { \
    collectingBegin();                       \
    name(the);                               \
    collectingEnd();                         \
  }
#define DESTRUCTOR(name) extern void name(void *data);
#include "native-names.h"
#undef NATIVE
#undef DESTRUCTOR

struct nativeFunction {
  const char *name;
  txCallback callback;
};

struct nativeDestructor {
  const char *name;
  txDestructor destructor;
};

#define NATIVE(name) {#name, name##Called},
#define DESTRUCTOR(name)
static const struct nativeFunction functions[] = {
#include "native-names.h"
};
#undef NATIVE
#undef DESTRUCTOR

#define NATIVE(name)
#define DESTRUCTOR(name) {#name, name},
static const struct nativeDestructor destructors[] = {
#include "native-names.h"
};

#define FUNCTIONS (sizeof functions / sizeof *functions)
#define DESTRUCTORS (sizeof destructors / sizeof *destructors)

/* One function object each, made when the modules load: on a chip they stand in flash. */
static txSlot *made;

static int areAllowed;

void nativeFunctionsAllow(void) { areAllowed = 1; }

static void refuseWhileLoading(txMachine *the) {
  if (!areAllowed) mxTypeError("no native function may be called while modules load");
}

static txString nameOf(txMachine *the) {
  if (mxArgc < 1 || (mxArgv(0)->kind != XS_STRING_KIND && mxArgv(0)->kind != XS_STRING_X_KIND))
    mxSyntaxError("a native function is named by a string");
  return mxArgv(0)->value.string;
}

static void native(txMachine *the) {
  const txString name = nameOf(the);
  refuseWhileLoading(the);
  for (size_t index = 0; index < FUNCTIONS; index++)
    if (strcmp(functions[index].name, name) == 0) {
      *mxResult = made[index];
      return;
    }
  mxReferenceError("there is no native function %s", name);
}

/* The nearest host object that the new object's class descends from knows its destructor. */
static txDestructor destructorOf(txSlot *prototype) {
  for (; prototype != NULL; prototype = prototype->value.instance.prototype) {
    txSlot *const host = prototype->next;
    if (host != NULL && (host->flag & XS_INTERNAL_FLAG) && host->kind == XS_HOST_KIND)
      return host->value.host.variant.destructor;
  }
  return NULL;
}

static void construct(txMachine *the) {
  if (mxTarget->kind == XS_UNDEFINED_KIND) mxTypeError("call: class");
  mxPushSlot(mxTarget);
  txSlot *const prototype = fxGetPrototypeFromConstructor(the, &mxObjectPrototype);
  txSlot *const instance = fxNewHostObject(the, destructorOf(prototype));
  instance->value.instance.prototype = prototype;
  mxPullSlot(mxResult);
  mxPop();
}

static void nativeClass(txMachine *the) {
  const txString name = nameOf(the);
  for (size_t index = 0; index < DESTRUCTORS; index++)
    if (strcmp(destructors[index].name, name) == 0) {
      fxNewHostObject(the, destructors[index].destructor);
      fxNewHostConstructor(the, construct, 0, XS_NO_ID);
      mxPullSlot(mxResult);
      return;
    }
  mxReferenceError("there is no native destructor %s", name);
}

static void define(txMachine *the, const char *name, txCallback function) {
  const txID id = fxID(the, (txString)name);
  fxNewHostFunction(the, function, 1, id, XS_NO_ID);
  mxPush(mxGlobal);
  mxSetID(id);
  mxPop();
}

void nativeFunctionsDefine(txMachine *the) {
  made = arenaAllocateZeroed(FUNCTIONS, sizeof *made);
  if (!made) fail("no memory for the native functions");
  for (size_t index = 0; index < FUNCTIONS; index++) {
    fxNewHostFunction(the, functions[index].callback, 0, XS_NO_ID, XS_NO_ID);
    mxPullSlot(&made[index]);
    fxRemember(the, &made[index]);
  }
  define(the, "native", native);
  define(the, "Native", nativeClass);
}
