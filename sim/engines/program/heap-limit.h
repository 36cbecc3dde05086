/* Cuts the engine's heaps down to what the loaded modules use and a budget for the run. */
#ifndef TALLY_HEAP_LIMIT_H
#define TALLY_HEAP_LIMIT_H

#include "xsAll.h"

/* Collects garbage, has collections measured and leaves `runSlots` free slots, none of them between used ones. Fails when there are fewer. */
void heapLimitSlots(txMachine *the, txSize runSlots);

/* Where the slots of a run lie. */
struct heapRun {
  txSlot *start;
  txSlot *end;
};
struct heapRun heapRunSlots(void);

/* Collects garbage and leaves `runBytes` free bytes for chunks. Fails when there are fewer. */
void heapLimitChunks(txMachine *the, txSize runBytes);

#endif
