/* The XS machine with the application in it. There is one: it is what the arena holds. */
#ifndef TALLY_MACHINE_H
#define TALLY_MACHINE_H

#include "port.h"

/* Creates the machine, loads the module `entry` with all it imports, and saves the result for `machineRestart`. */
void machineStart(const char *entry);

/* Forgets everything since `machineStart`. */
void machineRestart(void);

/* Hands one event to the application and runs every promise job. Nothing happens once a run is over. */
void machineDeliver(const struct reply *event);

/* What the run has cost since `machineRestart`. */
struct costs machineCosts(void);

#endif
