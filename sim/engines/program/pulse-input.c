#include "pulse-input.h"

#include <string.h>

#include "failure.h"
#include "pulse-decoder.h"

/* Of sim/world/sensors/contact-timeline.ts. */
enum { ENTRY_RUN = 0, ENTRY_START = 0x10, ENTRY_CONFIGURE = 0x20, ENTRY_KIND = 0x30 };
#define CONTACTS (PULSE_CONTACT_A | PULSE_CONTACT_B | PULSE_LOOP_OPEN)

static struct pulseDecoder decoder;
static struct pulseReading reading;

/* The part of the timeline that is left. */
struct part {
  const uint8_t *at;
  size_t byteLength;
};

static void take(struct part *part, uint32_t *words, size_t count) {
  const size_t byteLength = count * sizeof *words;
  if (part->byteLength < byteLength) fail("the timeline of the contacts ends in the middle");
  memcpy(words, part->at, byteLength);
  part->at += byteLength;
  part->byteLength -= byteLength;
}

static struct pulseDecoderOptions takeOptions(struct part *part) {
  uint32_t words[4];
  take(part, words, 4);
  return (struct pulseDecoderOptions){words[0], words[1], words[2], words[3]};
}

static void followEntry(struct part *part) {
  uint32_t head;
  uint32_t words[2];
  struct pulseDecoderOptions options;
  take(part, &head, 1);
  const uint32_t contacts = head & CONTACTS;
  switch (head & ENTRY_KIND) {
    case ENTRY_RUN:
      take(part, words, 1);
      pulseDecoderAdvance(&decoder, contacts, words[0]);
      break;
    case ENTRY_START:
      take(part, words, 2);
      options = takeOptions(part);
      pulseDecoderStart(&decoder, &options, contacts);
      pulseDecoderContinue(&decoder, words[0], words[1]);
      break;
    case ENTRY_CONFIGURE:
      options = takeOptions(part);
      pulseDecoderConfigure(&decoder, &options);
      break;
    default:
      fail("the timeline of the contacts has an unknown entry %lx", (unsigned long)head);
  }
}

/* Returns whether more parts follow. */
static int followPart(const uint8_t *bytes, size_t byteLength) {
  struct part part = {bytes, byteLength};
  uint32_t more;
  take(&part, &more, 1);
  while (part.byteLength > 0) followEntry(&part);
  return more != 0;
}

struct reply pulseInputRead(const struct call *call) {
  const struct call next = {.operation = OPERATION_PULSE_TIMELINE};
  struct pulseReading given;
  struct reply reply = portCall(call);
  if (reply.kind != REPLY_BYTES) return reply;
  if (reply.byteLength < sizeof given) fail("the board gave no reading of its pulse input");
  memcpy(&given, reply.bytes, sizeof given);
  int more = followPart(reply.bytes + sizeof given, reply.byteLength - sizeof given);
  while (more) {
    reply = portCall(&next);
    if (reply.kind != REPLY_BYTES) return reply;
    more = followPart(reply.bytes, reply.byteLength);
  }
  if (!pulseDecoderRead(&decoder, &reading)) fail("the pulse decoder stopped in the middle of a write");
  const struct call difference = {.operation = OPERATION_PULSE_DIFFERENCE,
                                  .bytes = (const uint8_t *)&reading,
                                  .byteLength = sizeof reading};
  if (memcmp(&given, &reading, sizeof given) != 0) return portCall(&difference);
  return (struct reply){
      .kind = REPLY_BYTES, .bytes = (const uint8_t *)&reading, .byteLength = sizeof reading};
}
