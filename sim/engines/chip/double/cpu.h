/*
 * The chip's processor, with a stack of its own: it waits for the world wherever the software does, in the event loop,
 * in a delay or asleep, while the process waits for the simulator's next event.
 */
#ifndef TALLY_CPU_H
#define TALLY_CPU_H

#include <setjmp.h>

/* Forgets what the processor was doing and runs `function` until it waits. From outside only. */
void cpuStart(void (*function)(void));

/* Goes on where the processor waits, until it waits again; nothing when it has stopped. From outside only. */
void cpuResume(void);

/* Waits until somebody resumes the processor, if ever. From inside only. */
void cpuWait(void);

/* Forgets what the processor was doing: asleep, reset or without power. From outside. */
void cpuStop(void);

/*
 * The same from wherever we are: what is under way ends here, and the process goes on by waiting for the next event. The
 * process sets `cpuOutside` before it begins with one.
 */
_Noreturn void cpuAbandon(void);
extern jmp_buf cpuOutside;

/* True between a start and a stop. */
int cpuIsRunning(void);

/* True where the software runs, false in what interrupts it. */
int cpuIsInside(void);

/* The lowest address that software may use of the stack. */
char *cpuStackLimit(void);

#endif
