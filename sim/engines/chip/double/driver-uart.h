/* What the board does to the UARTs. */
#ifndef TALLY_DRIVER_UART_H
#define TALLY_DRIVER_UART_H

#include <stdint.h>

/* Something has come for the port that the board knows by this handle, or was lost. */
void uartReadable(double handle);
void uartError(double handle);

/* Runs the interrupts that were held off while flash was written. */
void uartsServe(void);

void uartsReset(void);

/* The chip falls asleep, which nothing that was written may be underway in. */
void uartsSleep(void);

/* So many bytes at the end of what comes arrive one by one, each as somebody has asked how much has come. */
void uartInputComesLate(uint32_t byteLength);

/* The board has closed all ports. */
void uartsForget(void);

#endif
