/* Resets. */
#ifndef TALLY_ESP_SYSTEM_H
#define TALLY_ESP_SYSTEM_H

#include <stdint.h>

/*
 * The board has started the chip, with a cause by its number in `wakeCauses` of sim/chip/boundary/port.ts: the memory
 * and the pins are as that leaves them, and the processor runs.
 */
void systemReset(uint32_t boardCause);

/* The memory that outlives resets holds this byte everywhere, or is of the layout before this image's. */
void systemRetainGarbage(uint32_t byte);
void systemRetainOlder(void);

/* The next of the board's resets is for another reason, an esp_reset_reason_t. */
void systemResetNextFor(uint32_t reason);

#endif
