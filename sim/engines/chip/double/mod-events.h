/* What the board does to the SDK's event loop. */
#ifndef TALLY_MOD_EVENTS_H
#define TALLY_MOD_EVENTS_H

/* A timer's time has come. */
void modTimerDue(double identifier);

#endif
