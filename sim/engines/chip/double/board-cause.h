/* Why the board starts the chip, as `wakeCauses` of sim/chip/boundary/port.ts has it. */
#ifndef TALLY_BOARD_CAUSE_H
#define TALLY_BOARD_CAUSE_H

enum boardCause {
  CAUSE_POWER_ON,
  CAUSE_TIMER,
  CAUSE_PULSES,
  CAUSE_SERVICE,
  CAUSE_BROWN_OUT,
  CAUSE_WATCHDOG,
  CAUSE_SOFTWARE,
};

#endif
