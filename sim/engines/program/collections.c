#include "collections.h"

#include "failure.h"
#include "instructions.h"

/* With or without moving chunks together. */
enum { PLAIN, COMPACTING, KINDS };
static const txFlag flags[KINDS] = {XS_ORGANIC_FLAG, XS_COMPACT_FLAG | XS_ORGANIC_FLAG};

/* What the engine hands to a marker tells the kinds apart. */
static txMarkRoot roots[KINDS];
static txMarkRoot latestRoot;
static uint64_t loadedInstructions[KINDS];
static struct collections ofRun;

/* The engine calls this once in each collection, because a host object with this hook is always alive. */
static void mark(txMachine *the, void *data, txMarkRoot root) {
  (void)the;
  (void)data;
  latestRoot = root;
  ofRun.count++;
  for (int kind = 0; kind < KINDS; kind++)
    if (root == roots[kind]) ofRun.loadedInstructions += loadedInstructions[kind];
}

static const txHostHooks hooks = {.marker = mark};

void collectionsWatch(txMachine *the) {
  txSlot *const watcher = arenaAllocateZeroed(1, sizeof *watcher);
  if (!watcher) fail("no memory for the machine");
  fxNewHostObject(the, NULL);
  /* A marker is called for objects with data only. */
  fxSetHostData(the, the->stack, &ofRun);
  fxSetHostHooks(the, the->stack, &hooks);
  mxPullSlot(watcher);
  fxRemember(the, watcher);
}

void collectionsMeasure(txMachine *the) {
  for (int kind = 0; kind < KINDS; kind++) {
    const uint64_t before = instructionsRetired();
    fxCollect(the, flags[kind]);
    loadedInstructions[kind] = instructionsRetired() - before;
    roots[kind] = latestRoot;
  }
}

void collectionsClear(void) { ofRun = (struct collections){0}; }

struct collections collectionsOfRun(void) { return ofRun; }
