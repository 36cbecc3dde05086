#include "arena.h"

#include <stdint.h>
#include <string.h>

/* Big enough for the engine and for the syntax tree of the largest module while it is compiled. */
#ifndef ARENA_BYTE_LENGTH
#define ARENA_BYTE_LENGTH (16u * 1024 * 1024)
#endif

#define ALIGNMENT 16u
#define GAPS 3

/* Precedes each block, free or not. `next` means something in free blocks only: they are listed by address. */
struct block {
  size_t byteLength; /* including this header */
  struct block *next;
};

struct span {
  size_t start;
  size_t end;
};

/* The allocator's own state stands at the arena's beginning: restoring the arena restores it too. */
struct state {
  _Alignas(ALIGNMENT) struct block *firstFree;
};

_Static_assert(sizeof(struct block) <= ALIGNMENT, "a block's header must keep its content aligned");

static _Alignas(4096) uint8_t arena[ARENA_BYTE_LENGTH];
static uint8_t saved[ARENA_BYTE_LENGTH];
static struct span gaps[GAPS];
static struct span spans[GAPS + 1];
static unsigned gapCount;

static struct state *state(void) {
  struct state *const result = (struct state *)arena;
  if (!result->firstFree) {
    struct block *whole = (struct block *)(arena + sizeof(struct state));
    whole->byteLength = ARENA_BYTE_LENGTH - sizeof(struct state);
    whole->next = NULL;
    result->firstFree = whole;
  }
  return result;
}

static struct block *after(struct block *block) {
  return (struct block *)((uint8_t *)block + block->byteLength);
}

/* First fit by address: long-lived blocks gather at the low end, so that what has to be saved stays short. */
void *arenaAllocate(size_t byteLength) {
  if (byteLength > ARENA_BYTE_LENGTH) return NULL;
  const size_t needed = (byteLength + ALIGNMENT + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  struct block **link = &state()->firstFree;
  /* The last free block is never used up: `firstFree` is NULL only before the first allocation. */
  for (struct block *block = *link; block; link = &block->next, block = *link) {
    if (block->byteLength < needed + ALIGNMENT) {
      if (block->byteLength != needed || !block->next) continue;
      *link = block->next;
    } else {
      struct block *rest = (struct block *)((uint8_t *)block + needed);
      rest->byteLength = block->byteLength - needed;
      rest->next = block->next;
      block->byteLength = needed;
      *link = rest;
    }
    return (uint8_t *)block + ALIGNMENT;
  }
  return NULL;
}

void *arenaAllocateZeroed(size_t count, size_t byteLength) {
  if (byteLength && count > ARENA_BYTE_LENGTH / byteLength) return NULL;
  void *result = arenaAllocate(count * byteLength);
  if (result) memset(result, 0, count * byteLength);
  return result;
}

void *arenaReallocate(void *pointer, size_t byteLength) {
  void *result = arenaAllocate(byteLength);
  if (result && pointer) {
    const struct block *block = (struct block *)((uint8_t *)pointer - ALIGNMENT);
    const size_t content = block->byteLength - ALIGNMENT;
    memcpy(result, pointer, content < byteLength ? content : byteLength);
    arenaFree(pointer);
  }
  return result;
}

void arenaFree(void *pointer) {
  if (!pointer) return;
  struct block *block = (struct block *)((uint8_t *)pointer - ALIGNMENT);
  struct block *before = NULL;
  struct block *next = state()->firstFree;
  while (next && next < block) {
    before = next;
    next = next->next;
  }
  block->next = next;
  if (before)
    before->next = block;
  else
    state()->firstFree = block;
  if (next && after(block) == next) {
    block->byteLength += next->byteLength;
    block->next = next->next;
  }
  if (before && after(before) == block) {
    before->byteLength += block->byteLength;
    before->next = block->next;
  }
}

void arenaLeaveOut(const void *start, const void *end) {
  if (gapCount == GAPS || start >= end) return;
  const struct span gap = {(size_t)((const uint8_t *)start - arena), (size_t)((const uint8_t *)end - arena)};
  unsigned index = gapCount++;
  for (; index > 0 && gaps[index - 1].start > gap.start; index--) gaps[index] = gaps[index - 1];
  gaps[index] = gap;
}

/* Beyond the header of the last free block there is nothing to save. */
static size_t usedByteLength(void) {
  const struct block *last = state()->firstFree;
  while (last->next) last = last->next;
  return (size_t)((const uint8_t *)last - arena) + sizeof(struct block);
}

void arenaSave(void) {
  size_t start = 0;
  for (unsigned index = 0; index < gapCount; index++) {
    spans[index] = (struct span){start, gaps[index].start};
    start = gaps[index].end;
  }
  spans[gapCount] = (struct span){start, usedByteLength()};
  for (unsigned index = 0; index <= gapCount; index++)
    memcpy(saved + spans[index].start, arena + spans[index].start, spans[index].end - spans[index].start);
}

void arenaRestore(void) {
  for (unsigned index = 0; index <= gapCount; index++)
    memcpy(arena + spans[index].start, saved + spans[index].start, spans[index].end - spans[index].start);
}

size_t arenaSavedByteLength(void) {
  size_t sum = 0;
  for (unsigned index = 0; index <= gapCount; index++) sum += spans[index].end - spans[index].start;
  return sum;
}
