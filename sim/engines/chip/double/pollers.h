#ifndef TALLY_POLLERS_H
#define TALLY_POLLERS_H

/* What polls on this chip: a timer's interrupt, and the core of the low-power domain where there is one. */
void pollersConnect(void);

#endif
