#include "instructions.h"

#include "sampling.h"

static uint64_t counted;
static uint64_t began;
static int counting;

/* QEMU counts every instruction exactly when it is started with `-icount shift=0`. */
uint64_t instructionsRetired(void) {
  uint32_t high;
  uint32_t low;
  uint32_t highAgain;
  do {
    __asm__ volatile("csrr %0, minstreth\n csrr %1, minstret\n csrr %2, minstreth"
                     : "=&r"(high), "=&r"(low), "=r"(highAgain)::"memory");
  } while (high != highAgain);
  return (uint64_t)high << 32 | low;
}

void instructionsBegin(void) {
  if (counting) return;
  counting = 1;
  samplingBegin();
  began = instructionsRetired();
}

void instructionsEnd(void) {
  if (!counting) return;
  counted += instructionsRetired() - began;
  counting = 0;
  samplingEnd();
}

uint64_t instructionsCounted(void) { return counted; }

void instructionsClear(void) { counted = 0; }
