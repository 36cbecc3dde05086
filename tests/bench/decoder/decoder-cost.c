/*
 * What the pulse decoder costs on RV32, counted: goes through every combination of the values that its paths depend on
 * and reads the processor's counter of retired instructions (minstret) around each call. Runs bare on QEMU's machine
 * `virt` with `-icount shift=0`; prints one line per figure, a name and a number of instructions.
 */
#include <stdint.h>

#include "bare.h"
#include "pulse-decoder.h"

#define DEBOUNCE_POLLS 4u
#define MAGNET_POLLS 9u
#define ONE_SIDED_PULSES 2u

static struct pulseDecoder decoder;

static void print(const char *name, uint32_t number) {
  char digits[10];
  int count = 0;
  while (*name) *UART = (uint8_t)*name++;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0) *UART = (uint8_t)digits[--count];
  *UART = '\n';
}

/* The calls under measurement, call and return included. `polls` is for the second. */
static uint32_t costOfPoll(uint32_t contacts, uint32_t polls) {
  (void)polls;
  const uint32_t before = retired();
  pulseDecoderPoll(&decoder, contacts);
  return retired() - before - 1;
}

static uint32_t costOfAdvance(uint32_t contacts, uint32_t polls) {
  const uint32_t before = retired();
  pulseDecoderAdvance(&decoder, contacts, polls);
  return retired() - before - 1;
}

/* The values of which every combination is tried; the counters only ever count. */
struct search {
  uint32_t (*cost)(uint32_t contacts, uint32_t polls);
  uint32_t polls;
  /* For how many of the DEBOUNCE_POLLS a line has differed. */
  uint32_t differing[3];
  uint32_t differingCount;
  /* How many lines differ at least. */
  uint32_t leastLines;
};

static const uint32_t heldPolls[4] = {0, MAGNET_POLLS - 1, MAGNET_POLLS, UINT32_MAX};
/* The next quarter turn completes a turn, or does not. */
static const int32_t quarterTurns[3] = {-3, 0, 3};

/* Puts the part of the state that the number `index` stands for; returns 0 beyond the last. */
static int putLines(const struct search *search, uint32_t index) {
  decoder.options.sensor = index % 2;
  index /= 2;
  decoder.contacts = index % 8;
  index /= 8;
  for (int line = 0; line < 3; line++) {
    decoder.differingPolls[line] = search->differing[index % search->differingCount];
    index /= search->differingCount;
  }
  return index == 0;
}

/* Likewise for the rest, which does not matter with a single reed. */
static int putTurn(uint32_t index) {
  if (index > 0 && decoder.options.sensor == PULSE_SENSOR_SINGLE_REED) return 0;
  decoder.heldPolls = heldPolls[index % 4];
  index /= 4;
  decoder.flags = (index % 4) | (decoder.contacts & PULSE_LOOP_OPEN);
  index /= 4;
  decoder.lastChanged = index % 3;
  index /= 3;
  decoder.oneSidedPulses = ONE_SIDED_PULSES - index % 2;
  index /= 2;
  if (index >= 3) return 0;
  decoder.quarterTurns = quarterTurns[index];
  return 1;
}

static uint32_t linesIn(uint32_t contacts) { return (contacts & 1) + (contacts >> 1 & 1) + (contacts >> 2 & 1); }

static uint32_t worst(const struct search *search) {
  uint32_t most = 0;
  for (uint32_t lines = 0; putLines(search, lines); lines++)
    for (uint32_t turn = 0; putTurn(turn); turn++)
      for (uint32_t contacts = 0; contacts < 8; contacts++) {
        putLines(search, lines);
        putTurn(turn);
        if (linesIn(contacts ^ decoder.contacts) < search->leastLines) continue;
        const uint32_t instructions = search->cost(contacts, search->polls);
        if (instructions > most) most = instructions;
      }
  return most;
}

static uint32_t idle(uint32_t contacts) {
  const struct pulseDecoderOptions options = {PULSE_SENSOR_DUAL_REED, DEBOUNCE_POLLS, UINT32_MAX, ONE_SIDED_PULSES};
  pulseDecoderStart(&decoder, &options, contacts);
  return costOfPoll(contacts, 1);
}

/* A line settles in this poll or not. */
static const struct search onePoll = {costOfPoll, 1, {0, DEBOUNCE_POLLS - 1, 0}, 2, 0};
/* Lines settle in whatever order, before or after a magnet is found; fewer than two take fewer rounds. */
static const struct search longSleep = {costOfAdvance, UINT32_MAX, {1, 2, 3}, 3, 2};

__attribute__((noreturn)) void run(void) {
  print("idlePoll ", idle(0));
  print("idlePollBothClosed ", idle(PULSE_CONTACT_A | PULSE_CONTACT_B));
  decoder.options.debouncePolls = DEBOUNCE_POLLS;
  decoder.options.magnetPolls = MAGNET_POLLS;
  print("worstPoll ", worst(&onePoll));
  print("worstAdvance ", worst(&longSleep));
  *POWER = POWER_OFF;
  for (;;) {
  }
}
