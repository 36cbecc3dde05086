#include "cpu.h"

#include <stddef.h>
#include <ucontext.h>

/* Deeper than any sane module needs; on a chip the application's task has less. */
#define STACK_BYTES (1024 * 1024)
/* For the C library, and for the engine's way out when the stack is used up. */
#define SPARE_BYTES (128 * 1024)

static _Alignas(16) char stack[STACK_BYTES];
jmp_buf cpuOutside;

static ucontext_t outside;
static ucontext_t inside;
static void (*program)(void);
static int isRunning;
static int isInside;

static void begin(void) {
  program();
  cpuAbandon();
}

void cpuStart(void (*function)(void)) {
  program = function;
  getcontext(&inside);
  inside.uc_stack.ss_sp = stack;
  inside.uc_stack.ss_size = sizeof stack;
  inside.uc_link = NULL;
  makecontext(&inside, begin, 0);
  isRunning = 1;
  cpuResume();
}

void cpuResume(void) {
  if (!isRunning) return;
  isInside = 1;
  swapcontext(&outside, &inside);
  isInside = 0;
}

void cpuWait(void) { swapcontext(&inside, &outside); }

void cpuStop(void) { isRunning = 0; }

void cpuAbandon(void) {
  isRunning = 0;
  if (isInside) setcontext(&outside);
  longjmp(cpuOutside, 1);
}

int cpuIsRunning(void) { return isRunning; }

int cpuIsInside(void) { return isInside; }

char *cpuStackLimit(void) { return stack + SPARE_BYTES; }
