/* What can befall a chip beside what its board does to it, for tests. */
#ifndef TALLY_DISTURBANCES_H
#define TALLY_DISTURBANCES_H

#include <stdint.h>

/* As `Disturbance` of sim/engines/chip/device-operation.ts. */
enum disturbance {
  /* The low-power core stops between two polls. */
  DISTURBANCE_CORE_STOPS = 1,
  /* It stops in the middle of a write. */
  DISTURBANCE_CORE_STOPS_WRITING = 2,
  /* It crashes, which wakes the main core. */
  DISTURBANCE_CORE_CRASHES = 3,
  /* The image is another, with another low-power program. */
  DISTURBANCE_OTHER_PROGRAM = 4,
  /* The next reset is of the kind that the argument says, an esp_reset_reason_t. */
  DISTURBANCE_RESET_REASON = 5,
  /* From the next start on the slow clock's oscillator has as many hertz as the argument says. */
  DISTURBANCE_OSCILLATOR = 6,
  /* The low-power domain's counter begins at 0 again, and its memory keeps what it holds. */
  DISTURBANCE_COUNTER_RESTARTS = 7,
  /* An erase takes as many microseconds as the argument says. */
  DISTURBANCE_ERASE_TAKES = 8,
  /* When power comes next, the low-power domain's counter is as after as many seconds as the argument says. */
  DISTURBANCE_COUNTER_BEGINS = 9,
  /* Memory that outlives resets holds the argument in each of its bytes. */
  DISTURBANCE_RETAINED_GARBAGE = 10,
  /* It is of the layout before this image's. */
  DISTURBANCE_RETAINED_OLDER = 11,
  /* The service button is stuck from now on, with 1 as argument, or no longer. */
  DISTURBANCE_BUTTON_STUCK = 12,
  /* As many bytes as the argument says, the last of what comes, come one by one, each as somebody has asked how many have. */
  DISTURBANCE_LATE_INPUT = 13,
  /* The running image has the state that the argument says, an esp_ota_img_states_t. */
  DISTURBANCE_IMAGE_STATE = 14,
};

void disturb(enum disturbance disturbance, uint32_t argument);

#endif
