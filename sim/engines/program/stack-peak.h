/* How far the machine's stack of slots has grown. The engine keeps that to itself unless it is built for its debugger. */
#ifndef TALLY_STACK_PEAK_H
#define TALLY_STACK_PEAK_H

#include "xsAll.h"

/* The stack grows downwards from `top`, which is what is in use now, and at most to `bottom`. */
void stackPeakStart(txSlot *bottom, txSlot *top);

/* Slots used beyond `top` at the peak. */
size_t stackPeakSlots(void);

/* Begins anew; what lies beyond `top` is lost. */
void stackPeakClear(void);

#endif
