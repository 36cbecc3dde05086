/* What the engine calls on us for. */
#ifndef TALLY_ENGINE_HOOKS_H
#define TALLY_ENGINE_HOOKS_H

/* Marks the place on the native stack from which recursion in the engine is measured. */
void engineHooksStart(void);

/* While modules load, whatever goes wrong ends the program; from here on it is a panic that ends the run. */
void engineHooksRun(void);

#endif
