#include "heap-limit.h"

#include "collections.h"
#include "failure.h"

static struct heapRun runSlotsAt;

/* Takes the highest free slots in a row off the free slots, which a collection lists from the highest down. */
static struct heapRun takeRun(txMachine *the) {
  txSlot *slot = the->freeHeap;
  struct heapRun run = {slot, slot + 1};
  while (slot->next && slot->next == run.start - 1) slot = run.start = slot->next;
  the->freeHeap = slot->next;
  return run;
}

/* Lists the slots again, from the lowest up. */
static void freeRun(txMachine *the, struct heapRun run) {
  for (txSlot *slot = run.start; slot < run.end; slot++) slot->next = slot + 1 < run.end ? slot + 1 : NULL;
  the->freeHeap = run.start;
}

/*
 * What a module's loading leaves behind between the slots that stay would be a run's to use, however much it is. The
 * engine's heap is a list of blocks, each with a header slot: splitting a block withdraws a run of free slots.
 */
static void withdraw(txSlot *block, struct heapRun run) {
  txSlot *const header = run.end - 1;
  *header = *block;
  block->value.reference = run.start;
  block->next = header;
}

/* The block that ends at `end`. */
static txSlot *blockOf(txMachine *the, const txSlot *end) {
  txSlot *block = the->firstHeap;
  while (block && block->value.reference != end) block = block->next;
  if (!block) fail("the heap has lost its end");
  return block;
}

void heapLimitSlots(txMachine *the, txSize runSlots) {
  fxCollectGarbage(the);
  txSlot *const block = the->firstHeap;
  if (block->next || !the->freeHeap) fail("loading has left no single heap with free slots");
  struct heapRun last = takeRun(the);
  txSlot *const end = block->value.reference;
  if (last.end != end || last.end - last.start < runSlots) fail("the modules fill the memory for slots");
  block->value.reference = last.start;
  /* From the highest down, so that it is always the first block that is split. */
  while (the->freeHeap) withdraw(block, takeRun(the));
  collectionsMeasure(the);
  blockOf(the, last.start)->value.reference = last.end = last.start + runSlots;
  arenaLeaveOut(last.end, end);
  freeRun(the, last);
  runSlotsAt = last;
  the->maximumHeapCount = the->currentHeapCount + runSlots;
}

struct heapRun heapRunSlots(void) { return runSlotsAt; }

void heapLimitChunks(txMachine *the, txSize runBytes) {
  fxCollectGarbage(the);
  txBlock *const block = the->firstBlock;
  if (block->limit - block->current < runBytes) fail("the modules fill the memory for chunks");
  arenaLeaveOut(block->current, block->limit);
  block->limit = block->current + runBytes;
}
