/*
 * The pulse decoder: from polls of a meter's contacts to counts. Debounce, direction of a dual reed, foreign magnets
 * and cut wires. pulse-decoder.md has its truth tables.
 *
 * One piece of C for every place that polls: the LP core of an ESP32-C6, the ULP-RISC-V of an ESP32-S3, the wake stub
 * of an ESP32 and ESP32-C3, the simulator's XS program. It allocates nothing, calls nothing, divides nothing, has no
 * constant data (flash is off in a wake stub) and takes bounded time.
 *
 * The decoder knows no time but its polls, which come at a steady period that whoever polls decides on. From
 * `debounceMilliseconds` and `magnetSeconds` of hal/pulse-input.ts follow, divisions rounded up,
 *
 *   debouncePolls = debounceMilliseconds * 1000 / pollMicroseconds + 1
 *   magnetPolls   = magnetSeconds * 1000000 / pollMicroseconds
 *
 * so that polls that agree span the debounce time: nothing shorter counts, and what lasts a poll longer always does.
 * Periods of up to 10 ms count every source of 20 Hz (the shortest step of a dual reed is 12.5 ms then, of which 1 ms
 * bounces); 5 ms is the usual choice, with debounce times of up to 10 ms at 20 Hz (a single reed closes for 20 ms).
 */
#ifndef TALLY_PULSE_DECODER_H
#define TALLY_PULSE_DECODER_H

#include <stdint.h>

/* Bits of a poll. A line that a board has not got reads 0. */
#define PULSE_CONTACT_A 1u
#define PULSE_CONTACT_B 2u
/* The supervised loop through the sensor's cable is open: somebody cut it. */
#define PULSE_LOOP_OPEN 4u

/* Numbered as `pulseSensors` of the simulator's boundary. */
#define PULSE_SENSOR_SINGLE_REED 0u
#define PULSE_SENSOR_DUAL_REED 1u

/* Bits of `flags`. */
#define PULSE_MAGNET_PRESENT 1u
/* One contact of a dual reed comes and goes while the other keeps still. */
#define PULSE_ONE_SIDED 2u
#define PULSE_WIRE_CUT 4u

/* What `oneSidedPulses` is unless there is a reason. */
#define PULSE_ONE_SIDED_PULSES 10u

/* Marks a decoder in memory that outlives resets; changes with the meaning of any word in it. */
#define PULSE_DECODER_LAYOUT 0x50440002u

struct pulseDecoderOptions {
  uint32_t sensor;
  /* A contact has changed once so many polls in a row say so, at least 1. */
  uint32_t debouncePolls;
  /* A dual reed's contacts closed together for more polls than this is a foreign magnet. */
  uint32_t magnetPolls;
  /* More closures than this of one contact of a dual reed, with none of the other, is a sensor fault. */
  uint32_t oneSidedPulses;
};

/*
 * The decoder, 100 bytes, every word aligned and written as a whole. Whoever polls is the only writer. Another core
 * reads by `pulseDecoderRead` alone. Counters run freely, wrap at 2^32 and are never cleared. What counts pulses is kept
 * three times: of each bit the value counts that two of them have, so that a bit that the memory flips costs nothing.
 */
struct pulseDecoder {
  volatile uint32_t layout;             /*  0: PULSE_DECODER_LAYOUT */
  volatile uint32_t sequence;           /*  4: odd while the words up to `flags` are being written */
  volatile uint32_t forward;            /*  8: pulses; all of them with a single reed */
  volatile uint32_t reverse;            /* 12: pulses */
  volatile uint32_t illegalTransitions; /* 16: both contacts of a dual reed changed in the same poll */
  volatile uint32_t magnetEvents;       /* 20: foreign magnets that came */
  volatile uint32_t sensorFaults;       /* 24: times that PULSE_ONE_SIDED or PULSE_WIRE_CUT came up */
  volatile uint32_t flags;              /* 28 */
  volatile uint32_t adopted;            /* 32: number of the request whose options these are */
  struct pulseDecoderOptions options;   /* 36 */
  uint32_t contacts;                    /* 52: as debounced */
  uint32_t differingPolls[3];           /* 56: for how many polls each line has differed from that */
  uint32_t heldPolls;                   /* 68: for how many polls both contacts have been closed, up to 2^32 - 1 */
  int32_t quarterTurns;                 /* 72: towards the next forward (4) or reverse (-4) pulse */
  uint32_t lastChanged;                 /* 76: the contact that changed last, 0 when that were both */
  uint32_t oneSidedPulses;              /* 80: its closures since the other changed */
  volatile uint32_t forwardCopies[2];   /* 84: written behind `forward` */
  volatile uint32_t reverseCopies[2];   /* 92 */
};

