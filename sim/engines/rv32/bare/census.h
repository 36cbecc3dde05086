/* Who holds the slots and the chunks of a run. */
#ifndef TALLY_CENSUS_H
#define TALLY_CENSUS_H

#include "xsAll.h"

struct censusShare {
  uint32_t slots;
  uint32_t chunkBytes;
  uint32_t objects;
};

/* Calls `tell` for each kind of object of the run. */
void censusTake(txMachine *the, void (*tell)(const struct censusShare *share, const char *what));

#endif
