/* Which pins somebody has, as all modules of the SDK keep it between them. */
#ifndef TALLY_DOUBLE_BUILTIN_COMMON_H
#define TALLY_DOUBLE_BUILTIN_COMMON_H

#include <stdint.h>

#include "xs.h"

#define builtinIsPinFree(pin) builtinArePinsFree((pin) >> 5, 1u << ((pin) & 31))
#define builtinUsePin(pin) builtinUsePins((pin) >> 5, 1u << ((pin) & 31))
#define builtinFreePin(pin) builtinFreePins((pin) >> 5, 1u << ((pin) & 31))

uint8_t builtinArePinsFree(uint32_t bank, uint32_t mask);
/* 0, with no change, when one of them is taken. */
uint8_t builtinUsePins(uint32_t bank, uint32_t mask);
void builtinFreePins(uint32_t bank, uint32_t mask);

#endif
