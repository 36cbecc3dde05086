#include "disturbances.h"

#include "device.h"
#include "driver-uart.h"
#include "esp-ota-ops.h"
#include "esp-partition.h"
#include "esp-rtc-time.h"
#include "esp-sleep.h"
#include "esp-system.h"
#include "low-power-program.h"
#include "pads.h"
#include "sdkconfig.h"
#include "ulp-core.h"

#if CONFIG_ULP_COPROC_ENABLED
static void disturbCore(enum disturbance disturbance) {
  if (disturbance == DISTURBANCE_OTHER_PROGRAM) {
    programReplace();
    return;
  }
  ulpStop();
  if (disturbance == DISTURBANCE_CORE_STOPS_WRITING) programStopWriting();
  if (disturbance == DISTURBANCE_CORE_CRASHES) sleepLookAfterCrash();
}
#else
static void disturbCore(enum disturbance disturbance) {
  fault("disturbance %d of a low-power core that this chip has not got", (int)disturbance);
}
#endif

void disturb(enum disturbance disturbance, uint32_t argument) {
  switch (disturbance) {
    case DISTURBANCE_RESET_REASON:
      systemResetNextFor(argument);
      return;
    case DISTURBANCE_OSCILLATOR:
      rtcTimeOscillate(argument);
      return;
    case DISTURBANCE_COUNTER_RESTARTS:
      rtcTimeRestart();
      return;
    case DISTURBANCE_ERASE_TAKES:
      partitionErasesTake(argument);
      return;
    case DISTURBANCE_COUNTER_BEGINS:
      rtcTimeBeginAt(argument);
      return;
    case DISTURBANCE_RETAINED_GARBAGE:
      systemRetainGarbage(argument);
      return;
    case DISTURBANCE_RETAINED_OLDER:
      systemRetainOlder();
      return;
    case DISTURBANCE_BUTTON_STUCK:
      padsStickButton((int)argument);
      return;
    case DISTURBANCE_LATE_INPUT:
      uartInputComesLate(argument);
      return;
    case DISTURBANCE_IMAGE_STATE:
      otaImageIs(argument);
      return;
    default:
      disturbCore(disturbance);
  }
}
