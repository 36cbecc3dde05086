/*
 * Not the SDK's Digital: its close resets the pin, which connects the pull-up (gpio_reset_pin in driver/gpio.h), and a
 * pull-up on an idle H-bridge input is a command to the valve.
 */
#include "../event/event.h"
#include "builtinCommon.h"
#include "driver/gpio.h"
#include "esp_private/gpio.h"
#include "xsHost.h"
#include "xsmc.h"

struct outputLine {
  gpio_num_t gpio;
  uint32_t isActiveLow;
};

/* `source` comes first: it stands for the whole. */
struct inputLine {
  struct eventSource source;
  xsSlot object;
  xsSlot *onReadable;
  gpio_num_t gpio;
  uint32_t isActiveLow;
};

static void drive(const struct outputLine *line, uint32_t level) {
  gpio_set_level(line->gpio, level ^ line->isActiveLow);
}

/* The pin goes on being driven, to the idle level. */
void xs_tally_digital_outputDestructor(void *data) {
  struct outputLine *line = data;
  if (line == NULL) return;
  drive(line, 0);
  builtinFreePin((uint32_t)line->gpio);
  c_free(line);
}

void xs_tally_digital_openOutput(xsMachine *the) {
  const struct outputLine line = {
      .gpio = (gpio_num_t)xsmcToInteger(xsArg(0)),
      .isActiveLow = xsmcToBoolean(xsArg(1)) ? 1 : 0,
  };
  const int level = xsmcToInteger(xsArg(2));
  if (!GPIO_IS_VALID_OUTPUT_GPIO(line.gpio) || !builtinIsPinFree((uint32_t)line.gpio)) return;
  struct outputLine *kept = c_malloc(sizeof line);
  if (kept == NULL) return;
  *kept = line;
  /* The level first, so that the pin is at no moment driven otherwise. */
  drive(kept, (uint32_t)level);
  gpio_set_direction(line.gpio, GPIO_MODE_OUTPUT);
  gpio_set_pull_mode(line.gpio, GPIO_FLOATING);
  /* Direction and resistors leave a pin of the USB port to that. */
  gpio_func_sel(line.gpio, PIN_FUNC_GPIO);
  builtinUsePin((uint32_t)line.gpio);
  xsmcSetHostData(xsThis, kept);
}

void xs_tally_digital_write(xsMachine *the) {
  drive(xsmcGetHostDataValidate(xsThis, xs_tally_digital_outputDestructor), xsmcToInteger(xsArg(0)) != 0);
}

void xs_tally_digital_closeOutput(xsMachine *the) {
  xs_tally_digital_outputDestructor(xsmcGetHostDataValidate(xsThis, xs_tally_digital_outputDestructor));
  xsmcSetHostData(xsThis, NULL);
}

static void deliver(xsMachine *the, struct eventSource *source) {
  eventCall(the, ((struct inputLine *)source)->onReadable);
}

static void interrupt(void *source) { eventSignal(source); }

/* Returns 0 when nobody would be told of a change. */
static int listen(struct inputLine *line) {
  /* Refused when somebody else has installed it, which does as well. */
  gpio_install_isr_service(0);
  if (gpio_isr_handler_add(line->gpio, interrupt, &line->source) != ESP_OK) return 0;
  eventSourceAdd(&line->source);
  gpio_set_intr_type(line->gpio, GPIO_INTR_ANYEDGE);
  gpio_intr_enable(line->gpio);
  return 1;
}

void xs_tally_digital_inputDestructor(void *data) {
  struct inputLine *line = data;
  if (line == NULL) return;
  if (line->onReadable != NULL) {
    gpio_intr_disable(line->gpio);
    gpio_isr_handler_remove(line->gpio);
    eventSourceRemove(&line->source);
  }
  builtinFreePin((uint32_t)line->gpio);
  c_free(line);
}

static void markInput(xsMachine *the, void *data, xsMarkRoot markRoot) {
  const struct inputLine *line = data;
  if (line->onReadable != NULL) (*markRoot)(the, line->onReadable);
}

static const xsHostHooks inputHooks ICACHE_RODATA_ATTR = {xs_tally_digital_inputDestructor, markInput, NULL};

void xs_tally_digital_openInput(xsMachine *the) {
  static const gpio_pull_mode_t pulls[] = {GPIO_FLOATING, GPIO_PULLUP_ONLY, GPIO_PULLDOWN_ONLY};
  const struct inputLine line = {
      .source = {.deliver = deliver, .the = the},
      .object = xsThis,
      .onReadable = xsmcTest(xsArg(3)) ? xsmcToReference(xsArg(3)) : NULL,
      .gpio = (gpio_num_t)xsmcToInteger(xsArg(0)),
      .isActiveLow = xsmcToBoolean(xsArg(1)) ? 1 : 0,
  };
  const gpio_pull_mode_t pull = pulls[xsmcToInteger(xsArg(2))];
  if (!GPIO_IS_VALID_GPIO(line.gpio) || !builtinIsPinFree((uint32_t)line.gpio)) return;
  struct inputLine *kept = c_malloc(sizeof line);
  if (kept == NULL) return;
  *kept = line;
  gpio_func_sel(line.gpio, PIN_FUNC_GPIO);
  gpio_set_direction(line.gpio, GPIO_MODE_INPUT);
  /* The pins that have no output driver have no resistors either. */
  if (GPIO_IS_VALID_OUTPUT_GPIO(line.gpio)) gpio_set_pull_mode(line.gpio, pull);
  if (kept->onReadable != NULL && !listen(kept)) {
    c_free(kept);
    return;
  }
  builtinUsePin((uint32_t)line.gpio);
  xsmcSetHostData(xsThis, kept);
  xsSetHostHooks(xsThis, (xsHostHooks *)&inputHooks);
  xsRemember(kept->object);
}

void xs_tally_digital_isOpen(xsMachine *the) { xsmcSetBoolean(xsResult, xsmcGetHostData(xsThis) != NULL); }

void xs_tally_digital_read(xsMachine *the) {
  const struct inputLine *line = xsmcGetHostDataValidate(xsThis, (void *)&inputHooks);
  xsmcSetInteger(xsResult, gpio_get_level(line->gpio) ^ (int)line->isActiveLow);
}

void xs_tally_digital_closeInput(xsMachine *the) {
  struct inputLine *line = xsmcGetHostDataValidate(xsThis, (void *)&inputHooks);
  xsForget(line->object);
  xs_tally_digital_inputDestructor(line);
  xsmcSetHostData(xsThis, NULL);
}
