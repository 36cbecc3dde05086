#ifndef TALLY_DOUBLE_DRIVER_UART_H
#define TALLY_DOUBLE_DRIVER_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"
#include "freertos/FreeRTOS.h"
#include "soc/soc_caps.h"

#define UART_NUM_MAX SOC_UART_NUM
#define UART_PIN_NO_CHANGE (-1)
#define UART_SCLK_DEFAULT 0

typedef int uart_port_t;
typedef enum { UART_DATA_5_BITS, UART_DATA_6_BITS, UART_DATA_7_BITS, UART_DATA_8_BITS } uart_word_length_t;
typedef enum { UART_STOP_BITS_1 = 1, UART_STOP_BITS_1_5, UART_STOP_BITS_2 } uart_stop_bits_t;
typedef enum { UART_PARITY_DISABLE = 0, UART_PARITY_EVEN = 2, UART_PARITY_ODD = 3 } uart_parity_t;
typedef enum { UART_HW_FLOWCTRL_DISABLE, UART_HW_FLOWCTRL_RTS, UART_HW_FLOWCTRL_CTS } uart_hw_flowcontrol_t;
typedef enum { UART_MODE_UART, UART_MODE_RS485_HALF_DUPLEX } uart_mode_t;

typedef struct {
  int baud_rate;
  uart_word_length_t data_bits;
  uart_parity_t parity;
  uart_stop_bits_t stop_bits;
  uart_hw_flowcontrol_t flow_ctrl;
  uint8_t rx_flow_ctrl_thresh;
  int source_clk;
} uart_config_t;

/* Buffers of more than the FIFO's 128 bytes, or 0 for no buffer to send from. */
esp_err_t uart_driver_install(uart_port_t uart, int receiveBytes, int sendBytes, int queueLength, void *queue, int flags);
esp_err_t uart_driver_delete(uart_port_t uart);
bool uart_is_driver_installed(uart_port_t uart);
esp_err_t uart_param_config(uart_port_t uart, const uart_config_t *config);
esp_err_t uart_set_pin(uart_port_t uart, int transmit, int receive, int request, int clear);
esp_err_t uart_set_mode(uart_port_t uart, uart_mode_t mode);
/* Refused beyond 126 symbols. */
esp_err_t uart_set_rx_timeout(uart_port_t uart, uint8_t symbols);
esp_err_t uart_get_buffered_data_len(uart_port_t uart, size_t *byteLength);
/* Returns how many bytes; -1 without a driver. */
int uart_read_bytes(uart_port_t uart, void *target, uint32_t byteLength, TickType_t ticksToWait);
/* Waits for room in the buffer. */
int uart_write_bytes(uart_port_t uart, const void *source, size_t byteLength);
/* Does not wait: returns how many the FIFO has taken. */
int uart_tx_chars(uart_port_t uart, const char *source, uint32_t byteLength);
esp_err_t uart_wait_tx_done(uart_port_t uart, TickType_t ticksToWait);

#endif
