#include "pulse-decoder.h"

#include <stddef.h>

#define BOTH (PULSE_CONTACT_A | PULSE_CONTACT_B)
#define LINES (BOTH | PULSE_LOOP_OPEN)
#define NEVER UINT32_MAX

/*
 * What a step from one state of the contacts to another means, two bits each, the four steps from one state in a byte.
 * A table in a register, because a wake stub finds no constants in flash.
 */
#define STILL 0u
#define FORWARD 1u
#define REVERSE 2u
#define ILLEGAL 3u
#define STEPS_FROM(state, open, a, b, both) (((open) | (a) << 2 | (b) << 4 | (both) << 6) << (8u * (state)))
#define STEPS                                                      \
  (STEPS_FROM(0u, STILL, FORWARD, REVERSE, ILLEGAL) |              \
   STEPS_FROM(PULSE_CONTACT_A, REVERSE, STILL, ILLEGAL, FORWARD) | \
   STEPS_FROM(PULSE_CONTACT_B, FORWARD, ILLEGAL, STILL, REVERSE) | \
   STEPS_FROM(BOTH, ILLEGAL, REVERSE, FORWARD, STILL))

_Static_assert(offsetof(struct pulseDecoder, options) == 36 && sizeof(struct pulseDecoder) == 100,
               "two cores share this memory");
_Static_assert(sizeof(struct pulseDecoderRequest) == 20 && sizeof(struct pulseReading) == 24,
               "two cores share this memory");

static inline int isHeld(const struct pulseDecoder *decoder) {
  return decoder->options.sensor == PULSE_SENSOR_DUAL_REED && (decoder->contacts & BOTH) == BOTH;
}

static inline void setCount(volatile uint32_t *count, volatile uint32_t *copies, uint32_t pulses) {
  *count = pulses;
  copies[0] = pulses;
  copies[1] = pulses;
}

/* Adds the pulses of one change, and puts right whatever the memory has done to one of the three. */
static inline void count(struct pulseDecoder *decoder, uint32_t forward, uint32_t reverse) {
  pulseDecoderContinue(decoder, pulseDecoderVote(decoder->forward, decoder->forwardCopies) + forward,
                       pulseDecoderVote(decoder->reverse, decoder->reverseCopies) + reverse);
}

/* What a counter stood at where its writer may have been stopped between it and its copies. */
static uint32_t resumed(uint32_t pulses, const volatile uint32_t *copies, int isStopped) {
  const uint32_t voted = pulseDecoderVote(pulses, copies);
  return isStopped && pulses == voted + 1 ? pulses : voted;
}

/* Forgets what a turn under way, a magnet or a one-sided contact may be part of. */
static void startDecoding(struct pulseDecoder *decoder) {
  decoder->heldPolls = 0;
  decoder->quarterTurns = 0;
  decoder->lastChanged = 0;
  decoder->oneSidedPulses = 0;
  decoder->flags = decoder->flags & PULSE_WIRE_CUT;
}

static void adopt(struct pulseDecoder *decoder, uint32_t sensor, uint32_t debouncePolls, uint32_t magnetPolls,
                  uint32_t oneSidedPulses) {
  const int isOther = decoder->options.sensor != sensor;
  decoder->options.sensor = sensor;
  decoder->options.debouncePolls = debouncePolls;
  decoder->options.magnetPolls = magnetPolls;
  decoder->options.oneSidedPulses = oneSidedPulses;
  if (isOther) startDecoding(decoder);
}

void pulseDecoderStart(struct pulseDecoder *decoder, const struct pulseDecoderOptions *options, uint32_t contacts) {
  decoder->layout = 0;
  decoder->sequence = 0;
  pulseDecoderContinue(decoder, 0, 0);
  decoder->illegalTransitions = 0;
  decoder->magnetEvents = 0;
  decoder->sensorFaults = 0;
  decoder->flags = 0;
  decoder->adopted = 0;
  /* A loop that is open already is news. */
  decoder->contacts = contacts & BOTH;
  decoder->differingPolls[0] = 0;
  decoder->differingPolls[1] = 0;
  decoder->differingPolls[2] = 0;
  startDecoding(decoder);
  adopt(decoder, options->sensor, options->debouncePolls, options->magnetPolls, options->oneSidedPulses);
  decoder->layout = PULSE_DECODER_LAYOUT;
}

void pulseDecoderContinue(struct pulseDecoder *decoder, uint32_t forward, uint32_t reverse) {
  setCount(&decoder->forward, decoder->forwardCopies, forward);
  setCount(&decoder->reverse, decoder->reverseCopies, reverse);
}

