#ifndef TALLY_INSTRUCTIONS_H
#define TALLY_INSTRUCTIONS_H

#include <stdint.h>

/* Instructions that the processor has retired since it started; always 0 where there is no counter to read. */
uint64_t instructionsRetired(void);

#endif
