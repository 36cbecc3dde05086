/*
 * The trace of this engine, in records as sim/engines/chip/record/ makes them inside the machine: they go to the
 * simulator together, before anything else does.
 *
 *   call:    u8 1, u8 operation, f64 a, f64 b, f64 c, then as `bytes`
 *   number:  u8 2, f64
 *   bytes:   u8 3, i32 length, -1 for none at all, bytes
 */
#ifndef TALLY_RECORDING_H
#define TALLY_RECORDING_H

#include "xsAll.h"

/* Makes the global functions `hostRecord(operation, a, b, c, content)`, `hostResult(value)` and `hostHandle()`. */
void recordingDefine(txMachine *the);

void recordingSend(void);

/* Forgets what has not been sent. */
void recordingClear(void);

#endif
