/* Counts what the application and the engine execute. Where there is no counter, all counts are 0. */
#ifndef TALLY_INSTRUCTIONS_H
#define TALLY_INSTRUCTIONS_H

#include <stdint.h>

/* Instructions that the processor has retired since it started. */
uint64_t instructionsRetired(void);

/* Counting goes on from a beginning to an end; to begin or to end twice is no harm. */
void instructionsBegin(void);
void instructionsEnd(void);

/* What has been counted since it was cleared. */
uint64_t instructionsCounted(void);
void instructionsClear(void);

#endif
