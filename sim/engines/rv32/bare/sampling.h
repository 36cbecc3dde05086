/* Interrupts at a steady number of instructions, in an image that was linked for profiles. */
#ifndef TALLY_SAMPLING_H
#define TALLY_SAMPLING_H

#include <stdint.h>

/* Asks for interrupts from now on, if the image is for profiles; and for none. */
void samplingBegin(void);
void samplingEnd(void);

/* Called in the interrupt with the place that was interrupted. */
void samplingTake(uintptr_t place);

/* To be called in the interrupt: asks for the next. */
void samplingAgain(void);

#endif
