/* Functions of ESP-IDF that fail, for tests of what the firmware makes of that. */
#ifndef TALLY_REFUSALS_H
#define TALLY_REFUSALS_H

/* Takes an option `refuse:FUNCTION`, or `refuse:FUNCTION:CALLS` for one that works as often; returns 0 when it is none. */
int refusalTake(const char *option);

/* True for a function that is to fail this time. */
int isRefused(const char *function);

#endif
