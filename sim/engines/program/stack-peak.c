#include "stack-peak.h"

#include <string.h>

/* No slot in use looks like this from its first byte to its last: its pointer would be odd. */
#define PAINT 0xa5

static txSlot *bottom;
static txSlot *top;

void stackPeakStart(txSlot *from, txSlot *to) {
  bottom = from;
  top = to;
  stackPeakClear();
}

/* From the top, because the engine converts numbers in what lies free at the bottom. */
size_t stackPeakSlots(void) {
  const txSlot *slot = top;
  txSlot paint;
  memset(&paint, PAINT, sizeof paint);
  while (slot > bottom && memcmp(slot - 1, &paint, sizeof paint) != 0) slot--;
  return (size_t)(top - slot);
}

void stackPeakClear(void) { memset(bottom, PAINT, (size_t)((uint8_t *)top - (uint8_t *)bottom)); }
