/*
 * Which functions a run spends its instructions in: samples at a steady number of instructions, while those are
 * counted. On the desktop there are none.
 */
#ifndef TALLY_PROFILE_H
#define TALLY_PROFILE_H

#include "xsAll.h"

void profileStart(txMachine *the);

/*
 * Sends what has been sampled since the last time as calls of OPERATION_PROFILE, whose bytes are lines of text:
 *
 *   f <samples in it> <samples in it or below it> <function> <module>
 *   c <samples> <address of 16 bytes of native code, hexadecimal>
 *   h <slots> <objects> <what they are>     who holds the slots of the run now, garbage among them
 */
void profileTell(void);

#endif
