/* Over ESP-IDF's UART driver, which buffers both ways and switches an RS-485 transceiver in step with the last bit. */
#include "../event/event.h"
#include "builtinCommon.h"
#include "driver/gpio.h"
#include "driver/uart.h"
#include "driver/uart_select.h"
#include "esp_attr.h"
#include "esp_intr_alloc.h"
#include "esp_private/gpio.h"
#include "sdkconfig.h"
#include "xsHost.h"
#include "xsmc.h"

#if !CONFIG_UART_ISR_IN_IRAM
#error "sdkconfig: CONFIG_UART_ISR_IN_IRAM=y is needed, or what comes while flash is erased is lost"
#endif

#define BUFFER_BYTES 2048
/* In symbols: what has come is reported after so long a silence, if no more than the FIFO's threshold has. */
#define SILENCE_SYMBOLS 3
#define CLOSING_MILLISECONDS 1000

/* `source` comes first: it stands for the whole. */
struct port {
  struct eventSource source;
  xsSlot object;
  xsSlot *onReadable;
  xsSlot *onError;
  uart_port_t uart;
  int transmit;
  int receive;
  int direction;
  volatile uint32_t hasLostInput;
};

static struct port *ports[UART_NUM_MAX];

/* From the driver's interrupt (driver/uart_select.h), which is served while flash is being written. */
static void IRAM_ATTR notify(uart_port_t uart, uart_select_notif_t notification, BaseType_t *hasWoken) {
  (void)hasWoken;
  if (ports[uart] == NULL || notification == UART_SELECT_WRITE_NOTIF) return;
  if (notification == UART_SELECT_ERROR_NOTIF) ports[uart]->hasLostInput = 1;
  eventSignal(&ports[uart]->source);
}

/* 0 when a callback has closed the port. */
static size_t buffered(const struct port *port, uart_port_t uart) {
  size_t byteLength = 0;
  if (ports[uart] != port || uart_get_buffered_data_len(uart, &byteLength) != ESP_OK) return 0;
  return byteLength;
}

static void deliver(xsMachine *the, struct eventSource *source) {
  struct port *port = (struct port *)source;
  const uart_port_t uart = port->uart;
  if (port->hasLostInput) {
    port->hasLostInput = 0;
    eventCall(the, port->onError);
  }
  /*
   * A piece that found no room in the driver's buffer goes there as somebody reads, and no interrupt says so: what is
   * there after the callback, and was not before, is told as well.
   */
  size_t told = 0;
  for (size_t byteLength = buffered(port, uart); byteLength != told; byteLength = buffered(port, uart)) {
    told = byteLength;
    if (byteLength > 0) eventCallWithInteger(the, port->onReadable, (int32_t)byteLength);
  }
}

static void usePins(const struct port *port) {
  builtinUsePin((uint32_t)port->transmit);
  builtinUsePin((uint32_t)port->receive);
  if (port->direction >= 0) builtinUsePin((uint32_t)port->direction);
}

void xs_tally_serial_destructor(void *data) {
  struct port *port = data;
  if (port == NULL) return;
  uart_set_select_notif_callback(port->uart, NULL);
  ports[port->uart] = NULL;
  eventSourceRemove(&port->source);
  uart_driver_delete(port->uart);
  builtinFreePin((uint32_t)port->transmit);
  builtinFreePin((uint32_t)port->receive);
  if (port->direction >= 0) builtinFreePin((uint32_t)port->direction);
  c_free(port);
}

static void markPort(xsMachine *the, void *data, xsMarkRoot markRoot) {
  const struct port *port = data;
  (*markRoot)(the, port->onReadable);
  (*markRoot)(the, port->onError);
}

static const xsHostHooks portHooks ICACHE_RODATA_ATTR = {xs_tally_serial_destructor, markPort, NULL};

static int areLinesFree(const struct port *port) {
  return port->uart >= 0 && port->uart < UART_NUM_MAX && ports[port->uart] == NULL &&
         !uart_is_driver_installed(port->uart) && GPIO_IS_VALID_OUTPUT_GPIO(port->transmit) &&
         GPIO_IS_VALID_GPIO(port->receive) && builtinIsPinFree((uint32_t)port->transmit) &&
         builtinIsPinFree((uint32_t)port->receive) &&
         (port->direction < 0 ||
          (GPIO_IS_VALID_OUTPUT_GPIO(port->direction) && builtinIsPinFree((uint32_t)port->direction)));
}

