/* Functions of ESP-IDF that fail, for tests of what the firmware makes of that. */
#ifndef TALLY_REFUSALS_H
#define TALLY_REFUSALS_H

/* Takes an option `refuse:FUNCTION`; returns 0 when it is none. */
int refusalTake(const char *option);

/* True for a function that is to fail. */
int isRefused(const char *function);

#endif
