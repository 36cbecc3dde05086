/* Between the engine's inner header and its API's, which do not go together. */
#ifndef TALLY_SDK_PLATFORM_H
#define TALLY_SDK_PLATFORM_H

/* Posts a message that runs a round of promise jobs of the machine. */
void platformPostPromiseJobs(void *machine);

/* The engine has given up: the SDK restarts the chip. */
_Noreturn void platformExit(void);

#endif
