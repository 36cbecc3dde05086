/*
 * The line to the simulator as two streams of bytes. One file per kind of line implements it: a pipe here, a serial
 * port on an emulated chip.
 */
#ifndef TALLY_TRANSPORT_H
#define TALLY_TRANSPORT_H

#include <stddef.h>

void transportOpen(void);

/* Sends all of it. Ends the program when the simulator is gone. */
void transportWrite(const void *source, size_t byteLength);

/*
 * Waits for at least `least` bytes and takes no more than `most`; returns how many. The simulator only ever
 * answers, so what arrives early belongs to the same frame. Ends the program when the simulator is gone.
 */
size_t transportRead(void *target, size_t least, size_t most);

#endif
