#include "sampling.h"

/* Timer and comparator of QEMU's `virt`: one tick is 100 ns, and with `-icount shift=0` an instruction takes 1 ns. */
#define TIME ((volatile uint64_t *)0x0200bff8)
#define TIME_COMPARE ((volatile uint64_t *)0x02004000)
#define TIMER_INTERRUPT (1u << 7)
#define INTERRUPTS (1u << 3)

/*
 * In ticks; 0 in an image that is not for profiles. Put into the image when it is linked; weak, or the compiler would
 * know that nothing lies at address 0.
 */
extern const char profileTicks[] __attribute__((weak));

/* Left until the next sample when counting ended. */
static int64_t remaining;

void samplingBegin(void) {
  if (!(uintptr_t)profileTicks) return;
  *TIME_COMPARE = *TIME + (remaining > 0 ? (uint64_t)remaining : (uintptr_t)profileTicks);
  __asm__ volatile("csrs mie, %0\n csrs mstatus, %1" ::"r"(TIMER_INTERRUPT), "r"(INTERRUPTS));
}

void samplingEnd(void) {
  if (!(uintptr_t)profileTicks) return;
  __asm__ volatile("csrc mstatus, %1\n csrc mie, %0" ::"r"(TIMER_INTERRUPT), "r"(INTERRUPTS));
  remaining = (int64_t)(*TIME_COMPARE - *TIME);
}

void samplingAgain(void) { *TIME_COMPARE = *TIME + (uintptr_t)profileTicks; }
