/*
 * The pulse input of the meter in this program: the decoder that a chip's low-power core runs, outside the arena, because
 * it counts on through sleep, resets and restarts of the application. The simulator's board tells what the polls of
 * its contacts have found.
 */
#ifndef TALLY_PULSE_INPUT_H
#define TALLY_PULSE_INPUT_H

#include "port.h"

/* Carries out OPERATION_PULSE_READ: the reply holds what the decoder here has counted. */
struct reply pulseInputRead(const struct call *call);

#endif
