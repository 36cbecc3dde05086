/*
 * The memory that a run of the application gets beyond its loaded modules, as the chip will have it: together at most
 * 48 KiB, taken at once and never grown. What does not fit ends the run with the name of the budget.
 */
#ifndef TALLY_BUDGET_H
#define TALLY_BUDGET_H

/* Of 16 bytes each. */
#define RUN_SLOTS 8192
#define RUN_CHUNK_BYTES (64 * 1024)
#define RUN_STACK_SLOTS 1024

/* The C stack of the task that runs the engine. */
#define NATIVE_STACK_BYTES (64 * 1024)

#endif
