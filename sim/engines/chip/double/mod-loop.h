/* The event loop, for whoever stands for the SDK's application. */
#ifndef TALLY_MOD_LOOP_H
#define TALLY_MOD_LOOP_H

#include "xs.h"

/* Serves messages and timers until somebody asks for another machine. */
void modLoop(xsMachine *the);

void modTimersExecute(void);
int modTimersAreDue(void);

#endif
