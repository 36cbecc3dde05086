#ifndef TALLY_JOBS_H
#define TALLY_JOBS_H

#include "xs.h"

/* Runs promise jobs, and those that they queue, until there are none. */
void runJobs(xsMachine *the);

#endif