int pulseDecoderResume(struct pulseDecoder *decoder) {
  if (!pulseDecoderIsMarked(decoder->layout)) return 0;
  decoder->layout = PULSE_DECODER_LAYOUT;
  const int isStopped = (decoder->sequence & 1u) != 0;
  pulseDecoderContinue(decoder, resumed(decoder->forward, decoder->forwardCopies, isStopped),
                       resumed(decoder->reverse, decoder->reverseCopies, isStopped));
  decoder->sequence = (decoder->sequence + 1) & ~1u;
  return 1;
}

void pulseDecoderConfigure(struct pulseDecoder *decoder, const struct pulseDecoderOptions *options) {
  adopt(decoder, options->sensor, options->debouncePolls, options->magnetPolls, options->oneSidedPulses);
}

void pulseDecoderAdopt(struct pulseDecoder *decoder, const struct pulseDecoderRequest *request) {
  const uint32_t number = request->number;
  if (number == decoder->adopted) return;
  adopt(decoder, request->options.sensor, request->options.debouncePolls, request->options.magnetPolls,
        request->options.oneSidedPulses);
  decoder->adopted = number;
}

/* Returns whether the line has now differed from its debounced state for long enough to have changed. */
static inline int hasSettled(struct pulseDecoder *decoder, uint32_t differing, uint32_t line) {
  if ((differing & (1u << line)) == 0) {
    decoder->differingPolls[line] = 0;
    return 0;
  }
  const uint32_t polls = decoder->differingPolls[line] + 1;
  if (polls < decoder->options.debouncePolls) {
    decoder->differingPolls[line] = polls;
    return 0;
  }
  decoder->differingPolls[line] = 0;
  return 1;
}

/* One contact has changed: has it done so too often since the other did? */
static void watchOneSide(struct pulseDecoder *decoder, uint32_t changed, uint32_t closed) {
  if (changed != decoder->lastChanged) {
    decoder->lastChanged = changed;
    decoder->oneSidedPulses = 0;
    decoder->flags = decoder->flags & ~PULSE_ONE_SIDED;
  }
  if ((closed & changed) == 0 || (decoder->flags & PULSE_ONE_SIDED) != 0) return;
  if (decoder->oneSidedPulses++ < decoder->options.oneSidedPulses) return;
  decoder->flags = decoder->flags | PULSE_ONE_SIDED;
  decoder->sensorFaults = decoder->sensorFaults + 1;
}

/* Returns the pulses of the step, -1 for one in reverse. */
static int32_t turn(struct pulseDecoder *decoder, uint32_t from, uint32_t to) {
  const uint32_t step = (STEPS >> (8 * from + 2 * to)) & 3u;
  decoder->heldPolls = 0;
  decoder->flags = decoder->flags & ~PULSE_MAGNET_PRESENT;
  if (step == ILLEGAL) {
    /* Which way it went is unknown, and so is what the quarter turns before were part of. */
    decoder->illegalTransitions = decoder->illegalTransitions + 1;
    decoder->quarterTurns = 0;
    decoder->lastChanged = 0;
    decoder->flags = decoder->flags & ~PULSE_ONE_SIDED;
    return 0;
  }
  int32_t turns = decoder->quarterTurns;
  /* Nothing but a flipped bit makes it more. */
  if (turns > 3 || turns < -3) turns = 0;
  turns += step == FORWARD ? 1 : -1;
  const int32_t pulses = turns == 4 ? 1 : turns == -4 ? -1 : 0;
  decoder->quarterTurns = pulses == 0 ? turns : 0;
  watchOneSide(decoder, from ^ to, to);
  return pulses;
}

static void change(struct pulseDecoder *decoder, uint32_t changed) {
  const uint32_t from = decoder->contacts;
  const uint32_t to = (from ^ changed) & LINES;
  const uint32_t sequence = decoder->sequence;
  int32_t pulses = 0;
  decoder->contacts = to;
  decoder->sequence = sequence + 1;
  if (decoder->options.sensor == PULSE_SENSOR_DUAL_REED) {
    if ((changed & BOTH) != 0) pulses = turn(decoder, from & BOTH, to & BOTH);
  } else if ((changed & to & PULSE_CONTACT_A) != 0) {
    pulses = 1;
  }
  count(decoder, pulses > 0, pulses < 0);
  if ((changed & PULSE_LOOP_OPEN) != 0) {
    decoder->flags = decoder->flags ^ PULSE_WIRE_CUT;
    if ((to & PULSE_LOOP_OPEN) != 0) decoder->sensorFaults = decoder->sensorFaults + 1;
  }
  decoder->sequence = sequence + 2;
}

