#include "driver/uart.h"

#include <string.h>

#include "busy-flash.h"
#include "chip-time.h"
#include "device.h"
#include "pads.h"
#include "refusals.h"
#include "driver-uart.h"
#include "sdkconfig.h"
#include "driver/uart_select.h"
#include "wiring.h"

#define FIFO_BYTES 128
/* So many bytes in the FIFO raise the interrupt; a pause of the line does it for fewer. */
#define THRESHOLD_BYTES 120
#define MOST_BUFFER_BYTES 8192

/*
 * What comes goes from the FIFO to the buffer, threshold by threshold. Once a piece finds no room it is stashed and the
 * interrupt stays off until somebody reads; then the FIFO fills. What comes when that is full is gone, and the interrupt
 * that tells of it throws away what is in there.
 */
struct uart {
  int isInstalled;
  uart_config_t config;
  int transmit;
  int receive;
  int request;
  uart_mode_t mode;
  uart_select_notif_callback_t notify;
  double handle; /* of the simulated board, 0 for none */
  uint8_t buffer[MOST_BUFFER_BYTES];
  size_t bufferBytes;
  size_t first;
  size_t used;
  uint8_t stash[FIFO_BYTES];
  size_t stashed;
  uint8_t fifo[FIFO_BYTES];
  size_t waiting;
  int hasOverflown;
  /* When the last bit of what was written has gone. */
  uint64_t sentMicroseconds;
};

static struct uart uarts[UART_NUM_MAX];
/* So many bytes at the end of what comes arrive one by one, each as somebody has asked how much has come. */
static size_t lateBytes;
static uint8_t late[FIFO_BYTES];
static size_t lateUsed;
static size_t lateNext;

void uartInputComesLate(uint32_t byteLength) { lateBytes = byteLength < FIFO_BYTES ? byteLength : FIFO_BYTES; }

void uartsReset(void) { memset(uarts, 0, sizeof uarts); }

void uartsForget(void) {
  for (int port = 0; port < UART_NUM_MAX; port++) uarts[port].handle = 0;
}

static struct uart *installed(uart_port_t port) {
  return port >= 0 && port < UART_NUM_MAX && uarts[port].isInstalled ? &uarts[port] : NULL;
}

static void notify(struct uart *uart, uart_select_notif_t notification) {
  BaseType_t hasWoken = 0;
  if (uart->notify == NULL) return;
  flashRequireInRam((const void *)uart->notify);
  uart->notify((uart_port_t)(uart - uarts), notification, &hasWoken);
}

/* All of it or nothing. */
static int buffer(struct uart *uart, const uint8_t *bytes, size_t byteLength) {
  if (byteLength > uart->bufferBytes - uart->used) return 0;
  for (size_t index = 0; index < byteLength; index++)
    uart->buffer[(uart->first + uart->used++) % uart->bufferBytes] = bytes[index];
  return 1;
}

/* CONFIG_UART_ISR_IN_IRAM decides, whatever the driver's flags say (uart.c). */
static int isHeldOff(void) {
#if CONFIG_UART_ISR_IN_IRAM
  return 0;
#else
  return flashIsBusy();
#endif
}

static void moveFifo(struct uart *uart) {
  const size_t byteLength = uart->waiting;
  uart->waiting = 0;
  if (!buffer(uart, uart->fifo, byteLength)) {
    memcpy(uart->stash, uart->fifo, byteLength);
    uart->stashed = byteLength;
  }
  notify(uart, UART_SELECT_READ_NOTIF);
}

static void interrupt(struct uart *uart) {
  if (isHeldOff()) return;
  if (uart->waiting > 0 && uart->stashed == 0) moveFifo(uart);
  if (!uart->hasOverflown) return;
  uart->hasOverflown = 0;
  uart->waiting = 0;
  notify(uart, UART_SELECT_ERROR_NOTIF);
}

static void receive(struct uart *uart, uint8_t byte) {
  if (uart->waiting < FIFO_BYTES)
    uart->fifo[uart->waiting++] = byte;
  else
    uart->hasOverflown = 1;
  if (uart->hasOverflown || uart->waiting >= THRESHOLD_BYTES) interrupt(uart);
}

void uartsServe(void) {
  for (int port = 0; port < UART_NUM_MAX; port++) interrupt(&uarts[port]);
}

