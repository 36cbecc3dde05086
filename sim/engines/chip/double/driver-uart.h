/* What the board does to the UARTs. */
#ifndef TALLY_DRIVER_UART_H
#define TALLY_DRIVER_UART_H

/* Something has come for the port that the board knows by this handle, or was lost. */
void uartReadable(double handle);
void uartError(double handle);

/* Runs the interrupts that were held off while flash was written. */
void uartsServe(void);

void uartsReset(void);

/* The board has closed all ports. */
void uartsForget(void);

#endif