static inline void hold(struct pulseDecoder *decoder, uint32_t polls) {
  const uint32_t held = decoder->heldPolls + polls;
  decoder->heldPolls = held < polls ? UINT32_MAX : held;
}

static void watchForMagnet(struct pulseDecoder *decoder) {
  hold(decoder, 1);
  if (decoder->heldPolls <= decoder->options.magnetPolls || (decoder->flags & PULSE_MAGNET_PRESENT) != 0) return;
  const uint32_t sequence = decoder->sequence;
  decoder->sequence = sequence + 1;
  decoder->flags = decoder->flags | PULSE_MAGNET_PRESENT;
  decoder->magnetEvents = decoder->magnetEvents + 1;
  decoder->sequence = sequence + 2;
}

void pulseDecoderPoll(struct pulseDecoder *decoder, uint32_t contacts) {
  /* Between polls nobody writes: an odd number is a flipped bit, and would keep readers out. */
  if ((decoder->sequence & 1u) != 0) decoder->sequence = decoder->sequence + 1;
  const uint32_t differing = (contacts ^ decoder->contacts) & LINES;
  if (isHeld(decoder)) watchForMagnet(decoder);
  uint32_t changed = 0;
  if (hasSettled(decoder, differing, 0)) changed = PULSE_CONTACT_A;
  if (hasSettled(decoder, differing, 1)) changed |= PULSE_CONTACT_B;
  if (hasSettled(decoder, differing, 2)) changed |= PULSE_LOOP_OPEN;
  if (changed != 0) change(decoder, changed);
}

static inline uint32_t remaining(uint32_t target, uint32_t passed) { return passed < target ? target - passed : 1; }

/* The poll from now, counted from 1, in which something changes if the contacts don't; NEVER when nothing will. */
static uint32_t soonestChange(const struct pulseDecoder *decoder, uint32_t differing) {
  uint32_t soonest = NEVER;
  for (uint32_t line = 0; line < 3; line++) {
    if ((differing & (1u << line)) == 0) continue;
    const uint32_t polls = remaining(decoder->options.debouncePolls, decoder->differingPolls[line]);
    if (polls < soonest) soonest = polls;
  }
  if (isHeld(decoder) && (decoder->flags & PULSE_MAGNET_PRESENT) == 0 && decoder->options.magnetPolls != NEVER) {
    const uint32_t polls = remaining(decoder->options.magnetPolls + 1, decoder->heldPolls);
    if (polls < soonest) soonest = polls;
  }
  return soonest;
}

/* Polls in which nothing changes. */
static void pass(struct pulseDecoder *decoder, uint32_t differing, uint32_t polls) {
  for (uint32_t line = 0; line < 3; line++)
    decoder->differingPolls[line] = (differing & (1u << line)) != 0 ? decoder->differingPolls[line] + polls : 0;
  if (isHeld(decoder)) hold(decoder, polls);
}

void pulseDecoderAdvance(struct pulseDecoder *decoder, uint32_t contacts, uint32_t polls) {
  /* Once a contact has changed it agrees with the wire, and a magnet comes once: six rounds at most. */
  while (polls > 0) {
    const uint32_t differing = (contacts ^ decoder->contacts) & LINES;
    const uint32_t soonest = soonestChange(decoder, differing);
    if (soonest > polls) {
      pass(decoder, differing, polls);
      return;
    }
    if (soonest > 1) pass(decoder, differing, soonest - 1);
    pulseDecoderPoll(decoder, contacts);
    polls -= soonest;
  }
}

int pulseDecoderRead(const struct pulseDecoder *decoder, struct pulseReading *reading) {
  for (int attempt = 0; attempt < 1000; attempt++) {
    const uint32_t sequence = decoder->sequence;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    reading->forward = pulseDecoderVote(decoder->forward, decoder->forwardCopies);
    reading->reverse = pulseDecoderVote(decoder->reverse, decoder->reverseCopies);
    reading->illegalTransitions = decoder->illegalTransitions;
    reading->magnetEvents = decoder->magnetEvents;
    reading->sensorFaults = decoder->sensorFaults;
    reading->flags = decoder->flags;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    if ((sequence & 1u) == 0 && decoder->sequence == sequence) return 1;
  }
  return 0;
}
