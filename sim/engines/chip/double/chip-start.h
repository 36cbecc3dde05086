/* The chip leaves a sleep by itself. */
#ifndef TALLY_CHIP_START_H
#define TALLY_CHIP_START_H

#include <stdint.h>

/* A deep one: has the board start the chip. */
void chipStart(void);

/* A light one, after which another run of the application begins: tells the board so. */
void chipStartAgain(void);

/* True when the board's start of the chip is the answer to that, so that the processor only goes on. */
int chipContinues(uint32_t boardCause);

#endif
