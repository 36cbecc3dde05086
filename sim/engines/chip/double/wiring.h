/* What is soldered to the chip: the board's data, as the process's options tell them. */
#ifndef TALLY_WIRING_H
#define TALLY_WIRING_H

#include <stdbool.h>
#include <stdint.h>

#include "esp_partition.h"
#include "soc/soc_caps.h"

#define WIRE_NAME_BYTES 32

enum wireKind {
  WIRE_NONE,
  WIRE_OUTPUT,
  /* A switch to ground, or a driver, as `isActiveLow` says. */
  WIRE_INPUT,
  WIRE_ANALOG,
  /* The battery, behind a divider. */
  WIRE_BATTERY,
  /* Switches to ground. */
  WIRE_CONTACT_A,
  WIRE_CONTACT_B,
  WIRE_CABLE_LOOP,
  WIRE_BUTTON,
  /* Low when the supply fails. */
  WIRE_SUPPLY_WARNING,
};

struct wire {
  enum wireKind kind;
  char name[WIRE_NAME_BYTES]; /* as the simulated board has it */
  uint32_t isActiveLow;
  uint32_t multiplier;
  uint32_t divisor;
};

struct uartWires {
  char name[WIRE_NAME_BYTES]; /* empty for none */
  int transmit;
  int receive;
  int direction; /* -1 for none */
};

#define MOST_UARTS 3
#define MOST_PARTITIONS 24

/* Takes one option of the process; returns 0 when it is none of the wiring. */
int wiringTake(const char *option);

const struct wire *wireAt(int gpio);

/* The pin of a kind of wire; -1 when the board has none. */
int wirePin(enum wireKind kind);

/* The contacts have pull-ups of their own. */
int wiringHasPullUps(void);

const struct uartWires *wiringUart(int transmit, int receive);

const esp_partition_t *wiringPartitions(int *count);

#endif
