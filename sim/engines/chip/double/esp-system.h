/* Starts and resets. */
#ifndef TALLY_ESP_SYSTEM_H
#define TALLY_ESP_SYSTEM_H

#include <stdint.h>

/*
 * The board has started the chip, with a cause by its number in `wakeCauses` of sim/chip/boundary/port.ts: the memory
 * and the pins are as that leaves them, and the processor runs.
 */
void systemReset(uint32_t boardCause);

/* The chip leaves its deep sleep: has the board start it. */
void systemStart(void);

/* The chip has left a light sleep, and another run of the application begins: tells the board so. */
void systemStartAgain(void);

/* True when the board's start of the chip is the answer to that, so that the processor only goes on. */
int systemContinues(uint32_t boardCause);

#endif
