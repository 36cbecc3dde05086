#include "device.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cpu.h"

#define FAULT_TEXT_BYTES 500

static double lastHandle;
static void (*first)(void);

void deviceCallFirst(void (*function)(void)) { first = function; }

struct reply deviceCall(const struct call *call) {
  if (first != NULL) first();
  const struct reply reply = portCall(call);
  if (reply.kind == REPLY_ABORT) cpuAbandon();
  return reply;
}

struct reply device(uint8_t operation, double a, double b) {
  const struct call call = {.operation = operation, .a = a, .b = b};
  return deviceCall(&call);
}

struct reply deviceText(uint8_t operation, double a, double b, const char *text) {
  const struct call call = {
      .operation = operation, .a = a, .b = b, .bytes = (const uint8_t *)text, .byteLength = strlen(text)};
  return deviceCall(&call);
}

double deviceNumber(uint8_t operation, double a, double b) {
  const struct reply reply = device(operation, a, b);
  return reply.kind == REPLY_NUMBER ? reply.number : 0;
}

double deviceHandle(void) { return lastHandle; }

void deviceOpened(double handle) { lastHandle = handle; }

void fault(const char *format, ...) {
  char text[FAULT_TEXT_BYTES] = "the chip: ";
  const size_t used = strlen(text);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text + used, sizeof text - used, format, arguments);
  va_end(arguments);
  deviceText(OPERATION_PANIC, 0, 0, text);
  cpuAbandon();
}