static int openUart(const struct port *port, int baud, uart_parity_t parity) {
  const uart_config_t config = {
      .baud_rate = baud,
      .data_bits = UART_DATA_8_BITS,
      .parity = parity,
      .stop_bits = UART_STOP_BITS_1,
      .flow_ctrl = UART_HW_FLOWCTRL_DISABLE,
      .source_clk = UART_SCLK_DEFAULT,
  };
  const int request = port->direction >= 0 ? port->direction : UART_PIN_NO_CHANGE;
  const uart_mode_t mode = port->direction >= 0 ? UART_MODE_RS485_HALF_DUPLEX : UART_MODE_UART;
  if (uart_driver_install(port->uart, BUFFER_BYTES, BUFFER_BYTES, 0, NULL, ESP_INTR_FLAG_IRAM) != ESP_OK) return 0;
  /* The driver leaves it to USB where that has it. */
  gpio_func_sel(port->receive, PIN_FUNC_GPIO);
  if (uart_param_config(port->uart, &config) == ESP_OK &&
      uart_set_pin(port->uart, port->transmit, port->receive, request, UART_PIN_NO_CHANGE) == ESP_OK &&
      uart_set_mode(port->uart, mode) == ESP_OK && uart_set_rx_timeout(port->uart, SILENCE_SYMBOLS) == ESP_OK)
    return 1;
  uart_driver_delete(port->uart);
  return 0;
}

void xs_tally_serial_open(xsMachine *the) {
  static const uart_parity_t parities[] = {UART_PARITY_DISABLE, UART_PARITY_EVEN, UART_PARITY_ODD};
  const struct port port = {
      .source = {.deliver = deliver, .the = the},
      .object = xsThis,
      .onReadable = xsmcToReference(xsArg(6)),
      .onError = xsmcToReference(xsArg(7)),
      .uart = (uart_port_t)xsmcToInteger(xsArg(0)),
      .transmit = xsmcToInteger(xsArg(1)),
      .receive = xsmcToInteger(xsArg(2)),
      .direction = xsmcToInteger(xsArg(3)),
  };
  const int baud = xsmcToInteger(xsArg(4));
  const uart_parity_t parity = parities[xsmcToInteger(xsArg(5))];
  if (!areLinesFree(&port)) return;
  struct port *kept = c_malloc(sizeof port);
  if (kept == NULL || !openUart(&port, baud, parity)) {
    c_free(kept);
    return;
  }
  *kept = port;
  usePins(kept);
  xsmcSetHostData(xsThis, kept);
  xsSetHostHooks(xsThis, (xsHostHooks *)&portHooks);
  xsRemember(kept->object);
  eventSourceAdd(&kept->source);
  ports[kept->uart] = kept;
  uart_set_select_notif_callback(kept->uart, notify);
}

void xs_tally_serial_isOpen(xsMachine *the) { xsmcSetBoolean(xsResult, xsmcGetHostData(xsThis) != NULL); }

void xs_tally_serial_read(xsMachine *the) {
  const struct port *port = xsmcGetHostDataValidate(xsThis, (void *)&portHooks);
  size_t byteLength = 0;
  if (uart_get_buffered_data_len(port->uart, &byteLength) != ESP_OK || byteLength == 0) return;
  void *bytes = xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)byteLength);
  uart_read_bytes(port->uart, bytes, byteLength, 0);
}

/* Waits only for what exceeds the buffer. */
void xs_tally_serial_write(xsMachine *the) {
  const struct port *port = xsmcGetHostDataValidate(xsThis, (void *)&portHooks);
  void *bytes;
  xsUnsignedValue byteLength;
  xsmcGetBufferReadable(xsArg(0), &bytes, &byteLength);
  uart_write_bytes(port->uart, bytes, byteLength);
}

void xs_tally_serial_close(xsMachine *the) {
  struct port *port = xsmcGetHostDataValidate(xsThis, (void *)&portHooks);
  uart_wait_tx_done(port->uart, pdMS_TO_TICKS(CLOSING_MILLISECONDS));
  xsForget(port->object);
  xs_tally_serial_destructor(port);
  xsmcSetHostData(xsThis, NULL);
}
