/* Resets. */
#ifndef TALLY_ESP_SYSTEM_H
#define TALLY_ESP_SYSTEM_H

#include <stdint.h>

/*
 * The board has started the chip, with a cause by its number in `wakeCauses` of sim/chip/boundary/port.ts: the memory
 * and the pins are as that leaves them, and the processor runs.
 */
void systemReset(uint32_t boardCause);

#endif
