/*
 * How a program begins on QEMU's machine `virt` with nothing below it, where it prints, how it counts instructions (with
 * `-icount shift=0`), and how it ends. Calls `run`, which the program defines.
 */
#ifndef TALLY_BARE_H
#define TALLY_BARE_H

#include <stdint.h>

#define UART ((volatile uint8_t *)0x10000000)
#define POWER ((volatile uint32_t *)0x100000)
#define POWER_OFF 0x5555u

__attribute__((naked, noreturn, section(".text.start"))) void start(void) {
  __asm__ volatile(
      "la sp, stack\n"
      "jal run\n");
}

static inline uint32_t retired(void) {
  uint32_t count;
  __asm__ volatile("csrr %0, minstret" : "=r"(count)::"memory");
  return count;
}

#endif
