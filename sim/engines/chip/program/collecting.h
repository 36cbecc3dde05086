/* Memory that is collected at each allocation of a native function, as it may be whenever it is short. */
#ifndef TALLY_COLLECTING_H
#define TALLY_COLLECTING_H

/* From now on; takes the option `collects`, returns 0 when it is none. */
int collectingTake(const char *option);

/* A native function begins, and returns. One that throws ends with the next that returns. */
void collectingBegin(void);
void collectingEnd(void);

#endif
