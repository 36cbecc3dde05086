/* The firmware's low-power program, built into the process. */
#ifndef TALLY_PROGRAM_H
#define TALLY_PROGRAM_H

#include <stdint.h>

/* Starts the program once. */
void programPoll(void);

/*
 * Takes up to `polls` polls that find the contacts as the last one did, by the firmware's own function for time that
 * was slept through. Returns how many were taken; the others have to be made.
 */
uint64_t programSkip(uint64_t polls);

/* It has stopped in the middle of telling what it counted. */
void programStopWriting(void);

/* The program is another one from now on, as after an update of the image. */
void programReplace(void);

/* Whether the program polls this pin. */
int programHasLine(int gpio);

#endif
