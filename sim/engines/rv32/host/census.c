#include "census.h"

#include <stdio.h>
#include <string.h>

#include "heap-limit.h"

#define ENTRIES 256
#define NAME_BYTES 120
#define MOST_SLOTS 65536

struct entry {
  char what[NAME_BYTES];
  uint32_t slots;
  uint32_t objects;
};

static struct entry entries[ENTRIES];
static uint8_t counted[MOST_SLOTS];

static const txSlot *functionCode(const txSlot *instance) {
  return mxIsFunction(instance) ? mxFunctionInstanceCode(instance) : NULL;
}

static const char *keyName(txMachine *the, txID id) {
  const char *const name = id == XS_NO_ID ? NULL : fxGetKeyName(the, id);
  return name && *name ? name : "(anonymous)";
}

/* The name of the class whose prototype this is. */
static const char *classOf(txMachine *the, const txSlot *prototype) {
  if (!prototype) return "(environments of functions)";
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
    snprintf(what, NAME_BYTES, "function %s", keyName(the, code->ID));
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
    entries[index].slots += slots;
    entries[index].objects++;
    return;
  }
}

/* Counts a chain of slots as far as it is the run's and has not been counted. */
static uint32_t countChain(const txSlot *slot, const struct heapRun *run) {
  uint32_t slots = 0;
  for (; slot && slot >= run->start && slot < run->end && !counted[slot - run->start]; slot = slot->next) {
    counted[slot - run->start] = 1;
    slots++;
  }
  return slots;
}

void censusTake(txMachine *the, void (*tell)(uint32_t slots, uint32_t objects, const char *what)) {
  const struct heapRun run = heapRunSlots();
  char what[NAME_BYTES];
  if (run.end - run.start > MOST_SLOTS) return;
  memset(counted, 0, sizeof counted);
  memset(entries, 0, sizeof entries);
  countChain(the->freeHeap, &run);
  for (const txSlot *slot = run.start; slot < run.end; slot++) {
    if (slot->kind != XS_INSTANCE_KIND || counted[slot - run.start]) continue;
    describe(the, slot, what);
    add(what, countChain(slot, &run));
  }
  for (const txSlot *slot = run.start; slot < run.end; slot++) {
    if (counted[slot - run.start]) continue;
    /* Plain values that no object has as a property are variables that functions share. */
    if (slot->kind <= XS_REFERENCE_KIND) snprintf(what, sizeof what, "(captured variables)");
    else snprintf(what, sizeof what, "(slots of the engine, kind %d)", slot->kind);
    add(what, countChain(slot, &run));
  }
  for (size_t index = 0; index < ENTRIES; index++)
    if (entries[index].slots) tell(entries[index].slots, entries[index].objects, entries[index].what);
}
