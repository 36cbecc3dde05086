#ifndef TALLY_DOUBLE_DRIVER_UART_SELECT_H
#define TALLY_DOUBLE_DRIVER_UART_SELECT_H

#include "driver/uart.h"

typedef enum { UART_SELECT_READ_NOTIF, UART_SELECT_WRITE_NOTIF, UART_SELECT_ERROR_NOTIF } uart_select_notif_t;
typedef void (*uart_select_notif_callback_t)(uart_port_t uart, uart_select_notif_t notification, BaseType_t *hasWoken);

/* Called from the interrupt: what has come is in the buffer, a write has gone out of it, input was lost. */
void uart_set_select_notif_callback(uart_port_t uart, uart_select_notif_callback_t callback);

#endif
