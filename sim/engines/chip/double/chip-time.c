#include "chip-time.h"

#include <stdlib.h>
#include <string.h>

#include "device.h"

#define EDGE_BYTES (sizeof(double) + sizeof(uint32_t))
#define HEAD_BYTES (sizeof(double) + 2 * sizeof(uint32_t))
#define NEVER 1e300

static double clockMicroseconds;
static double worldMicroseconds;
static uint32_t contacts;
static struct poller *pollers[2];
/* In the world's time. */
static double interruptsEndMicroseconds = NEVER;

uint64_t chipMicroseconds(void) { return (uint64_t)clockMicroseconds; }

uint32_t contactsNow(void) { return contacts; }

void pollersSet(struct poller *interrupt, struct poller *core) {
  pollers[0] = interrupt;
  pollers[1] = core;
}

void pollerStart(struct poller *poller, uint64_t periodMicroseconds) {
  poller->periodMicroseconds = periodMicroseconds;
  poller->nextMicroseconds = worldMicroseconds + (double)periodMicroseconds;
  poller->isRunning = 1;
}

void pollerStop(struct poller *poller) { poller->isRunning = 0; }

void pollerHurry(struct poller *poller) {
  if (!poller->isRunning) return;
  poller->poll();
  poller->nextMicroseconds += (double)poller->periodMicroseconds;
}

static struct poller *soonest(void) {
  struct poller *first = NULL;
  for (int index = 0; index < 2; index++) {
    struct poller *poller = pollers[index];
    if (poller == NULL || !poller->isRunning) continue;
    if (index == 0 && poller->nextMicroseconds >= interruptsEndMicroseconds) continue;
    if (first == NULL || poller->nextMicroseconds < first->nextMicroseconds) first = poller;
  }
  return first;
}

/* Those polls of `poller` before `until` that need not be made one by one. */
static void skip(struct poller *poller, double until) {
  if (poller->skip == NULL || until <= poller->nextMicroseconds) return;
  const uint64_t polls = (uint64_t)((until - poller->nextMicroseconds) / (double)poller->periodMicroseconds);
  if (polls > 0) poller->nextMicroseconds += (double)(poller->skip(polls) * poller->periodMicroseconds);
}

/* All polls before `until`, with the contacts as they are; a poll at the moment of an edge finds what comes after it. */
static void pollUntil(double until) {
  for (struct poller *poller = soonest(); poller != NULL && poller->nextMicroseconds < until; poller = soonest()) {
    poller->poll();
    poller->nextMicroseconds += (double)poller->periodMicroseconds;
    skip(poller, until);
  }
}

static double number(const uint8_t *source) {
  double value;
  memcpy(&value, source, sizeof value);
  return value;
}

static uint32_t word(const uint8_t *source) {
  uint32_t value;
  memcpy(&value, source, sizeof value);
  return value;
}

/*
 * Follows a part of what the contacts did: f64 now, u32 whether there is more, u32 contacts before the first edge,
 * then f64 time and u32 contacts of each edge. Returns whether there is more.
 */
static int followPart(double startMicroseconds) {
  const struct reply reply = device(OPERATION_CONTACTS, 0, 0);
  if (reply.kind != REPLY_BYTES || reply.byteLength < HEAD_BYTES) fault("the board does not tell its contacts");
  const size_t byteLength = reply.byteLength;
  uint8_t *const part = malloc(byteLength);
  if (part == NULL) fault("no memory for what the contacts did");
  memcpy(part, reply.bytes, byteLength);
  worldMicroseconds = number(part);
  if (startMicroseconds > 0) interruptsEndMicroseconds = worldMicroseconds - startMicroseconds;
  const int hasMore = word(part + sizeof(double)) != 0;
  contacts = word(part + sizeof(double) + sizeof(uint32_t));
  for (size_t at = HEAD_BYTES; at + EDGE_BYTES <= byteLength; at += EDGE_BYTES) {
    pollUntil(number(part + at));
    contacts = word(part + at + sizeof(double));
  }
  free(part);
  return hasMore;
}

void chipTimeBegin(double microseconds, double startMicroseconds) {
  clockMicroseconds = microseconds;
  interruptsEndMicroseconds = NEVER;
  while (followPart(startMicroseconds)) continue;
  /* A poll that is due now has been made. */
  pollUntil(worldMicroseconds + 0.5);
}
