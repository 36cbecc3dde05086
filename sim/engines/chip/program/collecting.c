#include "collecting.h"

#include <string.h>

#include "xsAll.h"

/* The linker leads the engine's calls of its allocations here (build-chip.ts). */
extern txSlot *__real_fxNewSlot(txMachine *the);
extern void *__real_fxNewChunk(txMachine *the, txSize byteLength);
txSlot *__wrap_fxNewSlot(txMachine *the);
void *__wrap_fxNewChunk(txMachine *the, txSize byteLength);

static int isWanted;
static int isInside;

int collectingTake(const char *option) {
  if (strcmp(option, "collects") != 0) return 0;
  isWanted = 1;
  return 1;
}

void collectingBegin(void) { isInside = isWanted; }

void collectingEnd(void) { isInside = 0; }

static void collect(txMachine *the) {
  if (isInside) fxCollectGarbage(the);
}

txSlot *__wrap_fxNewSlot(txMachine *the) {
  collect(the);
  return __real_fxNewSlot(the);
}

void *__wrap_fxNewChunk(txMachine *the, txSize byteLength) {
  collect(the);
  return __real_fxNewChunk(the, byteLength);
}