void uartReadable(double handle) {
  for (int port = 0; port < UART_NUM_MAX; port++) {
    struct uart *uart = &uarts[port];
    if (handle == 0 || uart->handle != handle) continue;
    const struct reply reply = device(DEVICE_SERIAL_READ, handle, 0);
    if (reply.kind != REPLY_BYTES) return;
    padRefuseUsb(uart->receive);
    const size_t inTime = reply.byteLength > lateBytes ? reply.byteLength - lateBytes : reply.byteLength;
    for (size_t index = 0; index < inTime; index++) receive(uart, reply.bytes[index]);
    interrupt(uart); /* the line is silent */
    lateUsed = reply.byteLength - inTime;
    lateNext = 0;
    memcpy(late, reply.bytes + inTime, lateUsed);
  }
}

void uartError(double handle) {
  for (int port = 0; port < UART_NUM_MAX; port++)
    if (handle != 0 && uarts[port].handle == handle) notify(&uarts[port], UART_SELECT_ERROR_NOTIF);
}

esp_err_t uart_driver_install(uart_port_t port, int receiveBytes, int sendBytes, int queueLength, void *queue,
                              int flags) {
  if (isRefused(__func__)) return ESP_FAIL;
  (void)queueLength, (void)queue, (void)flags;
  if (port < 0 || port >= UART_NUM_MAX || receiveBytes <= FIFO_BYTES || receiveBytes > MOST_BUFFER_BYTES ||
      (sendBytes != 0 && sendBytes <= FIFO_BYTES))
    return ESP_FAIL;
  if (uarts[port].isInstalled) return ESP_FAIL;
  uarts[port] = (struct uart){
      .isInstalled = 1,
      .bufferBytes = (size_t)receiveBytes,
      .transmit = UART_PIN_NO_CHANGE,
      .receive = UART_PIN_NO_CHANGE,
      .request = UART_PIN_NO_CHANGE,
  };
  return ESP_OK;
}

static void requireSent(const struct uart *uart, const char *what) {
  if (uart->isInstalled && uart->sentMicroseconds > chipMicroseconds())
    fault("%s before the last byte that was written to UART %d has gone", what, (int)(uart - uarts));
}

void uartsSleep(void) {
  for (int port = 0; port < UART_NUM_MAX; port++) requireSent(&uarts[port], "the chip sleeps");
}

esp_err_t uart_driver_delete(uart_port_t port) {
  struct uart *uart = installed(port);
  if (uart == NULL) return ESP_OK;
  requireSent(uart, "the driver goes");
  const double handle = uart->handle;
  *uart = (struct uart){0};
  if (handle != 0) device(DEVICE_SERIAL_CLOSE, handle, 0);
  return ESP_OK;
}

bool uart_is_driver_installed(uart_port_t port) { return installed(port) != NULL; }

esp_err_t uart_param_config(uart_port_t port, const uart_config_t *config) {
  if (port < 0 || port >= UART_NUM_MAX || config->data_bits != UART_DATA_8_BITS) return ESP_FAIL;
  uarts[port].config = *config;
  return ESP_OK;
}

static int parityIndex(uart_parity_t parity) {
  switch (parity) {
    case UART_PARITY_EVEN:
      return 1;
    case UART_PARITY_ODD:
      return 2;
    default:
      return 0;
  }
}

/* A port is the board's once its driver is there and its pins are those of the port's wires. */
static esp_err_t connect(struct uart *uart) {
  const struct uartWires *wires = wiringUart(uart->transmit, uart->receive);
  if (wires == NULL || uart->handle != 0) return ESP_OK;
  if (uart->config.stop_bits != UART_STOP_BITS_1) fault("what %s is wired to sends one stop bit", wires->name);
  const struct reply reply =
      deviceText(DEVICE_SERIAL_OPEN, uart->config.baud_rate, parityIndex(uart->config.parity), wires->name);
  if (reply.kind != REPLY_NUMBER) fault("port %s is open already", wires->name);
  uart->handle = reply.number;
  /* Of the two the driver gives the matrix's function to the pin that sends only (gpio_hal.c). */
  padAt(uart->transmit)->isUsb = 0;
  deviceOpened(reply.number);
  return ESP_OK;
}

