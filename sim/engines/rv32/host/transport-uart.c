#include "transport.h"

#include <stdint.h>

/* The 16550 of QEMU's machine `virt`, which needs neither a baud rate nor a character format. */
#define UART ((volatile uint8_t *)0x10000000)
enum { UART_DATA = 0, UART_INTERRUPT_ENABLE = 1, UART_FIFO_CONTROL = 2, UART_LINE_STATUS = 5 };
#define FIFO_ENABLE 0x01u
#define INTERRUPT_ON_DATA 0x01u
#define DATA_READY 0x01u
#define TRANSMITTER_EMPTY 0x20u

/* The interrupt controller, as far as the first hart and the UART are concerned. */
#define UART_INTERRUPT 10u
#define INTERRUPT_PRIORITY ((volatile uint32_t *)(0x0c000000 + 4 * UART_INTERRUPT))
#define INTERRUPT_ENABLE ((volatile uint32_t *)0x0c002000)
#define INTERRUPT_CLAIM ((volatile uint32_t *)0x0c200004)
#define EXTERNAL_INTERRUPT (1u << 11)

/* Interrupts are enabled to end a wait, and never taken. */
void transportOpen(void) {
  *INTERRUPT_PRIORITY = 1;
  *INTERRUPT_ENABLE = 1u << UART_INTERRUPT;
  UART[UART_FIFO_CONTROL] = FIFO_ENABLE;
  UART[UART_INTERRUPT_ENABLE] = INTERRUPT_ON_DATA;
}

void transportWrite(const void *source, size_t byteLength) {
  const uint8_t *from = source;
  for (size_t index = 0; index < byteLength; index++) {
    while (!(UART[UART_LINE_STATUS] & TRANSMITTER_EMPTY)) {
    }
    UART[UART_DATA] = from[index];
  }
}

/* Sleeps rather than asks again and again, for the emulator shares the computer with the simulator. */
static void waitForData(void) {
  while (!(UART[UART_LINE_STATUS] & DATA_READY)) {
    __asm__ volatile("csrs mie, %0\n wfi\n csrc mie, %0" ::"r"(EXTERNAL_INTERRUPT));
    *INTERRUPT_CLAIM = *INTERRUPT_CLAIM;
  }
}

size_t transportRead(void *target, size_t least, size_t most) {
  uint8_t *to = target;
  (void)most;
  for (size_t index = 0; index < least; index++) {
    waitForData();
    to[index] = UART[UART_DATA];
  }
  return least;
}
