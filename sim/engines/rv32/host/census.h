/* Who holds the slots of a run. */
#ifndef TALLY_CENSUS_H
#define TALLY_CENSUS_H

#include "xsAll.h"

/* Calls `tell` for each kind of object of the run with a line's text: slots, objects, what they are. */
void censusTake(txMachine *the, void (*tell)(uint32_t slots, uint32_t objects, const char *what));

#endif
