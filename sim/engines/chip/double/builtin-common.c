#include "builtinCommon.h"

#include "device.h"
#include "resets.h"
#include "pads.h"
#include "wiring.h"

#define BANKS 2

static uint32_t used[BANKS];

void builtinReset(void) {
  for (int bank = 0; bank < BANKS; bank++) used[bank] = 0;
}

/*
 * Nobody uses the pin any more. An output stays driven: where that is at rest, the board's part can't tell it from one
 * that was let go.
 */
static void release(int gpio) {
  struct pad *pad = padAt(gpio);
  const struct wire *wire = wireAt(gpio);
  if (pad->handle == 0 || (pad->isOutput && pad->latch != wire->isActiveLow)) return;
  const double handle = pad->handle;
  pad->handle = 0;
  device(DEVICE_PIN_CLOSE, handle, 0);
}

uint8_t builtinArePinsFree(uint32_t bank, uint32_t mask) { return bank < BANKS && (used[bank] & mask) == 0; }

uint8_t builtinUsePins(uint32_t bank, uint32_t mask) {
  if (!builtinArePinsFree(bank, mask)) return 0;
  used[bank] |= mask;
  return 1;
}

void builtinFreePins(uint32_t bank, uint32_t mask) {
  used[bank] &= ~mask;
  for (uint32_t bit = 0; bit < 32; bit++)
    if ((mask >> bit & 1) != 0) release((int)(32 * bank + bit));
}
