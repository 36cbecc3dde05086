/*
 * Holds memory.c against the C library's own functions: every alignment, lengths around a word's and those of a few
 * hundred bytes, and copies that overlap either way. Prints the first difference; otherwise nothing.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void *ownCopy(void *target, const void *source, size_t byteLength);
void *ownMove(void *target, const void *source, size_t byteLength);
void *ownFill(void *target, int value, size_t byteLength);

#define AREA 512
#define ALIGNMENTS 8

static uint8_t expected[AREA];
static uint8_t actual[AREA];

static void prepare(void) {
  for (int index = 0; index < AREA; index++) expected[index] = actual[index] = (uint8_t)(index * 7 + 1);
}

static int differ(const char *name, size_t to, size_t from, size_t byteLength) {
  if (memcmp(expected, actual, AREA) == 0) return 0;
  printf("%s of %zu bytes from %zu to %zu\n", name, byteLength, from, to);
  return 1;
}

static int tryAll(size_t to, size_t from, size_t byteLength) {
  prepare();
  memmove(expected + to, expected + from, byteLength);
  if (ownMove(actual + to, actual + from, byteLength) != actual + to) return 1;
  if (differ("move", to, from, byteLength)) return 1;
  prepare();
  memcpy(expected + to + AREA / 2, expected + from, byteLength);
  if (ownCopy(actual + to + AREA / 2, actual + from, byteLength) != actual + to + AREA / 2) return 1;
  if (differ("copy", to + AREA / 2, from, byteLength)) return 1;
  prepare();
  memset(expected + to, (int)(from * 37 + 300), byteLength);
  if (ownFill(actual + to, (int)(from * 37 + 300), byteLength) != actual + to) return 1;
  return differ("fill", to, from, byteLength);
}

int main(void) {
  for (size_t byteLength = 0; byteLength < 200; byteLength++)
    for (size_t to = 0; to < 3 * ALIGNMENTS; to++)
      for (size_t from = 0; from < 3 * ALIGNMENTS; from++)
        if (tryAll(to, from, byteLength)) return 1;
  return 0;
}
