#include "profile.h"

#include <stdio.h>
#include <string.h>

#include "census.h"
#include "module-image.h"
#include "port.h"
#include "sampling.h"

#define FUNCTIONS 2048
#define CODE_GRAIN 16
#define CODE_GRAINS (1024 * 1024 / CODE_GRAIN)
#define TEXT_BYTES 16384
#define LINE_BYTES 200

struct function {
  const txByte *code;
  txSlot *home;
  txID name;
  uint32_t own;
  uint32_t total;
  uint32_t latest; /* the sample that counted it last: a function may stand on the stack more than once */
};

extern uint8_t codeStart[];

static txMachine *machine;
static const txSlot *heapStart;
static const txSlot *heapEnd;
static struct function functions[FUNCTIONS];
static uint32_t grains[CODE_GRAINS];
static uint32_t samples;

void profileStart(txMachine *the) {
  machine = the;
  heapStart = heapEnd = the->firstHeap;
  for (const txSlot *block = the->firstHeap; block; block = block->next) {
    if (block < heapStart) heapStart = block;
    if (block->value.reference > heapEnd) heapEnd = block->value.reference;
  }
}

static struct function *functionOf(const txByte *code) {
  size_t index = ((uintptr_t)code * 2654435761u) % FUNCTIONS;
  for (size_t tries = 0; tries < FUNCTIONS; tries++, index = (index + 1) % FUNCTIONS)
    if (!functions[index].code || functions[index].code == code) return &functions[index];
  return NULL;
}

static int isInHeap(const txSlot *slot) {
  return slot >= heapStart && slot < heapEnd && (uintptr_t)slot % sizeof(uint32_t) == 0;
}

/* The function of a frame, noted as being on the stack; NULL for native code. */
static struct function *note(const txSlot *frame) {
  const txSlot *const slot = frame + 3;
  if (slot->kind != XS_REFERENCE_KIND || !isInHeap(slot->value.reference)) return NULL;
  txSlot *const code = mxFunctionInstanceCode(slot->value.reference);
  if (!isInHeap(code) || !isInHeap(code->next)) return NULL;
  if (code->kind != XS_CODE_KIND && code->kind != XS_CODE_X_KIND) return NULL;
  struct function *const function = functionOf(code->value.code.address);
  if (!function) return NULL;
  function->code = code->value.code.address;
  function->name = code->ID;
  function->home = mxFunctionInstanceHome(slot->value.reference)->value.home.object;
  if (function->latest != samples) function->total++;
  function->latest = samples;
  return function;
}

/* The caller's frame, which lies above on the stack; NULL where none does. */
static const txSlot *frameAbove(const txSlot *below, const txSlot *frame) {
  const int isFrame = frame > below && frame >= machine->stackBottom && frame + 4 < machine->stackTop;
  return isFrame && frame->kind == XS_FRAME_KIND ? frame : NULL;
}

/*
 * The engine tells its frame as of its latest call of something outside its loop: close enough for a profile, but what
 * lies there may have been overwritten since.
 */
void samplingTake(uintptr_t place) {
  int own = 1;
  samples++;
  const size_t grain = (place - (uintptr_t)codeStart) / CODE_GRAIN;
  if (grain < CODE_GRAINS) grains[grain]++;
  for (const txSlot *frame = frameAbove(NULL, machine->frame); frame; frame = frameAbove(frame, frame->next)) {
    struct function *const function = note(frame);
    if (!function) continue;
    function->own += (uint32_t)own;
    own = 0;
  }
}

static char text[TEXT_BYTES];
static size_t textLength;

static void send(void) {
  const struct call call = {
      .operation = OPERATION_PROFILE, .bytes = (const uint8_t *)text, .byteLength = textLength};
  if (textLength) portCall(&call);
  textLength = 0;
}

static const char *keyName(txID id) {
  const char *const name = id == XS_NO_ID ? NULL : fxGetKeyName(machine, id);
  return name && *name ? name : "(anonymous)";
}

/* The class that a method belongs to; NULL for a function alone. */
static const char *className(txSlot *home) {
  if (!home) return NULL;
  if (mxIsFunction(home)) return keyName(mxFunctionInstanceCode(home)->ID);
  for (txSlot *property = home->next; property; property = property->next)
    if (property->ID == mxID(_constructor) && property->kind == XS_REFERENCE_KIND)
      return keyName(mxFunctionInstanceCode(property->value.reference)->ID);
  return NULL;
}

static void tellFunction(const struct function *function) {
  const char *const owner = className(function->home);
  textLength += (size_t)snprintf(text + textLength, LINE_BYTES, "f %lu %lu %s%s%s %s\n", (unsigned long)function->own,
                                 (unsigned long)function->total, owner ? owner : "", owner ? "." : "",
                                 keyName(function->name), moduleNameAt((const uint8_t *)function->code));
  if (textLength + LINE_BYTES > TEXT_BYTES) send();
}

/* The slots between a frame and the one that it called, or the end of the stack: its variables, and what it passed on. */
static void tellStack(void) {
  const txSlot *below = machine->stack;
  for (const txSlot *frame = frameAbove(NULL, machine->frame); frame; frame = frameAbove(frame, frame->next)) {
    const struct function *const function = note(frame);
    const char *const owner = function ? className(function->home) : NULL;
    textLength += (size_t)snprintf(text + textLength, LINE_BYTES, "s %lu %s%s%s\n", (unsigned long)(frame - below),
                                   owner ? owner : "", owner ? "." : "",
                                   function ? keyName(function->name) : "(the engine)");
    if (textLength + LINE_BYTES > TEXT_BYTES) send();
    below = frame;
  }
}

static void tellObjects(const struct censusShare *share, const char *what) {
  textLength += (size_t)snprintf(text + textLength, LINE_BYTES, "h %lu %lu %lu %s\n", (unsigned long)share->slots,
                                 (unsigned long)share->chunkBytes, (unsigned long)share->objects, what);
  if (textLength + LINE_BYTES > TEXT_BYTES) send();
}

void profileTell(void) {
  for (size_t index = 0; index < FUNCTIONS; index++)
    if (functions[index].total) tellFunction(&functions[index]);
  for (size_t index = 0; index < CODE_GRAINS; index++) {
    if (!grains[index]) continue;
    textLength += (size_t)snprintf(text + textLength, LINE_BYTES, "c %lu %lx\n", (unsigned long)grains[index],
                                   (unsigned long)(uintptr_t)(codeStart + index * CODE_GRAIN));
    if (textLength + LINE_BYTES > TEXT_BYTES) send();
  }
  tellStack();
  censusTake(machine, tellObjects);
  send();
  memset(functions, 0, sizeof functions);
  memset(grains, 0, sizeof grains);
}
