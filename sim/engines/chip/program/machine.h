/* The XS machine with the application in it, as the SDK makes one of the image's preloaded modules. */
#ifndef TALLY_CHIP_MACHINE_H
#define TALLY_CHIP_MACHINE_H

#include "xsAll.h"

#include "port.h"

/* Creates the machine, loads the module `entry` with all it imports, and saves the result for `machineRun`. */
void machineStart(const char *entry);

/* A new machine with the modules loaded; calls the default export of the first. On the processor. */
txMachine *machineRun(void);

/* Ends a machine as the SDK does before it makes another: objects that C keeps its data with are let go of. */
void machineDelete(txMachine *the);

/* False while modules load: what their bodies did would be remembered for every run, and on a chip they have no body. */
int machineIsRunning(void);

/* What the run has cost. */
struct costs machineCosts(void);

#endif
