/* What the double knows of the application that the process runs on it. */
#ifndef TALLY_APPLICATION_H
#define TALLY_APPLICATION_H

#include <stdint.h>

/* Runs it, from the SDK's start to its event loop. On the processor. */
void applicationRun(void);

/* Its variables are as the chip's start leaves them. */
void applicationReset(int hasSlept);

/* What it has noted of why it wakes, by the board's number; `otherwise` where it notes nothing. */
uint32_t applicationWakeCause(uint32_t otherwise);

/* It restarts the chip: where it does so because it has failed, that ends the run. */
void applicationRestarts(void);

/* From now on it may, as on silicon. */
void applicationAllowRestarts(void);

#endif