/* What another core asks of the one that polls: it writes the options, then the number, which is never the same twice
 * in a row. `adopted` tells when that has been done. */
struct pulseDecoderRequest {
  volatile uint32_t number;
  volatile struct pulseDecoderOptions options;
};

/* One consistent snapshot. */
struct pulseReading {
  uint32_t forward;
  uint32_t reverse;
  uint32_t illegalTransitions;
  uint32_t magnetEvents;
  uint32_t sensorFaults;
  uint32_t flags;
};

/* Power came: counts from 0, the contacts taken as they are, so that one already closed is no pulse. */
void pulseDecoderStart(struct pulseDecoder *decoder, const struct pulseDecoderOptions *options, uint32_t contacts);

/* Counts on from here, in place of 0. To be called behind `pulseDecoderStart`, before the first poll. */
void pulseDecoderContinue(struct pulseDecoder *decoder, uint32_t forward, uint32_t reverse);

/*
 * Polling goes on after a reset or an update, in memory that kept its power: to be called before the first poll.
 * Returns 0, with nothing changed, when the memory holds no decoder of this layout.
 */
int pulseDecoderResume(struct pulseDecoder *decoder);

/* Counts on with other options. Another kind of sensor drops a turn under way. To be called between polls. */
void pulseDecoderConfigure(struct pulseDecoder *decoder, const struct pulseDecoderOptions *options);

/* Adopts what another core has asked for, if that is new. To be called between polls. */
void pulseDecoderAdopt(struct pulseDecoder *decoder, const struct pulseDecoderRequest *request);

/* One poll. Bits of `contacts` beyond the three are ignored. */
void pulseDecoderPoll(struct pulseDecoder *decoder, uint32_t contacts);

/* As so many polls with the contacts unchanged, in bounded time: for time that was slept through. */
void pulseDecoderAdvance(struct pulseDecoder *decoder, uint32_t contacts, uint32_t polls);

/*
 * Takes a snapshot, from whatever core. A write under way takes microseconds, so it is tried again; returns 0 when a
 * thousand attempts found none, because whoever polls has stopped in the middle of one.
 */
int pulseDecoderRead(const struct pulseDecoder *decoder, struct pulseReading *reading);

/* True for a word that marks memory as whole, though one bit of it may have flipped since. */
static inline int isMarkedBy(uint32_t word, uint32_t mark) {
  const uint32_t flipped = word ^ mark;
  return (flipped & (flipped - 1)) == 0;
}

/* True for memory with a decoder of this layout. */
static inline int pulseDecoderIsMarked(uint32_t layout) { return isMarkedBy(layout, PULSE_DECODER_LAYOUT); }

/* Of each bit what two of the three have. */
static inline uint32_t pulseDecoderVote(uint32_t count, const volatile uint32_t *copies) {
  return (count & (copies[0] | copies[1])) | (copies[0] & copies[1]);
}

/* Pulses either way, modulo 2^32: what a sleep that ends after so many pulses is measured by. For whoever polls. */
static inline uint32_t pulseDecoderTotal(const struct pulseDecoder *decoder) {
  return pulseDecoderVote(decoder->forward, decoder->forwardCopies) +
         pulseDecoderVote(decoder->reverse, decoder->reverseCopies);
}

/* True when the total has reached `mark`, which may lie up to 2^31 - 1 pulses ahead. For whoever polls. */
static inline int pulseDecoderHasReached(const struct pulseDecoder *decoder, uint32_t mark) {
  return pulseDecoderTotal(decoder) - mark < 0x80000000u;
}

#endif
