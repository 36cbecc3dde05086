#include "port.h"

#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "transport.h"

#define LENGTH_BYTES 4u
#define CALL_HEADER_BYTES (LENGTH_BYTES + 1 + 3 * sizeof(double) + 1)
#define REPLY_HEADER_BYTES (LENGTH_BYTES + 1)
#define EVENT_BYTES (1 + 3 * sizeof(double))

/* Outside the arena: the frames belong to the line, not to the meter. */
static uint8_t frame[CALL_HEADER_BYTES + PORT_CONTENT_BYTES];

_Static_assert(sizeof(double) == 8, "numbers cross the boundary as IEEE 754 doubles");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "numbers are copied as they are");

static double readNumber(const uint8_t *source) {
  double value;
  memcpy(&value, source, sizeof value);
  return value;
}

static void send(const struct call *call) {
  const uint32_t length = (uint32_t)(CALL_HEADER_BYTES - LENGTH_BYTES + call->byteLength);
  const double numbers[3] = {call->a, call->b, call->c};
  memcpy(frame, &length, LENGTH_BYTES);
  frame[LENGTH_BYTES] = call->operation;
  memcpy(frame + LENGTH_BYTES + 1, numbers, sizeof numbers);
  frame[CALL_HEADER_BYTES - 1] = call->bytes ? 1 : 0;
  if (call->byteLength) memcpy(frame + CALL_HEADER_BYTES, call->bytes, call->byteLength);
  transportWrite(frame, LENGTH_BYTES + length);
}

/* Returns the length of what follows the kind. */
static size_t receive(void) {
  const size_t taken = transportRead(frame, REPLY_HEADER_BYTES, sizeof frame);
  uint32_t length;
  memcpy(&length, frame, LENGTH_BYTES);
  const size_t whole = LENGTH_BYTES + (size_t)length;
  if (length < 1 || whole > sizeof frame || taken > whole)
    fail("a reply has a wrong length (%lu)", (unsigned long)length);
  if (taken < whole) transportRead(frame + taken, whole - taken, whole - taken);
  return length - 1;
}

struct reply portCall(const struct call *call) {
  send(call);
  const size_t byteLength = receive();
  const uint8_t *content = frame + REPLY_HEADER_BYTES;
  struct reply reply = {.kind = frame[LENGTH_BYTES]};
  switch (reply.kind) {
    case REPLY_UNDEFINED:
    case REPLY_ABORT:
      return reply;
    case REPLY_NUMBER:
      if (byteLength != sizeof(double)) break;
      reply.number = readNumber(content);
      return reply;
    case REPLY_BYTES:
      reply.bytes = content;
      reply.byteLength = byteLength;
      return reply;
    case REPLY_EVENT:
      if (byteLength != EVENT_BYTES || call->operation != OPERATION_IDLE) break;
      reply.event = content[0];
      reply.ticks = readNumber(content + 1);
      reply.a = readNumber(content + 1 + sizeof(double));
      reply.b = readNumber(content + 1 + 2 * sizeof(double));
      return reply;
    case REPLY_END:
      exit(EXIT_SUCCESS);
  }
  fail("a reply of kind %d does not fit operation %d", (int)reply.kind, (int)call->operation);
}

struct reply portIdle(struct costs costs) {
  const struct call idle = {
      .operation = OPERATION_IDLE, .bytes = (const uint8_t *)&costs, .byteLength = sizeof costs};
  const struct reply reply = portCall(&idle);
  if (reply.kind != REPLY_EVENT) fail("kind %d is no event", (int)reply.kind);
  return reply;
}
