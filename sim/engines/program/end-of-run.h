/* The way out of a run from wherever in the engine it is. */
#ifndef TALLY_END_OF_RUN_H
#define TALLY_END_OF_RUN_H

#include <setjmp.h>

/* Set by whoever begins to run the application: a place on the stack is good only until its function returns. */
extern jmp_buf endOfRun;

/* Ends the run at once, without a word. */
_Noreturn void runEnd(void);

#endif
