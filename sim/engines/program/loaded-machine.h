/*
 * How the machine comes to hold the application. While modules load there is plenty of memory; then the heaps are cut
 * down to what is in use plus the budget for the run, because on a chip the loaded modules live in flash and only the run
 * needs RAM.
 */
#ifndef TALLY_LOADED_MACHINE_H
#define TALLY_LOADED_MACHINE_H

#include "xsAll.h"

#include "port.h"

/* The machine, and where it holds the default export that a run begins with; both constant from then on. */
struct loadedMachine {
  txMachine *the;
  txSlot *entry;
};

/* Creates the machine, has `define` put native functions into it, and loads the module `name`, whose default export must
 * be a function, with all it imports. Promise jobs are left to the caller. */
struct loadedMachine machineLoad(const char *name, void (*define)(txMachine *the));

/* From here on, memory is what the run may have; the arena is saved so. */
void machineLimitMemory(txMachine *the);

/* Everything since then is forgotten. */
void machineForgetRun(void);

/* What the run has cost since then, without instructions. */
struct costs machineMemoryCosts(txMachine *the);

#endif
