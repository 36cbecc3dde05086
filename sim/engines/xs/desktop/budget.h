/* The memory that a run of the application gets beyond its loaded modules: on the desktop, more than enough. */
#ifndef TALLY_BUDGET_H
#define TALLY_BUDGET_H

/* A slot takes 32 bytes here and 16 on a 32-bit chip. */
#define RUN_SLOTS 8192
#define RUN_CHUNK_BYTES (64 * 1024)
#define RUN_STACK_SLOTS 1024

/* Deep enough for any sane module; on a chip the application's task has less. */
#define NATIVE_STACK_BYTES (512 * 1024)

#endif
