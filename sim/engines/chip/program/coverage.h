/* Which statements of instrumented modules have run, for whoever counts them. */
#ifndef TALLY_COVERAGE_H
#define TALLY_COVERAGE_H

#include "xsAll.h"

/* Takes an option `covered:FILE`, to which numbers are added at the end, one a line; returns 0 when it is none. */
int coverageTake(const char *option);

/* Makes the global function `hostCovered(number)`. */
void coverageDefine(txMachine *the);

#endif
