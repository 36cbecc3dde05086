/*
 * Copying and filling by words: Debian's C library is built for size and goes byte by byte, where those of chips'
 * tool chains take words.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Or the compiler would make calls of these very functions out of their loops. */
#define AS_WRITTEN __attribute__((optimize("no-tree-loop-distribute-patterns")))

#define WORD sizeof(uint32_t)

typedef uint32_t __attribute__((may_alias)) word;

/* Both places are equally far from a word's beginning. */
static inline int areAlike(const void *one, const void *other) {
  return (((uintptr_t)one ^ (uintptr_t)other) & (WORD - 1)) == 0;
}

static inline int isAligned(const void *place) { return ((uintptr_t)place & (WORD - 1)) == 0; }

/* From the lowest byte up, whatever lies below the source. */
AS_WRITTEN static inline void copyUpwards(uint8_t *to, const uint8_t *from, size_t byteLength) {
  if (byteLength >= 2 * WORD && areAlike(to, from)) {
    for (; !isAligned(to); byteLength--) *to++ = *from++;
    for (; byteLength >= 4 * WORD; byteLength -= 4 * WORD, to += 4 * WORD, from += 4 * WORD) {
      const word a = ((const word *)from)[0], b = ((const word *)from)[1];
      const word c = ((const word *)from)[2], d = ((const word *)from)[3];
      ((word *)to)[0] = a;
      ((word *)to)[1] = b;
      ((word *)to)[2] = c;
      ((word *)to)[3] = d;
    }
    for (; byteLength >= WORD; byteLength -= WORD, to += WORD, from += WORD) *(word *)to = *(const word *)from;
  }
  for (; byteLength > 0; byteLength--) *to++ = *from++;
}

AS_WRITTEN void *memcpy(void *restrict target, const void *restrict source, size_t byteLength) {
  copyUpwards(target, source, byteLength);
  return target;
}

AS_WRITTEN void *memmove(void *target, const void *source, size_t byteLength) {
  uint8_t *to = target;
  const uint8_t *from = source;
  if ((uintptr_t)to - (uintptr_t)from >= byteLength) {
    copyUpwards(to, from, byteLength);
    return target;
  }
  to += byteLength;
  from += byteLength;
  if (byteLength >= 2 * WORD && areAlike(to, from)) {
    for (; !isAligned(to); byteLength--) *--to = *--from;
    for (; byteLength >= WORD; byteLength -= WORD) {
      to -= WORD;
      from -= WORD;
      *(word *)to = *(const word *)from;
    }
  }
  for (; byteLength > 0; byteLength--) *--to = *--from;
  return target;
}

AS_WRITTEN void *memset(void *target, int value, size_t byteLength) {
  uint8_t *to = target;
  const word filled = (uint8_t)value * 0x01010101u;
  if (byteLength >= 2 * WORD) {
    for (; !isAligned(to); byteLength--) *to++ = (uint8_t)value;
    for (; byteLength >= 4 * WORD; byteLength -= 4 * WORD, to += 4 * WORD)
      for (int index = 0; index < 4; index++) ((word *)to)[index] = filled;
    for (; byteLength >= WORD; byteLength -= WORD, to += WORD) *(word *)to = filled;
  }
  for (; byteLength > 0; byteLength--) *to++ = (uint8_t)value;
  return target;
}
