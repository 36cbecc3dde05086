/* What the C library and the program need of the machine: a beginning, an end, and a place for last words. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

#include "failure.h"
#include "sampling.h"

/* QEMU's `virt` ends when a code is written here: 0x5555 for success, 0x3333 and the exit code above it otherwise. */
#define FINISHER ((volatile uint32_t *)0x100000)
#define FINISHED 0x5555u
#define FAILED 0x3333u

/* Semihosting: the debugger's request to write one character, which QEMU puts on its standard error. */
#define WRITE_CHARACTER 3

extern int main(int count, char **arguments);

__attribute__((naked, noreturn, section(".text.start"))) void start(void) {
  __asm__ volatile(
      "la sp, stackTop\n"
      "la tp, threadStart\n"
      "la t0, trapEntry\n"
      "csrw mtvec, t0\n"
      "li a0, 0\n"
      "li a1, 0\n"
      "call main\n"
      "tail _exit\n");
}

#define TIMER_INTERRUPT 0x80000007u

__attribute__((interrupt, used, aligned(4))) void trapEntry(void) {
  uint32_t cause;
  uint32_t place;
  uint32_t value;
  __asm__ volatile("csrr %0, mcause\n csrr %1, mepc\n csrr %2, mtval" : "=r"(cause), "=r"(place), "=r"(value));
  if (cause == TIMER_INTERRUPT) {
    samplingTake(place);
    samplingAgain();
    return;
  }
  fail("the processor stopped at %lx, cause %lu, value %lx", (unsigned long)place, (unsigned long)cause,
       (unsigned long)value);
}

static int putCharacter(char character, FILE *file) {
  (void)file;
  register int operation __asm__("a0") = WRITE_CHARACTER;
  register const char *pointer __asm__("a1") = &character;
  /* The three instructions, uncompressed and in a row, are what a debugger recognises. */
  __asm__ volatile(
      ".balign 16\n"
      ".option push\n"
      ".option norvc\n"
      "slli zero, zero, 0x1f\n"
      "ebreak\n"
      "srai zero, zero, 7\n"
      ".option pop\n"
      : "+r"(operation)
      : "r"(pointer)
      : "memory");
  return 0;
}

static FILE messages = FDEV_SETUP_STREAM(putCharacter, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stderr = &messages;
FILE *const stdout = &messages;

void _exit(int code) {
  *FINISHER = code == EXIT_SUCCESS ? FINISHED : (uint32_t)code << 16 | FAILED;
  for (;;) {
  }
}

/* Nobody asks: the firmware's clock is the board's. */
int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  *time = (struct timeval){0};
  return 0;
}
