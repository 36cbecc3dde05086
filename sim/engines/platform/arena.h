/*
 * The one piece of memory that the engine lives in. A wake from deep sleep finds the machine as it was when its
 * modules had been loaded: the arena is saved once and copied back for each wake.
 */
#ifndef TALLY_ARENA_H
#define TALLY_ARENA_H

#include <stddef.h>

/* As malloc and its friends, over the arena; NULL when it is full. */
void *arenaAllocate(size_t byteLength);
void *arenaAllocateZeroed(size_t count, size_t byteLength);
void *arenaReallocate(void *pointer, size_t byteLength);
void arenaFree(void *pointer);

/* Remembers the arena as it is now. */
void arenaSave(void);

/*
 * Leaves the bytes from `start` to `end` out of the next save, because nobody will read them before writing them.
 * At most three such gaps, in any order.
 */
void arenaLeaveOut(const void *start, const void *end);

/* Copies back what was saved. Pointers into the arena stay valid: everything is where it was. */
void arenaRestore(void);

/* How many bytes a restore copies. */
size_t arenaSavedByteLength(void);

#endif