esp_err_t uart_set_pin(uart_port_t port, int transmit, int receivePin, int request, int clear) {
  if (isRefused(__func__)) return ESP_FAIL;
  struct uart *uart = installed(port);
  (void)clear;
  if (uart == NULL) return ESP_FAIL;
  if (transmit != UART_PIN_NO_CHANGE) uart->transmit = transmit;
  if (receivePin != UART_PIN_NO_CHANGE) uart->receive = receivePin;
  if (request != UART_PIN_NO_CHANGE) uart->request = request;
  return connect(uart);
}

esp_err_t uart_set_mode(uart_port_t port, uart_mode_t mode) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (installed(port) == NULL) return ESP_ERR_INVALID_STATE;
  uarts[port].mode = mode;
  return ESP_OK;
}

esp_err_t uart_set_rx_timeout(uart_port_t port, uint8_t symbols) {
  if (installed(port) == NULL) return ESP_FAIL;
  return symbols > 126 ? ESP_ERR_INVALID_ARG : ESP_OK;
}

void uart_set_select_notif_callback(uart_port_t port, uart_select_notif_callback_t callback) {
  if (installed(port) != NULL) uarts[port].notify = callback;
}

esp_err_t uart_get_buffered_data_len(uart_port_t port, size_t *byteLength) {
  const struct uart *uart = installed(port);
  if (uart == NULL) return ESP_FAIL;
  *byteLength = uart->used;
  if (lateNext < lateUsed) {
    receive(&uarts[port], late[lateNext++]);
    interrupt(&uarts[port]);
  }
  return ESP_OK;
}

static size_t take(struct uart *uart, uint8_t *target, size_t byteLength) {
  size_t taken = 0;
  while (taken < byteLength && uart->used > 0) {
    target[taken++] = uart->buffer[uart->first];
    uart->first = (uart->first + 1) % uart->bufferBytes;
    uart->used--;
  }
  return taken;
}

int uart_read_bytes(uart_port_t port, void *target, uint32_t byteLength, TickType_t ticksToWait) {
  struct uart *uart = installed(port);
  (void)ticksToWait;
  if (uart == NULL || target == NULL) return -1;
  const size_t taken = take(uart, target, byteLength);
  if (uart->stashed > 0 && buffer(uart, uart->stash, uart->stashed)) {
    uart->stashed = 0;
    interrupt(uart);
  }
  return (int)taken;
}

/* A transceiver of RS-485 sends while the driver holds its direction pin. */
static int isSent(const struct uart *uart) {
  const struct uartWires *wires = wiringUart(uart->transmit, uart->receive);
  if (wires == NULL || wires->direction < 0) return 1;
  return uart->mode == UART_MODE_RS485_HALF_DUPLEX && uart->request == wires->direction;
}

/* Start, eight bits, parity, stop. What is written goes one after the other, while the software goes on. */
static void send(struct uart *uart, size_t byteLength) {
  const uint64_t now = chipMicroseconds();
  const uint64_t start = uart->sentMicroseconds > now ? uart->sentMicroseconds : now;
  const uint64_t bits = byteLength * (uart->config.parity == UART_PARITY_DISABLE ? 10u : 11u);
  uart->sentMicroseconds = start + bits * 1000000u / (uint64_t)uart->config.baud_rate;
}

int uart_write_bytes(uart_port_t port, const void *source, size_t byteLength) {
  struct uart *uart = installed(port);
  if (uart == NULL || source == NULL) return -1;
  const struct call call = {
      .operation = DEVICE_SERIAL_WRITE, .a = uart->handle, .bytes = source, .byteLength = byteLength};
  send(uart, byteLength);
  if (uart->handle != 0 && isSent(uart)) deviceCall(&call);
  notify(&uarts[port], UART_SELECT_WRITE_NOTIF);
  return (int)byteLength;
}

/* As much of it as the FIFO has room for. */
int uart_tx_chars(uart_port_t port, const char *source, uint32_t byteLength) {
  return uart_write_bytes(port, source, byteLength < FIFO_BYTES ? byteLength : FIFO_BYTES);
}

/* As every call it takes no time here: all has gone that goes in as long as it may wait. */
esp_err_t uart_wait_tx_done(uart_port_t port, TickType_t ticksToWait) {
  struct uart *uart = installed(port);
  if (uart == NULL) return ESP_FAIL;
  const uint64_t end = chipMicroseconds() + (uint64_t)ticksToWait * 1000000u / CONFIG_FREERTOS_HZ;
  if (uart->sentMicroseconds > end) return ESP_ERR_TIMEOUT;
  uart->sentMicroseconds = 0;
  return ESP_OK;
}
