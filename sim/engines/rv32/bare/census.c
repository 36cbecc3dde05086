#include "census.h"

#include <stdio.h>
#include <string.h>

#include "heap-limit.h"
#include "module-image.h"

#define ENTRIES 256
#define NAME_BYTES 120
#define MOST_SLOTS 65536

struct entry {
  char what[NAME_BYTES];
  struct censusShare share;
};

static struct entry entries[ENTRIES];
static uint8_t counted[MOST_SLOTS];
/* What the slots that were counted last hold in chunks. */
static uint32_t chunkBytes;

static const txSlot *functionCode(const txSlot *instance) {
  return mxIsFunction(instance) ? mxFunctionInstanceCode(instance) : NULL;
}

static const char *keyName(txMachine *the, txID id) {
  const char *const name = id == XS_NO_ID ? NULL : fxGetKeyName(the, id);
  return name && *name ? name : "(anonymous)";
}

/* The name of the class whose prototype this is. */
static const char *classOf(txMachine *the, const txSlot *prototype) {
  if (!prototype) return "(lists of the engine)";
  for (const txSlot *property = prototype->next; property; property = property->next)
    if (property->ID == mxID(_constructor) && property->kind == XS_REFERENCE_KIND) {
      const txSlot *const code = functionCode(property->value.reference);
      if (code) return keyName(the, code->ID);
    }
  return "(no class)";
}

/* A literal object has no name of its own but its properties. */
static void describe(txMachine *the, const txSlot *instance, char *what) {
  const txSlot *const code = functionCode(instance);
  if (code) {
    const int isNative = code->kind == XS_CALLBACK_KIND || code->kind == XS_CALLBACK_X_KIND;
    const char *const module = isNative ? "the engine" : moduleNameAt((const uint8_t *)code->value.code.address);
    snprintf(what, NAME_BYTES, "function %s of %s", keyName(the, code->ID), module);
    return;
  }
  const txSlot *const prototype = instance->value.instance.prototype;
  int length = snprintf(what, NAME_BYTES, "%s", classOf(the, prototype));
  if (prototype != mxObjectPrototype.value.reference) return;
  for (const txSlot *property = instance->next; property && length < NAME_BYTES - 40; property = property->next)
    if (property->ID != XS_NO_ID) length += snprintf(what + length, NAME_BYTES - (size_t)length, " %.30s", keyName(the, property->ID));
}

static void add(const char *what, uint32_t slots) {
  for (size_t index = 0; index < ENTRIES; index++) {
    if (*entries[index].what && strcmp(entries[index].what, what) != 0) continue;
    strcpy(entries[index].what, what);
    entries[index].share.slots += slots;
    entries[index].share.chunkBytes += chunkBytes;
    entries[index].share.objects++;
    break;
  }
  chunkBytes = 0;
}

/* A chunk that several slots share is counted once: its field that only compaction uses says so. */
static void countChunk(txMachine *the, const void *data) {
  const txByte *const start = data;
  if (!start || start < (txByte *)(the->firstBlock + 1) || start >= the->firstBlock->current) return;
  txChunk *const chunk = (txChunk *)(start - sizeof(txChunk));
  if (chunk->temporary == (txByte *)counted) return;
  chunk->temporary = (txByte *)counted;
  chunkBytes += (uint32_t)chunk->size;
}

static void countChunkOf(txMachine *the, const txSlot *slot) {
  switch (slot->kind) {
    case XS_STRING_KIND:
      countChunk(the, slot->value.string);
      break;
    case XS_ARRAY_KIND:
    case XS_STACK_KIND:
      if (slot->value.array.address)
        for (txIndex index = 0; index < slot->value.array.length; index++)
          if (slot->value.array.address[index].kind == XS_STRING_KIND)
            countChunk(the, slot->value.array.address[index].value.string);
      countChunk(the, slot->value.array.address);
      break;
    case XS_ARRAY_BUFFER_KIND:
      countChunk(the, slot->value.arrayBuffer.address);
      break;
    case XS_MAP_KIND:
    case XS_SET_KIND:
      countChunk(the, slot->value.table.address);
      break;
    default:
      break;
  }
}

/* Counts a chain of slots as far as it is the run's and has not been counted. */
static uint32_t countChain(txMachine *the, const txSlot *slot, const struct heapRun *run) {
  uint32_t slots = 0;
  for (; slot && slot >= run->start && slot < run->end && !counted[slot - run->start]; slot = slot->next) {
    counted[slot - run->start] = 1;
    countChunkOf(the, slot);
    slots++;
  }
  return slots;
}

/* What hangs on the slots of an object alone: the variables of a function, the private fields of an instance. */
static uint32_t countHangers(txMachine *the, const txSlot *instance, const struct heapRun *run) {
  uint32_t slots = 0;
  const txSlot *const code = functionCode(instance);
  if (code && code->kind != XS_CALLBACK_KIND && code->kind != XS_CALLBACK_X_KIND)
    for (const txSlot *scope = code->value.code.closures; scope; scope = scope->value.instance.prototype) {
      if (scope->kind != XS_INSTANCE_KIND) break;
      slots += countChain(the, scope, run);
      for (const txSlot *variable = scope->next; variable; variable = variable->next)
        if (variable->kind == XS_CLOSURE_KIND) slots += countChain(the, variable->value.closure, run);
    }
  for (const txSlot *property = instance->next; property; property = property->next)
    if (property->kind == XS_PRIVATE_KIND) slots += countChain(the, property->value.private.first, run);
  return slots;
}

static void addInstances(txMachine *the, const struct heapRun *run, int ofFunctions) {
  char what[NAME_BYTES];
  for (const txSlot *slot = run->start; slot < run->end; slot++) {
    if (slot->kind != XS_INSTANCE_KIND || counted[slot - run->start]) continue;
    if (ofFunctions && !functionCode(slot)) continue;
    describe(the, slot, what);
    const uint32_t slots = countChain(the, slot, run);
    add(what, slots + countHangers(the, slot, run));
  }
}

static void addStack(txMachine *the) {
  for (const txSlot *slot = the->stack; slot < the->stackTop; slot++)
    if (slot->kind == XS_STRING_KIND) countChunk(the, slot->value.string);
  if (chunkBytes) add("(strings on the stack)", 0);
}

void censusTake(txMachine *the, void (*tell)(const struct censusShare *share, const char *what)) {
  const struct heapRun run = heapRunSlots();
  char what[NAME_BYTES];
  if (run.end - run.start > MOST_SLOTS) return;
  memset(counted, 0, sizeof counted);
  memset(entries, 0, sizeof entries);
  countChain(the, the->freeHeap, &run);
  chunkBytes = 0;
  addInstances(the, &run, 1);
  addInstances(the, &run, 0);
  for (const txSlot *slot = run.start; slot < run.end; slot++) {
    if (counted[slot - run.start]) continue;
    if (slot->kind <= XS_REFERENCE_KIND) snprintf(what, sizeof what, "(variables of suspended functions)");
    else snprintf(what, sizeof what, "(slots of the engine, kind %d)", slot->kind);
    add(what, countChain(the, slot, &run));
  }
  addStack(the);
  for (size_t index = 0; index < ENTRIES; index++)
    if (*entries[index].what) tell(&entries[index].share, entries[index].what);
}
