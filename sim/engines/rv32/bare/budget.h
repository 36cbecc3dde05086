/*
 * The memory that a run of the application gets beyond its loaded modules: taken at once and never grown. What does not
 * fit ends the run with the name of the budget. The figures are those of sim/engines/rv32/budget.ts, put into the image
 * when it is linked.
 */
#ifndef TALLY_BUDGET_H
#define TALLY_BUDGET_H

#include <stdint.h>

extern const char budgetSlots[];
extern const char budgetChunkBytes[];
extern const char budgetStackSlots[];

#define RUN_SLOTS ((int32_t)budgetSlots)
#define RUN_CHUNK_BYTES ((int32_t)budgetChunkBytes)
#define RUN_STACK_SLOTS ((int32_t)budgetStackSlots)

/* The C stack of the task that runs the engine. */
#define NATIVE_STACK_BYTES (64 * 1024)

#endif
