/*
 * What garbage collections spend on the loaded modules. On the chip those lie in flash, marked for good, as the engine
 * does with a machine that is shared (fxShareMachine): a collection there walks through what the run has made. Here it
 * walks through everything, so the share of the loaded modules is measured once and counted apart.
 */
#ifndef TALLY_COLLECTIONS_H
#define TALLY_COLLECTIONS_H

#include "xsAll.h"

/* To be called before modules load. */
void collectionsWatch(txMachine *the);

/* Measures a collection of each kind, when there is nothing but the loaded modules to collect. */
void collectionsMeasure(txMachine *the);

/* Begins to count anew. */
void collectionsClear(void);

struct collections {
  uint32_t count;
  uint64_t loadedInstructions;
};
struct collections collectionsOfRun(void);

#endif
